import * as screen from "./steps";
import { addTour } from "./tour";

const CLOSED = "body:not(:has(.modal))";
const ROW = (unit) => `${CLOSED} [name=line_ids] .o_data_row:contains(${unit})`;

const openPublication = () => [
    ...screen.goTo("ranking_root", "publication"),
    ...screen.open("2099"),
];

addTour("propose_commendation", ({ unit, added }) => [
    ...openPublication(),
    screen.press("action_propose_commendation"),
    screen.inState("draft"),
    screen.see("The best grade is listed", `${ROW(unit)} td[name=is_listed] input:checked`),
    screen.see("Who was pushed out is not", `${ROW(added)} td[name=is_listed] input:not(:checked)`),
    screen.press("action_propose"),
    screen.inState("proposed"),
]);

addTour("approve_commendation", ({ actions, added, texts }) => [
    ...screen.goTo("ranking_root", "commendation"),
    ...screen.open("2099"),
    screen.click(`Add ${added}`, `${ROW(added)} button[name="${actions.add_unit}"]`),
    screen.fill("reason", texts.added),
    screen.confirm(),
    screen.see("The reason stands beside it", `${ROW(added)}:contains(${texts.added})`),
    screen.press("action_approve"),
    screen.inState("approved"),
]);

addTour("propose_funds", ({ amounts, pool }) => [
    ...openPublication(),
    screen.press("action_propose_funds"),
    screen.inState("draft"),
    screen.fill("total", pool),
    screen.click("By which method", "div[name=method] select, div[name=method] input"),
    screen.click("By the grade", ".o_select_menu_item:contains(Coefficient), option:contains(Coefficient)"),
    screen.click("The best grade", "[name=coefficient_ids] .o_data_row:contains(优秀) td[name=coefficient]"),
    screen.fill("coefficient", "1.2"),
    ...screen.save(),
    ...Object.entries(amounts || {}).map(([unit, amount]) =>
        screen.see(`What ${unit} gets`, `${ROW(unit)} td[name=amount]:contains(${amount})`)
    ),
    screen.press("action_propose"),
    screen.inState("proposed"),
]);

addTour("approve_funds", ({ amounts }) => [
    ...screen.goTo("ranking_root", "allocation"),
    ...screen.open("2099"),
    ...Object.entries(amounts || {}).map(([unit, amount]) =>
        screen.see(`What ${unit} gets`, `${ROW(unit)} td[name=amount]:contains(${amount})`)
    ),
    screen.press("action_approve"),
    screen.inState("approved"),
]);
