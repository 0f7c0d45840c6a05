import json
from typing import NamedTuple

from odoo import api, fields, models

from ...const import FORM_KINDS
from ...proof.fingerprint import ALGORITHMS, get_fingerprints, get_roots
from ...tools.roles import reads_all
from .it_kpi_publication_proof import get_names
from .proof_queries import differing_query, misplaced_query

# What follows from the rows of the units, and is named with them.
DERIVED = ("means", "roots", "unit_count")
# The columns of lines that repeat a column of their result, by its key there.
MOVED = {("id",): "unit_id", ("order",): "unit_order"}
# How many differences the page lists.
SHOWN = 100


class Difference(NamedTuple):
    """A value of the rows that is not as on publication; values of JSON, None for nothing."""

    unit: str  # empty for what concerns the publication as a whole
    path: tuple  # keys in the canonical text
    kept: object
    now: object


class ItKpiPublication(models.Model):
    """核验: the fingerprint of a publication is computed anew from its frozen rows."""

    _inherit = "it.kpi.publication"

    verification = fields.Text(
        compute="_compute_verification",
        groups="it_kpi_assessment.group_reads_all",
        help="Whether the frozen rows are as on publication, or which unit's rows differ in what.",
    )
    is_intact = fields.Boolean(
        compute="_compute_verification",
        groups="it_kpi_assessment.group_reads_all",
        help="Rows and fingerprint are as on publication.",
    )

    @api.depends_context("uid", "lang")
    def _compute_verification(self):
        """Verify the publications whose results the user may read: all of them, as head, division
        or leadership of the bureau, and, of a proposed one, as nobody of a unit that takes part."""
        for publication in self:
            is_hidden = publication.state == "proposed" and publication.cycle_id.is_recused
            sentences = None
            if not is_hidden and reads_all(self.env, publication.company_id):
                sentences = publication._origin.sudo()._verify()
            publication.is_intact = sentences == []
            publication.verification = "\n".join(sentences or ()) or (
                sentences == [] and self.env._("Intact: all rows are as on publication.")
            )

    def action_verify(self):
        """Open the dialog that says whether the publication is intact, or what differs (核验).

        :raise AccessError: the user may not read all results, or belongs to a unit of a result
            that is only proposed
        """
        self.ensure_one()
        self._check_reads_proof()
        view = self.env.ref("it_kpi_assessment.it_kpi_publication_view_verification")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verification of the Fingerprint"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def _verify(self):
        """Return a sentence for everything that is not as on publication; none if all is."""
        if not self.sha256:
            return [self._describe_lack()]
        self.env.flush_all()
        differences = self._find_differences()
        sentences = [self._describe(difference) for difference in differences[:SHOWN]]
        if len(differences) > SHOWN:
            sentences.append(self.env._("And %s more differences.", len(differences) - SHOWN))
        return sentences + self._find_changed_record()

    def _describe_lack(self):
        return self.env._(
            "This result was published before there were fingerprints. It has none, and whether "
            "its rows are as on publication can only be told from the printed notice."
        )

    def _find_changed_record(self):
        """Return a sentence if what is kept beside the rows was changed: the texts that the
        fingerprint was computed from, or the fingerprint."""
        kept = read_json(self.sealed_head)
        now = get_fingerprints(self.sealed_head or "")
        roots = get_roots(self._read_contents())
        if kept and all(self._matches(name, kept, now[name], roots[name]) for name in ALGORITHMS):
            return []
        return [
            self.env._(
                "The record of the fingerprint itself was changed past the system. Compare with "
                "the fingerprint on the printed notice: SHA-256 %s belongs to what is kept now.",
                now["sha256"],
            )
        ]

    def _matches(self, algorithm, kept, now, root):
        """Return whether a fingerprint and its root are as the kept texts say.

        A server without SM3 cannot tell, and a publication of such a server has none.
        """
        told = kept.get("roots", {}).get(algorithm)
        if not told:
            return algorithm != "sha256" and not self[algorithm]
        return now is None or (self[algorithm], told) == (now, root)

    def _find_differences(self):
        """Return the ``Difference``s of the frozen rows against what was kept on publication."""
        kept = read_json(self.sealed_head)
        if not kept:
            return []  # the record itself was changed
        differences = self._compare_heads(kept, self._read_head())
        for unit, before, now in self.env.execute_query(differing_query(self.id, get_names(kept))):
            differences += self._compare_units(unit, read_json(before), read_json(now))
        return differences + self._find_misplaced(kept, differences)

    def _find_misplaced(self, kept, differences):
        """Return the columns of rows that say they belong elsewhere; not of the lines of a unit
        whose own row says so, and is named already."""
        moved = {(each.unit, MOVED.get(each.path[-1:])) for each in differences}
        query = misplaced_query(self.id, kept["cycle"]["id"], kept["bureau"]["id"])
        return [
            Difference(unit, (model, name), None, None)
            for unit, model, name in self.env.execute_query(query)
            if (unit, name) not in moved
        ]

    def _compare_heads(self, kept, now):
        before, after = (
            {key: value for key, value in head.items() if key not in DERIVED}
            for head in (kept, now)
        )
        for key in ("rubric", "cycle"):
            if before[key]["id"] != after[key]["id"]:  # another one differs in everything
                before[key], after[key] = before[key]["id"], after[key]["id"]
        for head in (before, after):
            digests = head["former"] and [head["former"][name] for name in ALGORITHMS]
            head["former"] = digests and " / ".join(map(str, digests))
        return [Difference("", *found) for found in compare(before, after)]

    def _compare_units(self, unit, kept, now):
        unit = kept and kept.get("name") or unit or ""
        if not kept or not now:
            return [Difference(unit, (), bool(kept), bool(now))]
        return [Difference(unit, *each) for each in compare(kept, now)]

    def _describe(self, difference):
        """Return a difference as a sentence."""
        unit = difference.unit or self.env._("The publication")
        if not difference.path:
            text = self.env._("%(unit)s: its row is missing.", unit=unit)
            if difference.now:
                text = self.env._("%(unit)s: its row was added.", unit=unit)
            return text
        where = self._name_place(difference.path)
        if difference.path[0] in self.env:
            return self.env._("%(unit)s: %(where)s names another place.", unit=unit, where=where)
        return self.env._(
            "%(unit)s: %(where)s was %(kept)s on publication, and is %(now)s.",
            unit=unit,
            where=where,
            kept=_show(difference.kept),
            now=_show(difference.now),
        )

    def _name_place(self, path):
        """Return what the keys of a canonical text are called on the screen."""
        if path[0] in self.env:
            model, name = path
            return " · ".join([self.env[model]._description, self._name_field(model, name)])
        model, names = self._name if path[0] in OF_PUBLICATION else "it.kpi.result", []
        for key in path:
            model = PARTS.get(key, model)
            if key in PARTS and key not in FORM_NAMES:
                names.append(self.env[model]._description)
            elif key != "lines":
                names.append(self._name_key(model, key))
        return " · ".join(names)

    def _name_key(self, model, key):
        if key in FORM_NAMES:
            return dict(self.env[model]._fields["kind"]._description_selection(self.env))[key]
        name = FIELDS.get(model, {}).get(key, key)
        is_field = name in self.env[model]._fields
        return self._name_field(model, name) if is_field else str(key)

    def _name_field(self, model, name):
        return self.env[model]._fields[name]._description_string(self.env)


