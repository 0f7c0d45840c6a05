"""What the fingerprint of a publication covers, as SQL that reads the frozen rows.

``units_query`` writes the canonical text of each unit, ``head_query`` what concerns them all. The
rows of ``row_to_json`` are canonical JSON as long as their columns are in alphabetical order: it
sets no blanks, and escapes what Python's ``json`` escapes. Amounts are texts.
"""

from odoo.tools import SQL


def amount(column):
    """Return an amount as a text: with two places, or with more if a row should have more."""
    value = SQL(column)
    return SQL("round(%s, GREATEST(2, min_scale(%s)))::text", value, value)


# What an indicator or a grade is called comes with the query: what a rubric's row was changed to
# then differs in the rubric, and not in every line.
LINES = """
SELECT line.kind, line.indicator_id, (
       SELECT row_to_json(told)
         FROM (SELECT COALESCE(indicator.code, '#' || line.indicator_id) AS code,
                      line.unit_count AS count,
                      COALESCE(grade.code, '#' || line.grade_id) AS mark,
                      %(mean)s AS mean, line.not_applicable, line.origin,
                      %(points)s AS points, %(score)s AS score, line.veto_kinds) told) AS text
  FROM it_kpi_result_line line
  LEFT JOIN unnest(%(indicator_ids)s::int[], %(indicator_codes)s::text[]) indicator(id, code)
    ON indicator.id = line.indicator_id
  LEFT JOIN unnest(%(grade_ids)s::int[], %(grade_codes)s::text[]) grade(id, code)
    ON grade.id = line.grade_id
 WHERE line.result_id = result.id"""

INCIDENTS = """
SELECT (incident.fact ->> 'unit_id')::int AS unit_id, array_to_json(array_agg((
       SELECT row_to_json(told)
         FROM (SELECT incident.fact ->> 'date' AS date, incident.fact ->> 'decision' AS decision,
                      (incident.fact ->> 'is_lifted')::boolean AS is_lifted,
                      incident.fact ->> 'kind' AS kind,
                      incident.fact ->> 'lift_decision' AS lift_decision,
                      incident.fact ->> 'unit_name' AS unit_name) told) ORDER BY incident.place))
           AS texts
  FROM it_kpi_publication publication
  CROSS JOIN jsonb_array_elements(publication.incidents) WITH ORDINALITY incident(fact, place)
 WHERE publication.id = %(publication)s
 GROUP BY incident.fact ->> 'unit_id'"""

# The columns of the innermost SELECT are the keys of the canonical text. LATERAL has PostgreSQL
# look up the lines of each result by their index, however few rows it expects.
UNITS = """
WITH incident AS (%(incidents)s)
SELECT result.id AS result_id, result.unit_name, sealed.salt, (
       SELECT row_to_json(told)::text
         FROM (SELECT (SELECT row_to_json(of_kind)
                         FROM (SELECT form.assessment AS lines,
                                      %(assessment_total)s AS total) of_kind) AS assessment,
                      result.band, result.band_grounds, result.band_place, result.band_reached,
                      %(before_veto)s AS before_veto, %(final)s AS final, result.unit_id AS id,
                      COALESCE(incident.texts, '[]') AS incidents, result.is_last,
                      result.unit_kind AS kind, result.unit_name AS name,
                      result.unit_order AS "order", result.rank, sealed.salt,
                      result.unit_short_name AS short_name,
                      (SELECT row_to_json(of_kind)
                         FROM (SELECT form.survey AS lines,
                                      %(survey_total)s AS total) of_kind) AS survey,
                      result.unfiled, result.veto_kinds, result.vetoed,
                      result.withdrawal_decision, result.withdrawal_reason) told) AS content
  FROM it_kpi_result result
  LEFT JOIN LATERAL (%(salt)s) sealed ON TRUE
  LEFT JOIN LATERAL (
       SELECT array_to_json(array_agg(text ORDER BY indicator_id)
                  FILTER (WHERE kind = 'assessment')) AS assessment,
              array_to_json(array_agg(text ORDER BY indicator_id)
                  FILTER (WHERE kind = 'survey')) AS survey
         FROM (%(lines)s) line) form ON TRUE
  LEFT JOIN incident ON incident.unit_id = result.unit_id
 WHERE result.publication_id = %(publication)s"""

