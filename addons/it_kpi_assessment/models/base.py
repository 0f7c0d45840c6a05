from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, ormcache

from ..tools.text import MAX_LENGTHS, is_blank, tidy_line, tidy_text

OURS = "it.kpi."
# The order of pinyin, where PostgreSQL was built with ICU. Without it the encoding GB18030 helps:
# its 3755 most common hanzi are in the order of pinyin, and the others behind them.
PINYIN = "zh-x-icu"


def _to_text(value):
    """Return a value as the text that Odoo makes of it; callers may send a number or a list."""
    if value is None or value is False:
        return ""
    return value.decode() if isinstance(value, bytes) else str(value)


class Base(models.AbstractModel):
    """Texts of the addon's models: tidied, limited in length, and sorted by pinyin.

    ``create`` and ``write`` of every model end here, for users and for the superuser, so no model,
    dialog, import or upload can be left out. A field states a length of its own by ``max_length``,
    and a Char keeps its line breaks with ``multiline``.
    """

    _inherit = "base"

    def _valid_field_parameter(self, field, name):
        return name in ("max_length", "multiline") or super()._valid_field_parameter(field, name)

    @api.model_create_multi
    def create(self, vals_list):
        if self._name.startswith(OURS):
            vals_list = [self._tidy_texts(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if self._name.startswith(OURS):
            vals = self._tidy_texts(vals)
        return super().write(vals)

    def _tidy_texts(self, vals):
        """Return the values with tidied texts.

        :raise ValidationError: a text is too long, or a required one shows nothing
        """
        texts = {
            name: self._tidy_text(name, value)
            for name, value in vals.items()
            if name in self._fields and self._fields[name].type in MAX_LENGTHS
        }
        return {**vals, **texts} if texts else vals

    def _tidy_text(self, name, value):
        """Return a text as it is stored in a field, or False if it shows nothing.

        :raise ValidationError: it is too long, or it shows nothing and the field is required
        """
        field = self._fields[name]
        label = field._description_string(self.env)
        tidy = tidy_text if field.type == "text" or hasattr(field, "multiline") else tidy_line
        text = tidy(_to_text(value))
        if is_blank(text):
            if field.required:
                raise ValidationError(self.env._("Write something in “%s”.", label))
            return False
        limit = self._get_max_length(name)
        if limit and len(text) > limit:
            raise ValidationError(
                self.env._(
                    "“%(field)s” can hold %(limit)s characters, and this text has %(length)s. "
                    "Shorten it.",
                    field=label,
                    limit=limit,
                    length=len(text),
                )
            )
        return text

    def _get_max_length(self, name):
        """Return how many characters a text can have at most, or False for no limit."""
        field = self._fields[name]
        return getattr(field, "max_length", MAX_LENGTHS[field.type])

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort texts by pinyin; the collation of the database sorts hanzi by code points."""
        if not self._is_sorted_by_pinyin(field_name):
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        term = self._by_pinyin(self._field_to_sql(alias, field_name, query))
        query._order_groupby.append(term)
        return SQL("%s %s %s", term, direction, nulls)

    def _read_group_orderby(self, order, groupby_terms, query):
        """Sort groups of texts by pinyin too."""
        texts = {name for name in groupby_terms if self._is_sorted_by_pinyin(name)}
        terms = {
            name: self._by_pinyin(term) if name in texts else term
            for name, term in groupby_terms.items()
        }
        result = super()._read_group_orderby(order, terms, query)
        # Odoo adds to the terms of many2one fields what it sorts them by.
        groupby_terms.update((name, term) for name, term in terms.items() if name not in texts)
        return result

    def _is_sorted_by_pinyin(self, field_name):
        is_name = self._name.startswith(OURS) or (self._name, field_name) == ("res.users", "name")
        return is_name and field_name in self._fields and self._fields[field_name].type == "char"

    def _by_pinyin(self, term):
        if self._has_pinyin():
            return SQL("%s COLLATE %s", term, SQL.identifier(PINYIN))
        return SQL("convert_to(%s, 'GB18030')", term)

    @ormcache(cache="stable")
    def _has_pinyin(self):
        query = SQL("SELECT 1 FROM pg_collation WHERE collname = %s", PINYIN)
        return bool(self.env.execute_query(query))
