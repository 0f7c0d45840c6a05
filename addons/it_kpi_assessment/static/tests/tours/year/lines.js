/** How the lines of a form are marked on the screen: the one place that knows their widget. */
const LINE = (index) => `[name=line_ids] .o_data_row:eq(${index})`;

const markGrade = (line, mark) => ({
    content: `Mark the line ${mark}`,
    trigger: `${line} .o_selection_badge:contains(${mark})`,
    run: "click",
});

const markNotApplicable = (line) => [
    { content: "Go to 无此项", trigger: `${line} td[name=not_applicable]`, run: "click" },
    {
        content: "Mark the line 无此项",
        trigger: `${line}.o_selected_row [name=not_applicable] input:enabled`,
        run: "check",
    },
];

/** Mark a line, a letter for a grade and N for 无此项, and explain it if there is a text. */
export function markLine(index, mark, explanation) {
    const line = LINE(index);
    const steps = mark === "N" ? markNotApplicable(line) : [markGrade(line, mark)];
    if (explanation) {
        steps.push(
            {
                content: "Go to the explanation",
                trigger: `${line} td[name=explanation]`,
                run: "click",
            },
            {
                content: "Explain the mark",
                trigger: `${line}.o_selected_row [name=explanation] textarea`,
                run: `edit ${explanation}`,
            }
        );
    }
    return steps;
}

/** Mark all lines of a form, a letter per line. */
export function markLines(marks, explanation) {
    return [
        ...[...marks].flatMap((mark, index) => markLine(index, mark, explanation)),
        { content: "All lines are marked", trigger: "[name=progress]:contains(16 / 16)" },
    ];
}

/** Only the returned line, which says why, can be marked. */
export const seeReturnedLine = (index, reason) => ({
    content: "The returned line says why",
    trigger: `${LINE(index)}:contains(${reason})`,
});
