-- The query of the live ranking as it was before a filed form stored its own sum: what the one of
-- today is measured against, and compared with, in one run.
WITH 
veto AS MATERIALIZED (
    SELECT c.id AS cycle_id, i.unit_id, v.effect, v.indicator_id,
           string_agg(DISTINCT i.kind, ',') AS kinds
      FROM it_kpi_incident i
      JOIN it_kpi_cycle c ON c.company_id = i.company_id AND c.year = i.year
       AND c.state IN ('open', 'review')
      JOIN (SELECT rubric_id, kind, effect, indicator_id FROM it_kpi_veto) v ON v.rubric_id = c.rubric_id AND v.kind = i.kind
     WHERE i.state = 'recorded'
     GROUP BY c.id, i.unit_id, v.effect, v.indicator_id
),
zeroed AS MATERIALIZED (
    SELECT cycle_id, unit_id, array_agg(indicator_id) AS indicator_ids, array_agg(kinds) AS kinds
      FROM veto
     WHERE effect = 'indicator'
     GROUP BY cycle_id, unit_id
),
mark AS NOT MATERIALIZED (
    
    SELECT 'assessment' AS kind, f.cycle_id, f.unit_id, line.id AS line_id, line.indicator_id,
           line.grade_id, line.not_applicable,
           zeroed.kinds[array_position(zeroed.indicator_ids, line.indicator_id)] AS veto_kinds,
           CASE WHEN line.indicator_id = ANY(zeroed.indicator_ids) THEN 0
                WHEN line.grade_id IS NOT NULL THEN line.score END AS own_score
      FROM it_kpi_assessment f
      JOIN it_kpi_assessment_line line ON line.form_id = f.id AND line.cycle_id = f.cycle_id
      LEFT JOIN zeroed ON zeroed.cycle_id = f.cycle_id AND zeroed.unit_id = f.unit_id
     WHERE f.state = 'submitted' AND TRUE
       AND f.cycle_id = ANY(ARRAY(
           SELECT id FROM it_kpi_cycle WHERE state IN ('open', 'review')))
     UNION ALL
    
    SELECT 'survey' AS kind, f.cycle_id, f.unit_id, line.id AS line_id, line.indicator_id,
           line.grade_id, line.not_applicable,
           zeroed.kinds[array_position(zeroed.indicator_ids, line.indicator_id)] AS veto_kinds,
           CASE WHEN line.indicator_id = ANY(zeroed.indicator_ids) THEN 0
                WHEN line.grade_id IS NOT NULL THEN line.score END AS own_score
      FROM it_kpi_survey f
      JOIN it_kpi_survey_line line ON line.form_id = f.id AND line.cycle_id = f.cycle_id
      LEFT JOIN zeroed ON zeroed.cycle_id = f.cycle_id AND zeroed.unit_id = f.unit_id
     WHERE f.state = 'confirmed' AND TRUE
       AND f.cycle_id = ANY(ARRAY(
           SELECT id FROM it_kpi_cycle WHERE state IN ('open', 'review')))
),
own AS NOT MATERIALIZED (
    SELECT cycle_id, kind, unit_id, sum(own_score) AS score
      FROM mark
     GROUP BY cycle_id, kind, unit_id
),
mean AS NOT MATERIALIZED (
    SELECT cycle_id, kind, indicator_id, round(avg(own_score), 2) AS mean
      FROM mark
     GROUP BY cycle_id, kind, indicator_id
),
lacking AS NOT MATERIALIZED (
    SELECT beside.*, i.points
      FROM (SELECT cycle_id, kind, unit_id, indicator_id, max(mean) OVER alike AS mean
              FROM (SELECT cycle_id, kind, unit_id, indicator_id, NULL::numeric AS mean
                      FROM mark
                     WHERE grade_id IS NULL AND own_score IS NULL
                     UNION ALL
                    SELECT cycle_id, kind, NULL, indicator_id, mean
                      FROM mean) lack
            WINDOW alike AS (PARTITION BY cycle_id, kind, indicator_id)) beside
      JOIN it_kpi_indicator i ON i.id = beside.indicator_id
     WHERE unit_id IS NOT NULL
),
full_points AS NOT MATERIALIZED (
    SELECT cycle.id AS cycle_id, sum(i.points) AS points
      FROM it_kpi_cycle cycle
      JOIN it_kpi_indicator i ON i.rubric_id = cycle.rubric_id
     GROUP BY cycle.id
),
total AS NOT MATERIALIZED (
    SELECT cycle_id, kind, unit_id,
           CASE WHEN count(dropped) = 0 THEN sum(score)
                ELSE COALESCE(round(sum(score) * max(points)
                     / NULLIF(max(points) - sum(dropped), 0), 2), 0) END AS total
      FROM (SELECT cycle_id, kind, unit_id, score, points, NULL::numeric AS dropped
              FROM own
              JOIN full_points USING (cycle_id)
             UNION ALL
            SELECT cycle_id, kind, unit_id, mean, NULL, CASE WHEN mean IS NULL THEN points END
              FROM lacking) part
     GROUP BY cycle_id, kind, unit_id
),
pair AS NOT MATERIALIZED (
    SELECT max(id) AS id, cycle_id, unit_id, bool_or(unfiled) AS unfiled,
           max(veto_kinds) AS veto_kinds,
           max(assessment_total) AS assessment_total, max(survey_total) AS survey_total,
           round(0.5 * max(assessment_total) + (1 - 0.5) * max(survey_total), 2)
               AS before_veto
      FROM (SELECT f.id, f.cycle_id, f.unit_id, f.state = 'unfiled' AS unfiled,
                   NULL AS veto_kinds,
                   CASE WHEN f.state = 'unfiled' THEN 0 END AS assessment_total,
                   NULL::numeric AS survey_total
              FROM it_kpi_assessment f
             WHERE TRUE
             UNION ALL
            SELECT NULL, cycle_id, unit_id, FALSE, NULL,
                   CASE WHEN kind = 'assessment' THEN total END,
                   CASE WHEN kind = 'survey' THEN total END
              FROM total
             UNION ALL
            SELECT NULL, cycle_id, unit_id, FALSE, kinds, NULL, NULL
              FROM veto
             WHERE effect = 'final') one
     GROUP BY cycle_id, unit_id
    HAVING max(id) IS NOT NULL  -- an incident may concern a unit that does not take part
),
final AS NOT MATERIALIZED (
    SELECT pair.*, veto_kinds IS NOT NULL AS vetoed, before_veto IS NOT NULL AS complete,
           CASE WHEN veto_kinds IS NOT NULL AND before_veto IS NOT NULL THEN 0
                ELSE before_veto END AS final
      FROM pair
) 
SELECT final.id, final.cycle_id, final.unit_id, unfiled, vetoed, veto_kinds, complete,
       assessment_total, survey_total, before_veto, final,
       CASE WHEN complete THEN RANK() OVER from_the_top END AS rank,
       complete AND RANK() OVER from_the_end <= rubric.last_count AS is_last
  FROM final
  JOIN it_kpi_cycle cycle ON cycle.id = final.cycle_id AND cycle.state IN ('open', 'review')
  JOIN it_kpi_rubric rubric ON rubric.id = cycle.rubric_id
WINDOW from_the_top AS (PARTITION BY final.cycle_id, complete ORDER BY final DESC),
       from_the_end AS (PARTITION BY final.cycle_id, complete ORDER BY final)