OF_PUBLICATION = {
    *("approver", "bureau", "cycle", "former", "format", "is_renewed", "notice"),
    *("objections", "proposal", "publisher", "reason", "revision", "rubric", "state"),
}
FORM_NAMES = dict(FORM_KINDS)
# The models whose fields stand below a key of the canonical text.
PARTS = {
    **dict.fromkeys(FORM_NAMES, "it.kpi.result.line"),
    "incidents": "it.kpi.incident",
    "rubric": "it.kpi.rubric",
    "grades": "it.kpi.grade",
    "dimensions": "it.kpi.dimension",
    "items": "it.kpi.item",
    "indicators": "it.kpi.indicator",
    "criteria": "it.kpi.criterion",
    "vetoes": "it.kpi.veto",
}
# The fields that keys are called after, where they have another name.
FIELDS = {
    "it.kpi.publication": {
        **{"approver": "approved_by_name", "publisher": "published_by_name"},
        **{"bureau": "bureau_name", "cycle": "cycle_id", "former": "former_id"},
        **{"notice": "notice_until", "count": "objection_count"},
        **{"objections": "objection_count", "upheld": "upheld_count", "units": "upheld_units"},
    },
    "it.kpi.result": {
        **{"id": "unit_id", "kind": "unit_kind", "name": "unit_name", "order": "unit_order"},
        "short_name": "unit_short_name",
    },
    "it.kpi.result.line": {"count": "unit_count", "mark": "grade_id", "total": "score"},
    "it.kpi.incident": {"is_lifted": "state", "unit_name": "unit_id"},
}


def read_json(text):
    """Return what a canonical text says, None if it was changed into something else."""
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return None


def compare(kept, now, path=()):
    """Return what differs in two values of JSON: triples of path, value before, value now.

    Parts of a list are matched by their id, their code or their number.
    """
    if kept == now:
        return []
    names = {}
    if isinstance(kept, list) and isinstance(now, list):
        names = {key: _get_label(key, part) for key, part in _by_key(now + kept).items()}
        kept, now = _by_key(kept), _by_key(now)
    if isinstance(kept, dict) and isinstance(now, dict):
        return [
            found
            for key in sorted(kept.keys() | now.keys(), key=str)
            for found in compare(kept.get(key), now.get(key), (*path, names.get(key, key)))
        ]
    return [(path, kept, now)]


def _by_key(parts):
    """Return the parts of a list by their id or code; by their number if they have neither."""
    parts = [part if isinstance(part, dict) else {} for part in parts]
    if all("id" in part or "code" in part for part in parts):
        return {part.get("id", part.get("code")): part for part in parts}
    return dict(enumerate(parts, 1))


def _get_label(key, part):
    """Return what a part of a list is called in a sentence."""
    return part.get("code") or part.get("name") or key


def _show(value):
    """Return a value of JSON as it stands in a sentence."""
    if value is None or value == "":
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
