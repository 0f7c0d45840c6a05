import { _t } from "@web/core/l10n/translation";

import { BLUE, ORANGE } from "./palette";

const GRID = "rgba(127, 127, 127, 0.35)";
const LINE = 8;

/** Split a name into lines of about the same length. */
function wrap(name) {
    const length = Math.ceil(name.length / Math.ceil(name.length / LINE));
    return name.match(new RegExp(`.{1,${length}}`, "gu"));
}

const draw = (label, data, color, pointStyle, options) => ({
    label,
    data,
    borderColor: color,
    backgroundColor: "transparent",
    pointBackgroundColor: color,
    pointRadius: 5,
    borderWidth: 2,
    pointStyle,
    ...options,
});

/** The dimensions as a radar: the unit's two forms, and the means where the user may read them. */
export function getRadar(dimensions, color) {
    const values = (name) => dimensions.map((dimension) => dimension[name]);
    const mean = { borderDash: [6, 4], pointRadius: 3 };
    const sets = [
        draw(_t("Self-Assessment"), values("assessment"), BLUE, "circle"),
        draw(_t("On-Site Survey"), values("survey"), ORANGE, "rect"),
    ];
    if (hasMeans(dimensions)) {
        sets.push(
            draw(_t("Self-Assessment, Mean"), values("mean_assessment"), BLUE, "triangle", mean),
            draw(_t("On-Site Survey, Mean"), values("mean_survey"), ORANGE, "star", mean)
        );
    }
    const labels = dimensions.map(({ name }) => wrap(name));
    const r = {
        min: 0,
        max: 100,
        ticks: { stepSize: 20, color, backdropColor: "transparent" },
        grid: { color: GRID },
        angleLines: { color: GRID },
        pointLabels: { color, font: { size: 13 } },
    };
    return { type: "radar", data: { labels, datasets: sets }, options: { scales: { r } } };
}

export const hasMeans = (dimensions) =>
    dimensions.some(({ mean_assessment, mean_survey }) => mean_assessment ?? mean_survey ?? false);

/** The years of the unit as lines: both totals and the final. */
export function getYears(results, color) {
    const values = (name) => results.map((result) => result[name]);
    const datasets = [
        draw(_t("Self-Assessment"), values("assessment_total"), BLUE, "circle"),
        draw(_t("On-Site Survey"), values("survey_total"), ORANGE, "rect", { borderDash: [6, 4] }),
        draw(_t("Final"), values("final"), color, "triangle", { borderWidth: 3 }),
    ];
    const labels = results.map((result) => String(result.cycle_id.year));
    const scales = {
        x: { offset: true, ticks: { color }, grid: { color: GRID } },
        y: { min: 0, suggestedMax: 100, ticks: { color }, grid: { color: GRID } },
    };
    return { type: "line", data: { labels, datasets }, options: { scales } };
}
