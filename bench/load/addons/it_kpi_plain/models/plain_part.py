from odoo import fields, models


class PlainIndicator(models.Model):
    """What a line is about."""

    _name = "it.kpi.plain.indicator"
    _description = "Plain Indicator"

    name = fields.Char(required=True)
    dimension = fields.Char()
    item = fields.Char()
    points = fields.Float(digits=(6, 2))
    criterion_ids = fields.One2many("it.kpi.plain.criterion", "indicator_id")


class PlainCriterion(models.Model):
    """What a grade demands."""

    _name = "it.kpi.plain.criterion"
    _description = "Plain Criterion"

    indicator_id = fields.Many2one("it.kpi.plain.indicator", index=True, ondelete="cascade")
    grade_id = fields.Many2one("it.kpi.plain.grade")
    text = fields.Text()


class PlainGrade(models.Model):
    """A to D."""

    _name = "it.kpi.plain.grade"
    _description = "Plain Grade"
    _rec_name = "code"

    code = fields.Char(required=True)
    ratio = fields.Float(digits=(3, 2))
