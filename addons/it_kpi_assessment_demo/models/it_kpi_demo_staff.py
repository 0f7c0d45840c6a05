from odoo import api, fields, models

CHINESE = {"lang": "zh_CN", "tz": "Asia/Shanghai"}


class ItKpiDemo(models.AbstractModel):
    """The people of the demonstration, who all read Chinese."""

    _inherit = "it.kpi.demo"

    @api.model
    def _make_chinese(self):
        """Give all users, and those still to come, the language and the time of the bureau."""
        language = self.env.ref("base.lang_zh_CN")
        if not language.active:
            self.env["base.language.install"].create({"lang_ids": language.ids}).lang_install()
        users = self.env["res.users"].with_context(active_test=False)
        others = ["|", *((field, "!=", value) for field, value in CHINESE.items())]
        users.search(others).write(CHINESE)
        for field, value in CHINESE.items():
            self.env["ir.default"].set("res.partner", field, value)

    def _create_staff(self, staff):
        """Give every unit a reporter and a leader who are only names: they cannot log in."""
        for person in staff:
            unit = self._get("unit", person["unit"])
            for role in ("reporter", "leader"):
                if not unit[f"{role}_ids"]:
                    unit[f"{role}_ids"] = self._create_user(person[role], role, person["unit"])

    def _create_user(self, name, role, unit):
        group = self.env.ref(f"it_kpi_assessment.group_{role}")
        return self.env["res.users"].create(
            {
                "name": name,
                "login": f"{unit}.{role}",
                "tz": "Asia/Shanghai",
                "group_ids": [fields.Command.link(group.id)],
            }
        )
