"""The words of the regulation that the code compares with, each in one place."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# 角色: each is a group ``it_kpi_assessment.group_<role>`` (spec, section 4).
ROLES = {
    "reporter": _lt("reporter of the unit"),
    "leader": _lt("leader of the unit"),
    "assessor": _lt("assessor of this unit"),
    "head": _lt("head of the assessment group"),
    "division": _lt("informatization division"),
    "leadership": _lt("bureau leadership"),
}
# The roles that a unit names people for.
UNIT_STAFF = ("reporter", "leader")

# 年度考核: while a year is under way its ranking is live, afterwards its result is frozen.
CYCLE_UNDER_WAY = ("open", "review")
CYCLE_PUBLISHED = ("published", "archived")

# 评价细则: the versions that a bureau works with (试行, 正式).
RUBRIC_IN_FORCE = ("trial", "effective")

# 自评表 and 实地调查考核评价表, as selections and in the names of models and columns.
FORM_KINDS = [("assessment", "Self-Assessment"), ("survey", "On-Site Survey")]
# A form is filed, and its marks count, in this state of its kind (R2).
FILED_STATE = {"assessment": "submitted", "survey": "confirmed"}
# A self-assessment is still with the unit, or it is filed or recorded as 未报 (R8).
ASSESSMENT_WITH_UNIT = ("draft", "to_sign", "returned")
ASSESSMENT_ENDED = ("submitted", "unfiled")
# From this many grades on, a gap between two marks of one indicator demands a reason.
WIDE_GAP = 2

INCIDENT_KINDS = [
    ("network_security", "Network Security Incident"),
    ("leak", "Leak of Secrets"),
]

# Where the points of a line come from, when both forms are filed (R1, R2, R7, R3).
ORIGINS = [
    ("graded", "Grade"),
    ("mean", "Mean"),
    ("zeroed", "Zeroed by an Incident"),
    ("dropped", "Dropped Out"),
]

# The longest reason of a move, in characters: it stands in the log and on paper.
REASON_LENGTH = 1000
# The longest remark: it stands in a narrow column of 附件2 and 附件3.
REMARK_LENGTH = 500

# 整改通知书: with the unit or its verifier; and over, so that nothing changes any more.
ORDER_UNDER_WAY = ("issued", "planned", "reported", "verified")
ORDER_ENDED = ("closed", "withdrawn")

JOB_UNDER_WAY = ("waiting", "running")
# Documents that are printed while the user waits; more are printed by a long job.
AT_ONCE = 50
# How many records one request may name. A job prints as many as a list of Odoo selects.
MOST_EXPLAINED = 1000
MOST_WORKBOOKS = 20
MOST_PRINTED = 20000
