"""Two people at a self-assessment: the outcome is that of one after the other.

See ``parallel.py`` for how two acts meet, and ``parallel_year.py`` for what is compared.
"""

from odoo import Command
from odoo.tests import tagged

from ..helpers.parallel import Act
from ..helpers.parallel_year import REASON, SIGNED, ParallelYear


def extend_to(day):
    """Return what an extension to a day of the form's own year takes, as a function of the form."""
    return lambda form: (f"{form.cycle_id.year}-{day} 00:00:00", "补报")


@tagged("post_install", "-at_install")
class TestParallelForms(ParallelYear):
    def test_two_people_save_the_same_line(self):
        def prepare():
            line = self.play_open()[0].line_ids[0]
            return (
                self.mark("reporter", line, "A", remark="填报员"),
                self.mark("leader", line, "C", explanation="领导"),
            )

        self.check_acts(prepare)

    def test_two_people_mark_different_lines(self):
        """Both marks are kept, and neither request is retried."""

        def prepare():
            lines = self.play_open()[0].line_ids
            return self.mark("reporter", lines[0], "A"), self.mark("leader", lines[1], "C")

        self.check_acts(prepare, repeats=False)

    def test_two_assessors_mark_different_lines(self):
        def prepare():
            lines = self.play_open("submitted", signed=False)[1].line_ids
            return self.mark("assessor", lines[0], "A"), self.mark("assessor 2", lines[1], "C")

        self.check_acts(prepare, repeats=False)

    def test_two_assessors_change_what_is_signed(self):
        """The signatures are void once, and both marks are kept."""

        def prepare():
            lines = self.play_open("submitted")[1].line_ids
            return self.mark("assessor", lines[0], "A"), self.mark("assessor 2", lines[1], "C")

        self.check_acts(prepare)

    def test_a_form_is_handed_over_while_a_mark_is_cleared(self):
        def prepare():
            form = self.play_open()[0]
            return (
                Act("reporter", form, "action_hand_over"),
                self.mark("leader", form.line_ids[0], None),
            )

        self.check_acts(prepare)

    def test_a_form_is_handed_over_while_an_explanation_is_cleared(self):
        def prepare():
            form = self.play_open()[0]
            return (
                Act("reporter", form, "action_hand_over"),
                Act("leader", form.line_ids[0], "write", ({"explanation": ""},)),
            )

        self.check_acts(prepare)

    def test_a_file_is_thrown_away_while_the_form_is_handed_over(self):
        def prepare():
            form = self.play_open()[0]
            user = self.users["leader"]
            file = (
                self.env["ir.attachment"].with_user(user).create({"name": "证明.txt", "raw": b"1"})
            )
            form.line_ids[0].with_user(user).attachment_ids = file
            return Act("reporter", form, "action_hand_over"), Act("leader", file, "unlink")

        self.check_acts(prepare)

    def test_a_file_is_added_while_the_form_is_handed_over(self):
        def prepare():
            form = self.play_open()[0]
            file = {"attachment_ids": [Command.create({"name": "证明.txt", "raw": "MQ=="})]}
            return (
                Act("reporter", form, "action_hand_over"),
                Act("leader", form.line_ids[0], "write", (file,)),
            )

        self.check_acts(prepare)

    def check_moves(self, state, *acts, overdue=False):
        """Try two acts on the form of 利州, before its deadline or after it."""

        def prepare():
            form = self.play_open(state)[0]
            if overdue:
                self.pass_deadline(form.cycle_id)
            return [
                Act(person, form, method, arguments(form) if callable(arguments) else arguments)
                for person, method, arguments in acts
            ]

        self.check_acts(prepare)

    def test_the_same_form_is_submitted_twice(self):
        self.check_moves(
            "to_sign", ("leader", "action_submit", SIGNED), ("leader 2", "action_submit", SIGNED)
        )

    def test_the_same_button_is_pressed_twice(self):
        self.check_moves("draft", *[("reporter", "action_hand_over", ())] * 2)

    def test_a_form_is_taken_back_while_the_leader_signs(self):
        self.check_moves(
            "to_sign", ("leader", "action_submit", SIGNED), ("leader 2", "action_take_back", REASON)
        )

    def test_a_form_is_recorded_as_not_filed_while_the_leader_signs(self):
        self.check_moves(
            "to_sign",
            ("leader", "action_submit", SIGNED),
            ("division", "action_record_unfiled", REASON),
            overdue=True,
        )

    def test_a_form_is_returned_while_the_leader_signs(self):
        def prepare():
            form = self.play_open("to_sign")[0]
            reasons = {str(form.line_ids[0].id): "补充"}
            return (
                Act("leader", form, "action_submit", SIGNED),
                Act("division", form, "action_return", (reasons,)),
            )

        self.check_acts(prepare)

    def test_two_of_the_division_return_different_lines(self):
        def prepare():
            form = self.play_open("submitted")[0]
            first, second = form.line_ids[:2]
            return (
                Act("division", form, "action_return", ({str(first.id): "补充"},)),
                Act("division 2", form, "action_return", ({str(second.id): "说明"},)),
            )

        self.check_acts(prepare)

    def test_a_form_is_extended_while_it_is_recorded_as_not_filed(self):
        self.check_moves(
            "draft",
            ("division", "action_extend", extend_to("12-31")),
            ("division 2", "action_record_unfiled", REASON),
            overdue=True,
        )

    def test_a_form_is_extended_twice(self):
        self.check_moves(
            "draft",
            ("division", "action_extend", extend_to("12-30")),
            ("division 2", "action_extend", extend_to("12-31")),
        )
