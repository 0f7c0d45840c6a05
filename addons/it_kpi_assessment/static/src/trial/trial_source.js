/**
 * Return the years under way, each with the parts of its rules that a trial can change:
 * ``{id, name, indicators: [{id, form_label}], incidents: [{kind, label, effect}]}``. An effect is
 * "none", "final" or the indicator that becomes 0, as the rubric has it.
 */
export async function readYears(orm) {
    const domain = [["state", "in", ["open", "review"]]];
    const specification = { display_name: {}, rubric_id: {} };
    const { records } = await orm.webSearchRead("it.kpi.cycle", domain, { specification });
    const rubrics = records.map((year) => year.rubric_id);
    const of = [["rubric_id", "in", rubrics]];
    const [indicators, vetoes, fields] = await Promise.all([
        orm.searchRead("it.kpi.indicator", of, ["rubric_id", "form_label"]),
        orm.searchRead("it.kpi.veto", of, ["rubric_id", "kind", "effect", "indicator_id"]),
        orm.call("it.kpi.veto", "fields_get", [["kind"], ["selection"]]),
    ]);
    return records.map(({ id, display_name, rubric_id }) => {
        const ofYear = (each) => each.rubric_id[0] === rubric_id;
        const settings = vetoes.filter(ofYear);
        return {
            id,
            name: display_name,
            indicators: indicators.filter(ofYear),
            incidents: fields.kind.selection.map(([kind, label]) => {
                const veto = settings.find((each) => each.kind === kind);
                return { kind, label, effect: veto?.indicator_id[0] || veto?.effect || "none" };
            }),
        };
    });
}
