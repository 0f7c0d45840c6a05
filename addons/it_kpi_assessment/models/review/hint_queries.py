"""The queries of the hints on filed self-assessments. They find the same text by its letters alone,
whatever the spaces between them; a short text such as 无 is no hint."""

from odoo.tools import SQL

LEAST_LETTERS = 10

FILED_TEXTS = """
    SELECT line.id, form.cycle_id, form.unit_id, line.indicator_id,
           regexp_replace(line.explanation, '\\s+', '', 'g') AS letters
      FROM it_kpi_assessment form
      JOIN it_kpi_assessment_line line ON line.form_id = form.id
     WHERE form.state = 'submitted' AND form.cycle_id = %(cycle)s"""

# Each row is a hint: the text or file, and the places where it is: units and indicators side by
# side.
SAME_TEXT = f"""
    SELECT min(letters), array_agg(unit_id ORDER BY unit_id, indicator_id),
           array_agg(indicator_id ORDER BY unit_id, indicator_id)
      FROM ({FILED_TEXTS}) filed
     WHERE length(letters) >= %(least)s
     GROUP BY md5(letters)
    HAVING count(*) > 1
     ORDER BY count(*) DESC, min(id)
     LIMIT %(limit)s"""

SAME_FILE = """
    SELECT min(file.name), array_agg(form.unit_id ORDER BY form.unit_id, line.indicator_id),
           array_agg(line.indicator_id ORDER BY form.unit_id, line.indicator_id)
      FROM it_kpi_assessment form
      JOIN it_kpi_assessment_line line ON line.form_id = form.id
      JOIN ir_attachment_it_kpi_assessment_line_rel link
        ON link.it_kpi_assessment_line_id = line.id
      JOIN ir_attachment file ON file.id = link.ir_attachment_id
     WHERE form.state = 'submitted' AND form.cycle_id = %(cycle)s AND file.checksum IS NOT NULL
     GROUP BY file.checksum
    HAVING count(DISTINCT (form.unit_id, line.indicator_id)) > 1
     ORDER BY count(*) DESC, min(line.id)
     LIMIT %(limit)s"""

UNCHANGED = f"""
    SELECT now.letters, ARRAY[now.unit_id], ARRAY[now.indicator_id]
      FROM ({FILED_TEXTS}) now
     WHERE length(letters) >= %(least)s
       AND EXISTS (SELECT FROM ({FILED_TEXTS.replace("%(cycle)s", "%(last)s")}) before
                    WHERE before.unit_id = now.unit_id AND before.letters = now.letters)
     ORDER BY now.unit_id, now.indicator_id
     LIMIT %(limit)s"""

QUERIES = {"hint_same_text": SAME_TEXT, "hint_same_file": SAME_FILE, "hint_unchanged": UNCHANGED}


def hint_query(rule, cycle_id, last_id, limit):
    """Return the query of a rule on the self-assessments of a year.

    :param str rule: a key of ``QUERIES``
    :param last_id: id of the year before, or None
    """
    return SQL(QUERIES[rule], cycle=cycle_id, last=last_id, least=LEAST_LETTERS, limit=limit)
