from hashlib import sha256

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...const import GIVEN_BY_DIVISION
from ...offline.archive import decode
from ...offline.rows import list_errors
from ...roster.comparison import FIELDS, Comparison
from ...roster.layout import FILE_NAME
from ...roster.reader import MOST_ERRORS, Roster


class ItKpiRosterWizard(models.TransientModel):
    """Show what 单位和人员.xlsx would change, and take all of it over, or nothing.

    Units are written with the rights of the user; accounts are made within the bounds of
    ``it.kpi.account``. A file that was taken over changes nothing when it is uploaded once more.
    """

    _name = "it.kpi.roster.wizard"
    _inherit = ["it.kpi.primary"]
    _description = "Upload of Units and People"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    file = fields.Binary("Workbook", attachment=False)
    file_name = fields.Char(max_length=255)
    archives_others = fields.Boolean("Archive the Units That the File Leaves Out")
    is_checked = fields.Boolean(readonly=True)
    errors = fields.Text(readonly=True, max_length=MOST_ERRORS * 300)
    notes = fields.Text(readonly=True, max_length=False)
    other_units = fields.Char("Not in the File", readonly=True, max_length=False)
    summary = fields.Char(readonly=True, max_length=False)
    change_ids = fields.One2many("it.kpi.roster.wizard.change", "wizard_id", "Changes")

    @api.onchange("file", "archives_others")
    def _onchange_file(self):
        """Require another check for another file."""
        self.is_checked = False

    def action_check(self):
        """Read the file and show what it would change, or all its errors.

        :raise AccessError: the user is not of the division
        :raise UserError: the file cannot be read
        """
        self.ensure_one()
        compared = self._compare()
        changes = [] if compared.errors else compared.changes
        self.write(
            {
                "is_checked": True,
                "errors": list_errors(self.env, compared.errors, MOST_ERRORS),
                "notes": "\n".join(compared.notes),
                "other_units": "、".join(compared.others.mapped("name")),
                "summary": self._summarize(compared) if changes else False,
                "change_ids": [Command.clear()]
                + [Command.create(change._asdict()) for change in changes],
            }
        )
        return self._get_records_action(name=self.env._("Upload Units and People"), target="new")

    def action_take_over(self):
        """Write all changes, or none.

        :raise AccessError: the user is not of the division
        :raise UserError: the file has errors, nothing is to be changed, or the units, the people or
            the file are no longer what was shown
        """
        self.ensure_one()
        compared = self._compare()
        if compared.errors:
            raise UserError(list_errors(self.env, compared.errors, MOST_ERRORS))
        self._check_as_shown(compared.changes)
        if not compared.changes:
            raise UserError(self.env._("There is nothing to take over."))
        users = self._write_people(compared)
        self._write_units(compared, users)
        self.file = False  # what it said is in the system now
        return {"type": "ir.actions.act_window_close"}

    def _compare(self):
        self.env["it.kpi.unit"].check_access("create")
        self.env["it.kpi.account"]._check_bureau(self.company_id)
        content = self._get_content()
        return Comparison(
            self.env, self.company_id, Roster(self.env, content), self.archives_others
        )

    def _get_content(self):
        return decode(self.env, self.with_context(bin_size=False).file)

    def _summarize(self, compared):
        new = sum(not person.user for person in compared.people.values())
        return self.env._(
            "%(units)s new units, %(people)s new accounts, %(changes)s changes in all",
            units=len(compared.new_units),
            people=new,
            changes=len(compared.changes),
        )

    def _check_as_shown(self, changes):
        """Raise a UserError unless the user saw exactly these changes."""
        shown = [(change.subject, change.text) for change in self.change_ids]
        if not self.is_checked or sorted(shown) != sorted(map(tuple, changes)):
            raise UserError(
                self.env._(
                    "The units, the people or the file are no longer what was shown to you. Check "
                    "the file again to see what it would change now."
                )
            )

    def _write_units(self, compared, users):
        """Create, change and archive units, and name their people."""
        compared.archived.write({"active": False})
        named = {
            name: self._prepare_named(compared.units.get(name), people, users)
            for name, people in compared.named.items()
        }
        units = self.env["it.kpi.unit"].create(
            [
                {**vals, "company_id": self.company_id.id, **named.pop(name, {})}
                for name, vals in compared.new_units.items()
            ]
        )
        units._message_log_batch(dict.fromkeys(units.ids, self._get_note()))
        for unit, vals in compared.changed_units.items():
            unit.write({**vals, **named.pop(unit.name, {})})
        for name, vals in named.items():
            if vals:
                compared.units[name].write(vals)

    def _prepare_named(self, unit, people, users):
        """Return the values of a unit that names these people: who joins and who leaves."""
        vals = {}
        for role, field in FIELDS.items():
            wanted = {users[key] for key in people[role]}
            current = set(unit[field].ids) if unit else set()
            commands = [Command.link(user) for user in sorted(wanted - current)]
            commands += [Command.unlink(user) for user in sorted(current - wanted)]
            if commands:
                vals[field] = commands
        return vals

    def _write_people(self, compared):
        """Make and correct accounts, give roles, and return the users by login."""
        accounts, note = self.env["it.kpi.account"], self._get_note()
        new = [person for person in compared.people.values() if not person.user]
        known = [person for person in compared.people.values() if person.user]
        made = accounts._make(
            [
                {
                    **person.details,
                    "roles": [role for role in GIVEN_BY_DIVISION if role in person.roles],
                    "is_proposed_head": "head" in person.roles,
                }
                for person in new
            ],
            self.company_id,
            note,
        )
        for person in known:
            self._write_known(person)
        users = {person.key: person.user.id for person in known}
        return users | {
            person.key: account.user_id.id for person, account in zip(new, made, strict=True)
        }

    def _write_known(self, person):
        details = {
            name: text
            for name, text in person.details.items()
            if text and name != "login" and text != person.user[name]
        }
        if details:
            person.account._correct(details)
        roles = [role for role in GIVEN_BY_DIVISION if role in person.roles]
        if roles:
            person.account._give(roles)
        if "head" in person.roles:
            person.account._propose_as_head()

    def _get_note(self):
        return self.env._(
            "from the file “%(name)s”, SHA-256 %(digest)s",
            name=(self.file_name or FILE_NAME)[:100],
            digest=sha256(self._get_content()).hexdigest(),
        )
