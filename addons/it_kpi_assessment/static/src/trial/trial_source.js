/**
 * Return the years under way, each with the parts of its rules that a trial can change:
 * ``{id, name, indicators: [{id, form_label}], incidents: [{kind, label, effect}]}``. An effect is
 * "none", "final" or the indicator that becomes 0, as the rubric has it. A year that grades its
 * units (等次) also has ``grading: {bands: [[name, threshold]], quota_kind, quota}``, else null.
 */
export async function readYears(orm) {
    const domain = [["state", "in", ["open", "review", "proposed"]]];
    const specification = { display_name: {}, rubric_id: {} };
    const { records } = await orm.webSearchRead("it.kpi.cycle", domain, { specification });
    const rubrics = records.map((year) => year.rubric_id);
    const of = [["rubric_id", "in", rubrics]];
    const [indicators, vetoes, fields, bands, settings] = await Promise.all([
        orm.searchRead("it.kpi.indicator", of, ["rubric_id", "form_label"]),
        orm.searchRead("it.kpi.veto", of, ["rubric_id", "kind", "effect", "indicator_id"]),
        orm.call("it.kpi.veto", "fields_get", [["kind"], ["selection"]]),
        orm.searchRead("it.kpi.band", of, ["rubric_id", "name", "threshold"]),
        orm.read("it.kpi.rubric", rubrics, ["quota_kind", "quota"]),
    ]);
    return records.map(({ id, display_name, rubric_id }) => {
        const ofYear = (each) => each.rubric_id[0] === rubric_id;
        const effects = vetoes.filter(ofYear);
        const graded = bands.filter(ofYear).map(({ name, threshold }) => [name, threshold]);
        const { quota_kind, quota } = settings.find((each) => each.id === rubric_id);
        return {
            id,
            name: display_name,
            indicators: indicators.filter(ofYear),
            grading: graded.length ? { bands: graded, quota_kind, quota } : null,
            incidents: fields.kind.selection.map(([kind, label]) => {
                const veto = effects.find((each) => each.kind === kind);
                return { kind, label, effect: veto?.indicator_id[0] || veto?.effect || "none" };
            }),
        };
    });
}
