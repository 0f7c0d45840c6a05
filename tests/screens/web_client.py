"""What the web client asks for to show a view."""

from lxml import etree


def specification(node, model):
    """Return the fields of a view, and theirs, as ``web_read`` and its kin take them."""
    spec = {}
    for field in node.xpath(".//field[not(ancestor::field)]"):
        spec.setdefault(field.get("name"), {}).update(field_specification(field, model))
    return spec


def field_specification(node, model):
    """Return the specification of one field: what to show of the records it leads to."""
    field = model._fields[node.get("name")]
    if not field.relational:
        return {}
    comodel = model.env[field.comodel_name]
    fields = {"display_name": {}}
    for view in node:
        fields.update(specification(etree.fromstring(etree.tostring(view)), comodel))
    return {"fields": fields}