# The condition ties the salt to the result, so that each has one of its own.
NEW_SALT = "SELECT gen_random_uuid()::text AS salt WHERE result.id IS NOT NULL"
KEPT_SALT = "SELECT salt FROM it_kpi_result_proof WHERE result_id = result.id"

SEAL = """
INSERT INTO it_kpi_result_proof (result_id, edition_id, company_id, salt, content)
SELECT result_id, %(publication)s, %(company)s, salt, content FROM (%(units)s) unit"""

# Rows of which only one is there, or which differ: of each the name of the unit, if
# there still is a row, and both texts.
DIFFERING = """
SELECT now.unit_name, kept.content, now.content
  FROM (%(units)s) now
  FULL JOIN (SELECT * FROM it_kpi_result_proof WHERE edition_id = %(publication)s) kept
    ON kept.result_id = now.result_id
 WHERE kept.content IS DISTINCT FROM now.content
 ORDER BY COALESCE(now.result_id, kept.result_id)"""

# In the order of the tree.
CONTENTS = """
SELECT content FROM it_kpi_result_proof WHERE edition_id = %(publication)s ORDER BY result_id"""

MEANS = """
SELECT jsonb_agg(jsonb_build_object(
           'form', kind, 'code', code, 'sum', %(sum)s, 'count', count,
           'mean', round(sum / NULLIF(count, 0), 2)::text) ORDER BY kind, indicator_id)
  FROM (SELECT line.kind, line.indicator_id, indicator.code, count(*) FILTER (WHERE is_own),
               COALESCE(sum(line.score) FILTER (WHERE is_own), 0) AS sum
          FROM it_kpi_result result
          JOIN (SELECT *, origin IN ('graded', 'zeroed') AS is_own
                  FROM it_kpi_result_line) line ON line.result_id = result.id
          JOIN it_kpi_indicator indicator ON indicator.id = line.indicator_id
         WHERE result.publication_id = %(publication)s
         GROUP BY line.kind, line.indicator_id, indicator.code) mean"""

CRITERIA = """
SELECT jsonb_agg(jsonb_build_object(
           'id', criterion.id, 'grade_id', criterion.grade_id, 'text', criterion.text,
           'threshold', criterion.threshold::text) ORDER BY criterion.id)
  FROM it_kpi_criterion criterion WHERE criterion.indicator_id = indicator.id"""
INDICATORS = """
SELECT jsonb_agg(jsonb_build_object(
           'id', indicator.id, 'code', indicator.code, 'name', indicator.name,
           'form_name', indicator.form_name, 'points', %(indicator_points)s,
           'sequence', indicator.sequence, 'item_id', indicator.item_id,
           'measure_name', indicator.measure_name, 'may_exceed', indicator.may_exceed,
           'dimension_id', indicator.dimension_id, 'criteria', (%(criteria)s))
           ORDER BY indicator.id)
  FROM it_kpi_indicator indicator WHERE indicator.rubric_id = rubric.id"""
ITEMS = """
SELECT jsonb_agg(jsonb_build_object(
           'id', item.id, 'name', item.name, 'form_name', item.form_name,
           'points', %(item_points)s, 'sequence', item.sequence,
           'dimension_id', item.dimension_id) ORDER BY item.id)
  FROM it_kpi_item item WHERE item.rubric_id = rubric.id"""
DIMENSIONS = """
SELECT jsonb_agg(jsonb_build_object(
           'id', dimension.id, 'name', dimension.name, 'form_name', dimension.form_name,
           'points', %(dimension_points)s, 'sequence', dimension.sequence) ORDER BY dimension.id)
  FROM it_kpi_dimension dimension WHERE dimension.rubric_id = rubric.id"""
