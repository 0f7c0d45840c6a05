"""Days show their year, and moments China's clock, on every screen: one widget for each."""

from lxml import etree

from odoo.tests import TransactionCase, tagged

WIDGETS = {"date": "it_kpi_day", "datetime": "it_kpi_moment"}
SHOWN_IN = ("form", "list", "kanban")


@tagged("post_install", "-at_install")
class TestMoments(TransactionCase):
    def walk(self, node, model):
        """Yield all fields that a view shows, each with its model; of nested views too."""
        for child in node:
            if child.tag == "field" and child.get("name") in model._fields:
                field = model._fields[child.get("name")]
                yield child, field
                yield from self.walk(
                    child, self.env[field.comodel_name] if field.relational else model
                )
            else:
                yield from self.walk(child, model)

    def get_shown(self):
        """Return ``[(view, node, field)]`` of the days and moments in all views of our models."""
        domain = [("model", "=like", "it.kpi.%"), ("type", "in", SHOWN_IN)]
        shown = []
        for view in self.env["ir.ui.view"].search(domain):
            model = self.env[view.model]
            arch = etree.fromstring(model.get_view(view.id, view.type)["arch"])
            shown += [
                (view, node, field)
                for node, field in self.walk(arch, model)
                if field.type in WIDGETS and field.model_name.startswith("it.kpi.")
            ]
        return shown

    def test_every_day_and_moment_has_its_widget(self):
        shown = self.get_shown()
        self.assertGreater(len(shown), 60)
        wrong = {
            f"{view.key or view.name}: {field}"
            for view, node, field in shown
            if node.get("widget") != WIDGETS[field.type]
        }
        self.assertEqual(wrong, set())

    def test_every_deadline_of_a_screen_is_among_them(self):
        names = {field.name for _view, _node, field in self.get_shown()}
        self.assertLessEqual(
            {"deadline", "extended_until", "until", "link_until", "plan_until", "visit_date"}, names
        )
