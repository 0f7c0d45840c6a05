"""启用: what leads from an empty database to an opened year, step by step, on one page."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list
from odoo.tools.translate import LazyTranslate

from ...const import UNIT_STAFF
from ...roster.layout import IDENTITIES, KINDS
from ...roster.writer import build_roster
from ...tools.bureau import is_unnamed
from ...tools.roles import get_holders_domain, has_role, manages_users
from ...tools.text import is_blank, tidy_line

_lt = LazyTranslate(__name__)

# How many units or people a sentence names.
NAMED = 6
NAME_LENGTH = 64
LACKING = {
    "reporter": _lt("%(count)s units have no reporter: %(units)s"),
    "leader": _lt("%(count)s units have no leader: %(units)s"),
}
# What the buttons of the page open: the actions of the addon by name.
ACTIONS = {
    "upload": "it_kpi_roster_action",
    "units": "it_kpi_unit_action",
    "unstaffed": "it_kpi_unit_action",
    "accounts": "it_kpi_account_action",
    "heads": "it_kpi_account_action",
    "year": "it_kpi_cycle_action",
    "rubric": "it_kpi_rubric_action",
    "dashboard": "it_kpi_dashboard_action",
}
FILTERS = {
    "accounts": {"search_default_not_logged_in": 1},
    "heads": {"search_default_proposed": 1},
}


class ItKpiStart(models.AbstractModel):
    """What the start page reads and does, for division and administrator."""

    _name = "it.kpi.start"
    _description = "Start of a Bureau"

    @api.model
    def get_start(self):
        """Return the steps from an empty database to an opened year, each with what is missing.

        :return: a dict with the bureau's ``name``, ``can_name`` and ``steps``; a step has ``key``,
            ``title``, ``is_done``, ``sentences`` and ``buttons`` (name, label, ``is_main``)
        :raise AccessError: the user is neither of the division nor the administrator
        """
        self._check_may_start()
        company = self.env.company
        return {
            "name": "" if is_unnamed(company) else company.name,
            "can_name": self._can_name(company),
            "steps": [
                self._get_name_step(company),
                self._get_unit_step(company),
                self._get_people_step(company),
                self._get_group_step(company),
                self._get_year_step(company),
            ],
        }

    @api.model
    def name_bureau(self, name):
        """Give the bureau its name, which all documents print.

        The division may do so as long as nobody has; the administrator always.

        :raise AccessError: the bureau has a name, and the user is not the administrator
        :raise UserError: the name is empty or too long
        """
        self._check_may_start()
        company = self.env.company
        name = tidy_line(str(name or ""))
        if not self._can_name(company):
            raise AccessError(
                self.env._("The bureau has a name. The administrator changes it, under Companies.")
            )
        if is_blank(name) or len(name) > NAME_LENGTH:
            raise UserError(
                self.env._("Write the name of the bureau, in at most %s characters.", NAME_LENGTH)
            )
        company.sudo().name = name

    @api.model
    def action_go(self, where):
        """Return the action that a button of the page opens.

        :param str where: a name of ``ACTIONS``, or ``download``
        :raise AccessError: the user is neither of the division nor the administrator
        :raise UserError: the page has no such button
        """
        self._check_may_start()
        if where == "download":
            url = "/it_kpi_assessment/roster"
            return {"type": "ir.actions.act_url", "url": url, "target": "download"}
        if not isinstance(where, str) or where not in ACTIONS:
            raise UserError(self.env._("This page has changed. Reload it."))
        action = self.env["ir.actions.actions"]._for_xml_id(f"it_kpi_assessment.{ACTIONS[where]}")
        if where == "year":
            return self._open_year(action)
        if where == "unstaffed":
            units = self.env["it.kpi.unit"]
            found = units.sudo().search(units._get_unstaffed_domain(self.env.company))
            action["domain"] = [("id", "in", found.ids)]
        return {**action, "context": FILTERS.get(where, {})}

    def _open_year(self, action):
        """Open the year that is not open yet, or a new one."""
        draft = self._find_years().filtered(lambda year: year.state == "draft")[:1]
        return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": draft.id}

    def _check_may_start(self):
        if not (has_role(self.env, "division", self.env.company) or manages_users(self.env)):
            raise AccessError(
                self.env._(
                    "This page is for the informatization division and the administrator, who "
                    "prepare the assessment."
                )
            )

    def _can_name(self, company):
        return is_unnamed(company) or manages_users(self.env)

    def _find_years(self):
        """Return the bureau's years; how far they are is no secret, so as superuser."""
        return self.env["it.kpi.cycle"].sudo().search([("company_id", "=", self.env.company.id)])

    def _step(self, key, title, missing, facts, **buttons):
        """Return a step, with the labels of its buttons; it is done when nothing is missing."""
        shown = [
            {"name": name, "label": label, "is_main": place == 0 and bool(missing)}
            for place, (name, label) in enumerate(buttons.items())
        ]
        is_division = has_role(self.env, "division", self.env.company)
        return {
            "key": key,
            "title": title,
            "is_done": not missing,
            "sentences": [*missing, *facts],
            "buttons": shown if is_division or key == "group" else [],
        }

    def _get_name_step(self, company):
        missing = []
        if is_unnamed(company):
            missing = [self.env._("All documents print the name of the bureau: enter it here.")]
        return self._step("name", self.env._("Name of the bureau"), missing, [])

    def _get_unit_step(self, company):
        own = [("company_id", "=", company.id)]
        count = self.env["it.kpi.unit"].sudo().search_count(own)
        missing = [] if count else [self.env._("There are no units yet.")]
        facts = [self.env._("%s units", count)] if count else []
        return self._step(
            "units",
            self.env._("Units"),
            missing,
            facts,
            upload=self.env._("Upload 单位和人员.xlsx"),
            download=self.env._("Download 单位和人员.xlsx"),
            units=self.env._("List of Units"),
        )

    def _get_people_step(self, company):
        own = Domain("company_id", "=", company.id)
        missing = self._get_missing_people(company)
        waiting = self.env["it.kpi.account"].sudo().search_count(
            own & Domain("has_logged_in", "=", False) & Domain("user_id.active", "=", True)
        )  # fmt: skip
        facts = [self.env._("%s people have not logged in yet: hand out their slips.", waiting)]
        return self._step(
            "people",
            self.env._("People"),
            missing,
            facts if waiting else [],
            unstaffed=self.env._("Units without People"),
            accounts=self.env._("Accounts and Slips"),
        )

    def _get_missing_people(self, company):
        """Return the sentences that say which units have no reporter or no leader."""
        units = self.env["it.kpi.unit"].sudo()
        if not units.search_count([("company_id", "=", company.id)], limit=1):
            return [self.env._("People are named in units: enter these first.")]
        found = {
            role: units.search(units._get_unstaffed_domain(company, [role])) for role in UNIT_STAFF
        }
        return [
            # A lazy text takes its values after the translation.
            self.env._(LACKING[role])  # pylint: disable=translation-not-lazy
            % {"count": len(lacking), "units": self._name_some(lacking)}
            for role, lacking in found.items()
            if lacking
        ]

    def _get_group_step(self, company):
        assessors, heads = (self._count_holders(role, company) for role in ("assessor", "head"))
        missing, facts = [], []
        if assessors:
            facts.append(self.env._("%s assessors", assessors))
        else:
            missing.append(self.env._("There is no assessor yet: list them in 单位和人员.xlsx."))
        if not heads:
            missing.append(self.env._("There is no head yet. The administrator gives this role."))
        proposed = self.env["it.kpi.account"].sudo().search(
            [("company_id", "=", company.id), ("is_proposed_head", "=", True)]
        )  # fmt: skip
        if proposed:
            facts.append(self.env._("Proposed as head: %s", self._name_some(proposed.user_id)))
        buttons = {"heads": self.env._("Proposed Heads")} if proposed else {}
        return self._step("group", self.env._("Assessment group"), missing, facts, **buttons)

    def _count_holders(self, role, company):
        return self.env["res.users"].sudo().search_count(get_holders_domain(company, role))

    def _get_year_step(self, company):
        years = self._find_years()
        opened = years.filtered(lambda year: year.state != "draft")[:1]
        if opened:
            facts = [f"{opened.display_name}: {opened._get_state_label(opened.state)}"]
            return self._step(
                "year", self.env._("Year"), [], facts, dashboard=self.env._("Dashboard")
            )
        if not years and not self._has_rubric(company):
            return self._get_rubric_step()
        draft = years[:1]
        missing = [self.env._("%s is not open yet: check it, then open it.", draft.display_name)]
        if not draft:
            missing = [self.env._("There is no year yet: create it, check it, then open it.")]
        label = self.env._("Go to the Year") if draft else self.env._("Create the Year")
        return self._step("year", self.env._("Year"), missing, [], year=label)

    def _has_rubric(self, company):
        own = [("company_id", "=", company.id), ("cycle_id", "=", False)]
        return bool(self.env["it.kpi.rubric"].sudo().search_count(own, limit=1))

    def _get_rubric_step(self):
        """Return the last step of a bureau that has no rubric in its own company."""
        missing = [self.env._("This bureau has no rubric yet: take over that of the regulation.")]
        label = self.env._("Take over the Rubric")
        return self._step("year", self.env._("Year"), missing, [], rubric=label)

    def _name_some(self, records):
        names = records[:NAMED].mapped("name")
        more = len(records) - len(names)
        return format_list(self.env, [*names, *([self.env._("%s more", more)] if more else [])])

    def _build_roster(self):
        """Return 单位和人员.xlsx as bytes, with the units and people that are there.

        :raise AccessError: the user is not of the division
        """
        self._check_may_start()
        self.env["it.kpi.unit"].check_access("create")
        units = self.env["it.kpi.unit"].search([("company_id", "=", self.env.company.id)])
        people = [*self._get_people_of(units), *self._get_group()]
        return build_roster(
            [
                {"name": unit.name, "short_name": unit.short_name, "kind": KINDS[unit.kind]}
                for unit in units
            ],
            [
                {
                    "name": user.name,
                    "identity": "、".join(IDENTITIES[identity] for identity in identities),
                    "unit": unit.name,
                    "login": user.login,
                    "phone": user.phone,
                    "email": user.email,
                }
                for user, identities, unit in people
            ],
        )

    def _get_people_of(self, units):
        """Yield ``(user, identities, unit)`` for each person that a unit names."""
        for unit in units:
            for user in unit.member_ids:
                staff = [role for role in UNIT_STAFF if user in unit[f"{role}_ids"]]
                yield user, staff or ["member"], unit

    def _get_group(self):
        """Yield ``(user, identities, no unit)`` for each person of the assessment group."""
        for role in ("assessor", "head"):
            holders = get_holders_domain(self.env.company, role)
            for user in self.env["res.users"].search(holders):
                yield user, [role], self.env["it.kpi.unit"]