GRADES = """
SELECT jsonb_agg(jsonb_build_object(
           'id', grade.id, 'code', grade.code, 'ratio', %(ratio)s, 'sequence', grade.sequence)
           ORDER BY grade.id)
  FROM it_kpi_grade grade WHERE grade.rubric_id = rubric.id"""
VETOES = """
SELECT jsonb_agg(jsonb_build_object(
           'id', veto.id, 'kind', veto.kind, 'effect', veto.effect,
           'indicator_id', veto.indicator_id, 'concerned_id', veto.concerned_id) ORDER BY veto.id)
  FROM it_kpi_veto veto WHERE veto.rubric_id = rubric.id"""
BANDS = """
SELECT jsonb_agg(jsonb_build_object(
           'id', band.id, 'name', band.name, 'threshold', %(threshold)s) ORDER BY band.id)
  FROM it_kpi_band band WHERE band.rubric_id = rubric.id"""
# What the units are graded by, and what follows from it; empty with the regulation's own rubric.
AWARDS = """
jsonb_build_object(
    'bands', COALESCE((%(bands)s), '[]'), 'quota_kind', rubric.quota_kind, 'quota', %(quota)s,
    'quota_by_kind', rubric.quota_by_kind, 'quota_edge', rubric.quota_edge,
    'veto_bar', rubric.veto_bar, 'unfiled_bar', rubric.unfiled_bar,
    'rectification_bar', rubric.rectification_bar, 'proposes_funds', rubric.proposes_funds,
    'commended', rubric.commended, 'commended_count', rubric.commended_count,
    'commended_by_kind', rubric.commended_by_kind)"""
RUBRIC = """
jsonb_build_object(
    'id', rubric.id, 'name', publication.rubric_name, 'version', publication.rubric_version,
    'state', publication.rubric_state, 'document', publication.rubric_document,
    'full_points', %(full_points)s, 'last_count', rubric.last_count,
    'weak_percent', rubric.weak_percent, 'notice_days', rubric.notice_days,
    'notice_scope', rubric.notice_scope, 'objection_days', rubric.objection_days,
    'awards', (%(awards)s), 'grades', (%(grades)s), 'dimensions', (%(dimensions)s),
    'items', (%(items)s), 'indicators', (%(indicators)s), 'vetoes', COALESCE((%(vetoes)s), '[]'))"""

HEAD = """
SELECT jsonb_build_object(
           'format', 'it_kpi_assessment 1',
           'cycle', jsonb_build_object('id', cycle.id, 'year', cycle.year),
           'bureau', jsonb_build_object(
               'id', publication.company_id, 'name', publication.bureau_name),
           'state', publication.state, 'revision', publication.revision,
           'proposal', publication.proposal, 'is_renewed', publication.is_renewed,
           'reason', publication.reason,
           'approver', jsonb_build_object(
               'id', publication.approved_by_id, 'name', publication.approved_by_name,
               'at', publication.approved_at::text),
           'publisher', jsonb_build_object(
               'id', publication.published_by_id, 'name', publication.published_by_name,
               'at', publication.published_at::text),
           'notice', jsonb_build_object(
               'from', publication.noticed_at::text, 'until', publication.notice_until::text),
           'objections', jsonb_build_object(
               'count', publication.objection_count, 'upheld', publication.upheld_count,
               'units', publication.upheld_units),
           'unit_count', (SELECT count(*) FROM it_kpi_result
                           WHERE publication_id = publication.id),
           'former', CASE WHEN former.id IS NOT NULL THEN jsonb_build_object(
               'sha256', former.sha256, 'sm3', former.sm3) END,
           'means', COALESCE((%(means)s), '[]'),
           'rubric', %(rubric)s)
  FROM it_kpi_publication publication
  JOIN it_kpi_cycle cycle ON cycle.id = publication.cycle_id
  JOIN it_kpi_rubric rubric ON rubric.id = publication.rubric_id
  LEFT JOIN it_kpi_publication former ON former.id = publication.former_id
 WHERE publication.id = %(publication)s"""

