/** Steps that mark lines of a form: the only file of the tours that depends on their widget. */
const LINE = (index) => `.o_paper_row:eq(${index})`;

/** Mark a line, a letter for a grade and N for 无此项, and explain it if there is a text. */
export function markLine(index, mark, explanation) {
    const cell = `${LINE(index)} [data-mark=${mark}]`;
    const steps = [
        { content: `Mark the line ${mark}`, trigger: cell, run: "click" },
        { content: "It is marked", trigger: `${cell}.o_paper_chosen` },
    ];
    if (explanation) {
        steps.push({
            content: "Explain the mark",
            trigger: `.o_paper_form:has(${LINE(index)}.o_paper_current) textarea[data-field=explanation]`,
            run: `edit ${explanation}`,
        });
    }
    return steps;
}

/** Mark all lines of a form, a letter per line. */
export function markLines(marks, explanation) {
    return [
        ...[...marks].flatMap((mark, index) => markLine(index, mark, explanation)),
        { content: "All lines are marked", trigger: ".o_paper_marked:contains(16 / 16)" },
    ];
}

/** The returned line shows the reason. */
export const seeReturnedLine = (index, reason) => ({
    content: "The returned line shows why",
    trigger: `${LINE(index)}:contains(${reason})`,
});
