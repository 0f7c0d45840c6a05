import { registry } from "@web/core/registry";

/** The values that the test put on the page: marks, units, expected scores, ids of actions. */
const getYear = () => odoo.itKpiYear || { actions: {}, marks: [], scores: {}, texts: {} };

/** Register a tour of the year. A signature or a publication may take its time. */
export function addTour(name, getSteps) {
    const patient = (step) => ({ timeout: 30000, ...step });
    registry.category("web_tour.tours").add(`it_kpi_year_${name}`, {
        steps: () => getSteps(getYear()).map(patient),
    });
}