# Columns that say where a row belongs. They are the same on all rows, so the texts have them once:
# a row that says otherwise is named by its unit, table and column.
MISPLACED = """
SELECT DISTINCT result.unit_name, place.model, place.name
  FROM it_kpi_result result
  LEFT JOIN it_kpi_result_line line ON line.result_id = result.id
  CROSS JOIN LATERAL (VALUES
       ('it.kpi.result', 'cycle_id', result.cycle_id = %(cycle)s),
       ('it.kpi.result', 'company_id', result.company_id = %(company)s),
       ('it.kpi.result.line', 'cycle_id', line.cycle_id = %(cycle)s),
       ('it.kpi.result.line', 'company_id', line.company_id = %(company)s),
       ('it.kpi.result.line', 'publication_id', line.publication_id = %(publication)s),
       ('it.kpi.result.line', 'unit_id', line.unit_id = result.unit_id),
       ('it.kpi.result.line', 'unit_order', line.unit_order = result.unit_order)
       ) place(model, name, is_right)
 WHERE result.publication_id = %(publication)s AND is_right IS NOT TRUE
   AND (line.id IS NOT NULL OR place.model = 'it.kpi.result')
 ORDER BY 1, 2, 3"""


def units_query(publication_id, names, is_new=False):
    """Return the query of the units of a publication: result_id, unit_name, salt and content.

    :param names: ``{"indicators": {id: code}, "grades": {id: code}}``
    :param bool is_new: whether salts are drawn, or those of the publication are used
    """
    publication = {"publication": publication_id}
    columns = ("assessment_total", "before_veto", "final", "survey_total")
    return SQL(
        UNITS,
        **publication,
        **{name: amount(f"result.{name}") for name in columns},
        lines=SQL(
            LINES,
            **{name: amount(f"line.{name}") for name in ("mean", "points", "score")},
            indicator_ids=list(names["indicators"]),
            indicator_codes=list(names["indicators"].values()),
            grade_ids=list(names["grades"]),
            grade_codes=list(names["grades"].values()),
        ),
        incidents=SQL(INCIDENTS, **publication),
        salt=SQL(NEW_SALT if is_new else KEPT_SALT),
    )


def head_query(publication_id):
    """Return the query of the head of a publication without its roots: one row, a dict."""
    publication = {"publication": publication_id}
    indicators = SQL(
        INDICATORS, indicator_points=amount("indicator.points"), criteria=SQL(CRITERIA)
    )
    bands = SQL(BANDS, threshold=amount("band.threshold"))
    rubric = SQL(
        RUBRIC,
        awards=SQL(AWARDS, bands=bands, quota=amount("rubric.quota")),
        full_points=amount("rubric.full_points"),
        grades=SQL(GRADES, ratio=amount("grade.ratio")),
        dimensions=SQL(DIMENSIONS, dimension_points=amount("dimension.points")),
        items=SQL(ITEMS, item_points=amount("item.points")),
        indicators=indicators,
        vetoes=SQL(VETOES),
    )
    means = SQL(MEANS, **publication, sum=amount("sum"))
    return SQL(HEAD, **publication, means=means, rubric=rubric)


def seal_query(publication_id, company_id, names):
    """Return the statement that keeps the canonical texts of all units of a publication."""
    return SQL(
        SEAL,
        publication=publication_id,
        company=company_id,
        units=units_query(publication_id, names, is_new=True),
    )


def contents_query(publication_id):
    """Return the query of the kept texts of a publication, in the order of their tree."""
    return SQL(CONTENTS, publication=publication_id)


def differing_query(publication_id, names):
    """Return the query of the units whose rows are not as on publication."""
    return SQL(DIFFERING, publication=publication_id, units=units_query(publication_id, names))


def misplaced_query(publication_id, cycle_id, company_id):
    """Return the query of the columns of rows that say they belong elsewhere.

    Of each the name of its unit, the model and the field.
    """
    return SQL(MISPLACED, publication=publication_id, cycle=cycle_id, company=company_id)
