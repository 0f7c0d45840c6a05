"""The words of the regulation that the code compares with, each in one place."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# 角色: each is a group ``it_kpi_assessment.group_<role>``, and is held in a bureau
# (``it.kpi.holding``; spec, section 4).
ROLES = {
    "reporter": _lt("reporter of the unit"),
    "leader": _lt("leader of the unit"),
    "assessor": _lt("assessor of this unit"),
    "head": _lt("head of the assessment group"),
    "division": _lt("informatization division"),
    "leadership": _lt("bureau leadership"),
}
# The roles that read the results of all units: those of ``group_reads_all``.
READS_ALL = ("head", "division", "leadership")
# The roles that sign: what their holders drew may be kept for a year.
SIGNING = ("leader", "assessor", "head")
# The roles that a unit names people for.
UNIT_STAFF = ("reporter", "leader")
# The roles that the division gives to people whose accounts it made (spec, section 11).
GIVEN_BY_DIVISION = (*UNIT_STAFF, "assessor")

# 年度考核: while a year is under way its ranking is live, afterwards its result is frozen.
CYCLE_UNDER_WAY = ("open", "review", "proposed")
# While these last, units leave the year and incidents are recorded; during a public notice only the
# lines of an objection that was upheld change.
CYCLE_CHANGEABLE = ("open", "review")
# 综合考评 and 公示: all forms are filed, and what is missing for the publication is known.
CYCLE_REVIEWED = ("review", "proposed")
CYCLE_PUBLISHED = ("published", "archived")

# 区县局, 直属单位 (article 3).
UNIT_KINDS = [("county", "County Bureau"), ("direct", "Direct Unit")]

# 公示: what a unit reads of a proposed result.
NOTICE_SCOPES = [("own", "Its Own Result"), ("all", "The Whole Ranking")]
# The longest term that a rubric sets for a notice or an objection, in weekdays.
MOST_NOTICE_DAYS = 60

RUBRIC_STATES = [
    ("draft", "Draft"),
    ("trial", "Trial"),
    ("effective", "Effective"),
    ("archived", "Archived"),
]
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

# What an act leaves a unit at least, in days, to file its form or to answer: a deadline that is
# moved, a return, a unit that joins late.
LEAST_DAYS = 3

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
MOST_SIGNED = 200  # surveys of one dialog: to be signed, confirmed or assigned
# Files of one archive that is built in memory, and their size in MB.
MOST_ZIPPED = 200
MOST_ZIPPED_MB = 100
