import {
    addTour,
    choose,
    click,
    compareScores,
    confirm,
    fill,
    follow,
    goTo,
    inState,
    open,
    press,
    save,
    see,
    setDate,
} from "./steps";

addTour("open", ({ year, day, unit, texts }) => [
    see("There is no year yet", ".o_view_nocontent"),
    click("New year", ".o-kanban-button-new"),
    { ...fill("year", year), run: `edit ${year} && press Tab` },
    see("All units take part", "[name=unit_ids] .o_data_row:eq(2)"),
    ...save(),
    press("action_open"),
    confirm(),
    inState("open"),
    ...goTo("inspection"),
    click("New inspection", ".o_list_button_add"),
    ...choose("unit_id", unit),
    ...setDate("date", day),
    fill("finding", texts.finding),
    ...save(),
    ...goTo("incident"),
    click("New incident", ".o_list_button_add"),
    ...choose("unit_id", unit),
    click("A leak", "[name=kind] input[data-value=leak]"),
    ...setDate("date", day),
    fill("decision", texts.decision),
    fill("description", texts.finding),
    ...save(),
    inState("recorded"),
]);

addTour("return", ({ actions, unit, texts }) => [
    ...goTo("form", "assessment"),
    ...open(unit),
    press(actions.return),
    click("Say why the second line goes back", ".modal .o_data_row:eq(1) td[name=reason]"),
    fill("reason", texts.reason),
    confirm(),
    inState("returned"),
]);

addTour("review", () => [
    ...open("2099"),
    press("action_start_review"),
    confirm(),
    inState("review"),
]);

addTour("publish", ({ actions, scores, unit }) => [
    ...open("2099"),
    press("action_publish"),
    confirm(),
    inState("published"),
    ...follow(actions.results),
    ...Object.entries(scores).map(([name, expected]) => compareScores(name, expected)),
    ...open(unit),
    see("How the final came about", `[name=final_explanation]:contains(${scores[unit]?.final})`),
    ...goTo("cycle"),
    ...open("2099"),
    press("action_draw_up_orders"),
    inState("draft"),
    press("action_issue"),
    confirm(),
    inState("issued"),
]);

addTour("close", ({ unit }) => [
    ...open(unit),
    press("action_close"),
    confirm(),
    inState("closed"),
]);
