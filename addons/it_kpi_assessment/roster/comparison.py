"""What an uploaded 单位和人员.xlsx would change, and what keeps it from being taken over."""

from typing import NamedTuple

from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.i18n import format_list

from ..const import GIVEN_BY_DIVISION, ROLES
from ..tools.roles import may_be_named
from ..tools.text import escape_like
from .layout import IN_UNIT

DETAILS = ("name", "login", "phone", "email")
FIELDS = {"reporter": "reporter_ids", "leader": "leader_ids", "member": "member_ids"}
# What the regulation's names of county bureaus end with; charts show what is left.
OFFICE = "交通运输局"


class Change(NamedTuple):
    """One line of the preview: the unit or person, and what happens to it."""

    subject: str
    text: str


class Person:
    """What all rows of one login say of a person, and the account that there is."""

    def __init__(self, row, details):
        self.row = row
        self.details = details
        self.roles = set()
        self.user = self.account = None

    @property
    def key(self):
        return self.details["login"].casefold()


class Comparison:
    """The rows of a workbook, compared with the units, people and accounts of a bureau.

    ``changes`` is what taking it over would do, in words; ``errors`` are texts with the addresses
    of their cells; ``notes`` are what remains for the administrator. What is to be written is in
    ``new_units`` and ``changed_units`` (values by name and by record), ``archived`` (units),
    ``people`` (by login) and ``named`` (``{unit's name: {role: logins}}``).

    :param roster: a ``Roster``
    :param bool archives_others: archive the units that the workbook does not name
    """

    def __init__(self, env, company, roster, archives_others=False):
        self.env, self.company, self.roster = env, company, roster
        self.changes, self.notes = [], []
        self.new_units, self.changed_units, self.people, self.named = {}, {}, {}, {}
        self.named_rows = {}  # {(unit's name, role, login): row}
        units = env["it.kpi.unit"].with_context(active_test=False)
        found = units.search([("company_id", "=", company.id)]).with_env(env)
        self.units = {unit.name: unit for unit in found}
        self._compare_units()
        self.others = self._find_others()
        self.archived = self.others if archives_others else env["it.kpi.unit"]
        for unit in self.archived:
            self._add(unit.name, env._("archived"))
        self._read_people()
        self._find_accounts()
        self._compare_people()
        self._compare_named()
        self.errors = list(dict.fromkeys(roster.errors))

    def _add(self, subject, text):
        self.changes.append(Change(subject, text))

    # Units

    def _compare_units(self):
        self.unit_rows = {}
        for row in self.roster.units:
            name = row.get("name")
            if name in self.unit_rows:
                self.roster.add_error(row, "name", self.env._("“%s” has a row above.", name))
            elif name:
                self.unit_rows[name] = row
                self._compare_unit(row, name)

    def _compare_unit(self, row, name):
        kind, unit = self.roster.get_kind(row), self.units.get(name)
        vals = {"kind": kind, "short_name": row.get("short_name")}
        vals = {key: value for key, value in vals.items() if value}
        if not unit:
            if not row.get("kind"):
                self.roster.add_error(row, "kind", self.env._("Say which kind of unit it is."))
            vals.setdefault("short_name", _shorten(name))
            sequence = 10 * len(self.unit_rows)
            self.new_units[name] = {**vals, "name": name, "sequence": sequence}
            self._check_texts(row, vals | {"name": name})
            self._add(name, self.env._("new unit"))
        elif not unit.active:
            self.roster.add_error(
                row, "name", self.env._("“%s” is archived: restore it, or leave it out.", name)
            )
        else:
            self._compare_known_unit(row, unit, vals)

    def _compare_known_unit(self, row, unit, vals):
        vals = {key: value for key, value in vals.items() if unit[key] != value}
        if not vals:
            return
        if unit._takes_part():
            self.roster.add_error(
                row,
                next(iter(vals)),
                self.env._(
                    "“%s” takes part in a year: use “Rename” on its page, which asks for a reason, "
                    "or write here what the system says.",
                    unit.name,
                ),
            )
        self._check_texts(row, vals)
        self.changed_units[unit] = vals
        labels = [unit._fields[key]._description_string(self.env) for key in vals]
        self._add(unit.name, self.env._("changed: %s", format_list(self.env, labels)))

    def _check_texts(self, row, vals):
        for key in ("name", "short_name"):
            try:
                self.env["it.kpi.unit"]._tidy_text(key, vals.get(key) or "-")
            except ValidationError as error:
                self.roster.add_error(row, key, str(error))

    def _find_others(self):
        """Return the active units that the sheet of units leaves out; none without that sheet."""
        others = self.env["it.kpi.unit"]
        for name, unit in self.units.items():
            if self.unit_rows and unit.active and name not in self.unit_rows:
                others |= unit
        return others

    # People

    def _read_people(self):
        for row in self.roster.people:
            identities = self.roster.get_identities(row)
            person = self._get_person(row)
            if person and identities:
                person.roles.update(set(identities) - {"member"})
                self._name_in_unit(row, person, [key for key in identities if key in IN_UNIT])

    def _get_person(self, row):
        """Return the person of a row, None if the row says nothing that an account can be."""
        if not row.get("name"):
            return None
        given = {name: row.get(name) for name in DETAILS}
        details = self.env["it.kpi.account"]._tidy_details(given)
        if not details["login"]:
            sentence = self.env["it.kpi.account"]._find_fault("login", "")
            self.roster.add_error(row, "login", sentence)
            return None
        person = Person(row, details)
        known = self.people.setdefault(person.key, person)
        for name in ("name", "phone", "email"):
            if details[name] and known.details[name] and details[name] != known.details[name]:
                self.roster.add_error(
                    row, name, self.env._("A row above says “%s”.", known.details[name])
                )
            known.details[name] = known.details[name] or details[name]
        return known

    def _name_in_unit(self, row, person, identities):
        unit = row.get("unit")
        if not identities:
            return
        if not unit:
            self.roster.add_error(row, "unit", self.env._("Say of which unit."))
        elif unit not in self.new_units and not self._is_active(unit):
            self.roster.add_error(
                row, "unit", self.env._("There is no unit “%s”; add it to the sheet.", unit[:80])
            )
        else:
            named = self.named.setdefault(unit, {role: [] for role in IN_UNIT})
            for role in {*identities, "member"}:
                if person.key not in named[role]:
                    named[role].append(person.key)
                    self.named_rows[unit, role, person.key] = row

    def _is_active(self, name):
        return name in self.units and self.units[name] not in self.archived and (
            self.units[name].active
        )  # fmt: skip

    def _find_accounts(self):
        """Find the users of all logins at once, archived ones and those of other bureaus too."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found = Domain.OR([Domain("login", "=ilike", escape_like(key)) for key in self.people])
        users = users.search(found) if self.people else users
        rows = self.env["it.kpi.account"].sudo().search([("user_id", "in", users.ids)])
        accounts = {row.user_id: row.sudo(False) for row in rows}
        for user in users:
            person = self.people.get(user.login.casefold())
            if person:
                person.user, person.account = user, accounts.get(user)

    def _compare_people(self):
        for person in self.people.values():
            if not person.user:
                self._compare_new(person)
            elif self.company not in person.user.company_ids or not person.user.active:
                sentence = self.env._("“%s” belongs to another account.", person.details["login"])
                self._add_error(person, "login", sentence)
            else:
                self._compare_known(person)

    def _compare_new(self, person):
        self._check_details(person, DETAILS)
        text = self.env._("new account: %s", person.details["login"])
        self._add(person.details["name"], text)
        self._compare_roles(person, GIVEN_BY_DIVISION)

    def _compare_known(self, person):
        user, account = person.user, person.account
        changed = [
            name
            for name in ("name", "phone", "email")
            if person.details[name] and person.details[name] != (user[name] or "")
        ]
        if changed:
            self._compare_details(person, changed)
        locked = not account or account._get_lock_reason()
        self._compare_roles(person, () if locked else GIVEN_BY_DIVISION)

    def _compare_details(self, person, changed):
        """Correct what is said of a person, if the division may."""
        self._check_details(person, changed)
        user, reason = person.user, self.env._("This account was not made here.")
        if person.account:
            reason = person.account._get_access_lock_reason()
        if reason:
            sentence = self.env._(
                "“%(login)s” has other details in the system. %(reason)s The administrator "
                "changes it.",
                login=user.login,
                reason=reason,
            )
            self._add_error(person, changed[0], sentence)
        else:
            labels = [user._fields[name]._description_string(self.env) for name in changed]
            self._add(user.name, self.env._("changed: %s", format_list(self.env, labels)))

    def _check_details(self, person, names):
        for name in names:
            fault = self.env["it.kpi.account"]._find_fault(name, person.details[name])
            if fault:
                self._add_error(person, name, fault)

    def _compare_roles(self, person, given):
        """Say which roles a person gets; ``given`` are those that this account may get here."""
        for role in [role for role in ROLES if role in person.roles]:
            label = self.env._(ROLES[role])
            if person.user and may_be_named(person.user, self.company, (role,)):
                person.roles.discard(role)
            elif role in given:
                self._add(person.details["name"], self.env._("role: %s", label))
            elif role == "head":
                self._compare_head(person, label)
            else:
                sentence = self.env._(
                    "This account was not made here, or has further rights. The administrator "
                    "gives this role: %s",
                    label,
                )
                self._add_error(person, "identity", sentence)

    def _compare_head(self, person, label):
        """Propose a head; the administrator gives the role."""
        is_new = not person.user
        account = person.account
        if is_new or (account and not account.is_proposed_head and not account._get_lock_reason()):
            self._add(person.details["name"], self.env._("proposed: %s", label))
        else:
            person.roles.discard("head")
        self.notes.append(
            self.env._(
                "The administrator gives this role: %(role)s to %(person)s",
                role=label,
                person=person.details["name"],
            )
        )

    def _add_error(self, person, name, sentence):
        self.roster.add_error(person.row, name, sentence)

    # Who is named in which unit

    def _compare_named(self):
        for name, named in self.named.items():
            unit = self.units.get(name)
            for role in IN_UNIT:
                wanted = {self.people[key].user or key for key in named[role]}
                current = set(unit[FIELDS[role]].sudo()) if unit else set()
                joining, leaving = wanted - current, current - wanted
                self._compare_field(name, role, joining, leaving)
                if unit and unit.is_in_open_year and (joining or leaving):
                    self._refuse_people(unit, role, joining)

    def _refuse_people(self, unit, role, joining):
        """Refuse other people for a unit of a year under way: that needs a reason.

        The cell is that of the first who joins; of the unit's first row, if somebody only leaves.
        """
        logins = [key for key in self.named[unit.name][role]
                  if (self.people[key].user or key) in joining]  # fmt: skip
        rows = [row for (name, *_), row in self.named_rows.items() if name == unit.name]
        row = self.named_rows[unit.name, role, logins[0]] if logins else rows[0]
        label = unit._fields[FIELDS[role]]._description_string(self.env)
        sentence = self.env._(
            "“%(unit)s” takes part in a year that is not published yet, and the file names other "
            "people as “%(field)s”. Change them on the unit's page, which asks for a reason, or "
            "leave the unit's people out of the file.",
            unit=unit.name,
            field=label,
        )
        self.roster.add_error(row, "identity" if logins else "unit", sentence)

    def _compare_field(self, unit, role, joining, leaving):
        label = self.env["it.kpi.unit"]._fields[FIELDS[role]]._description_string(self.env)
        names = [f"+{self._get_name(who)}" for who in joining]
        names += [f"−{self._get_name(who)}" for who in leaving]
        if names:
            self._add(unit, f"{label}: {' '.join(sorted(names))}")

    def _get_name(self, who):
        return self.people[who].details["name"] if isinstance(who, str) else who.name


def _shorten(name):
    """Return a short name: 利州区交通运输局 as 利州, 公路局 as it is."""
    place = name.removesuffix(OFFICE)
    if place == name or not place:
        return name
    return place[:-1] if len(place) > 2 and place[-1] in "区县市" else place
