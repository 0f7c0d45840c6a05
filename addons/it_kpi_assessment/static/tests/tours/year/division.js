import * as screen from "./steps";
import { addTour } from "./tour";

addTour("open", ({ actions, year, day, unit, texts }) => [
    screen.see("There is no year yet", ".o_view_nocontent"),
    screen.click("New year", ".o-kanban-button-new"),
    { ...screen.fill("year", year), run: `edit ${year} && press Tab` },
    screen.see("All units take part", "[name=unit_ids] .o_data_row:eq(2)"),
    ...screen.save(),
    screen.press(actions.open),
    screen.confirm(),
    screen.inState("open"),
    ...screen.goTo("finding", "inspection"),
    screen.click("New inspection", ".o_list_button_add"),
    ...screen.choose("unit_id", unit),
    ...screen.setDate("date", day),
    screen.fill("finding", texts.finding),
    ...screen.save(),
    ...screen.goTo("finding", "incident"),
    screen.click("New incident", ".o_list_button_add"),
    ...screen.choose("unit_id", unit),
    screen.click("A leak", "[name=kind] input[data-value=leak]"),
    ...screen.setDate("date", day),
    screen.fill("decision", texts.decision),
    screen.fill("description", texts.finding),
    ...screen.save(),
    screen.inState("recorded"),
]);

addTour("return", ({ actions, unit, texts }) => [
    ...screen.goTo("form", "assessment"),
    ...screen.open(unit),
    screen.press(actions.return),
    screen.click("Say why the second line goes back", ".modal .o_data_row:eq(1) td[name=reason]"),
    screen.fill("reason", texts.reason),
    screen.confirm(),
    screen.inState("returned"),
]);

addTour("review", ({ actions }) => [
    ...screen.open("2099"),
    screen.press(actions.review),
    screen.confirm(),
    screen.inState("review"),
]);

addTour("publish", ({ actions, scores, unit }) => [
    ...screen.open("2099"),
    screen.press("action_publish"),
    screen.confirm(),
    screen.inState("published"),
    ...screen.follow(actions.results),
    ...screen.compareAllScores(scores),
    ...screen.open(unit),
    screen.see("How the final came about", `[name=final_explanation]:contains(${scores[unit]?.final})`),
    ...screen.goTo("cycle_root", "cycle"),
    ...screen.open("2099"),
    screen.press("action_draw_up_orders"),
    screen.inState("draft"),
    screen.press("action_issue"),
    screen.confirm(),
    screen.inState("issued"),
]);

addTour("close", ({ unit }) => [
    ...screen.open(unit),
    screen.press("action_close"),
    screen.confirm(),
    screen.inState("closed"),
]);
