import { drawSignature, signAgain } from "../drawing";
import { markLine, markLines, seeReturnedLine } from "./lines";
import * as screen from "./steps";
import { addTour } from "./tour";

addTour("fill", ({ actions, marks, unit, texts }) => [
    ...screen.open(unit),
    ...markLines(marks[0], texts.explanation),
    screen.press(actions.hand_over),
    screen.click("Hand it over", ".modal button[name=action_confirm]"),
    screen.inState("to_sign"),
]);

addTour("sign", ({ actions, unit }) => [
    ...screen.open(unit),
    screen.press(actions.sign),
    ...drawSignature(),
    screen.inState("submitted"),
]);

addTour("sign_again", ({ actions, password, unit }) => [
    ...screen.open(unit),
    screen.press(actions.sign),
    ...signAgain(password),
    screen.inState("submitted"),
]);

addTour("correct", ({ actions, corrected, unit, texts }) => [
    ...screen.open(unit),
    seeReturnedLine(1, texts.reason),
    ...markLine(1, corrected, texts.explanation),
    screen.press(actions.hand_over),
    screen.click("Hand it over", ".modal button[name=action_confirm]"),
    screen.inState("to_sign"),
]);

addTour("plan", ({ due, scores, unit, texts, weaknesses }) => [
    ...screen.goTo("own_unit", "result_own_unit"),
    ...screen.open(unit),
    screen.see("The unit reads its final", `[name=final]:contains(${scores[unit]?.final})`),
    ...screen.goTo("own_unit", "rectification_own_unit"),
    ...screen.open(unit),
    screen.click("Add a measure", "[name=measure_ids] .o_field_x2many_list_row_add a"),
    screen.fill("name", texts.measure, "textarea"),
    ...(weaknesses || []).flatMap((name) => screen.choose("weakness_ids", name)),
    ...screen.setDate("due_date", due, null), // Enter would add another measure
    screen.fill("owner", texts.owner),
    ...screen.save(),
]);

addTour("sign_plan", ({ actions, password, unit }) => [
    ...screen.goTo("own_unit", "rectification_own_unit"),
    ...screen.open(unit),
    screen.press(actions.sign_order),
    ...signAgain(password),
    screen.inState("planned"),
]);

addTour("report", ({ unit, texts }) => [
    ...screen.goTo("own_unit", "rectification_own_unit"),
    ...screen.open(unit),
    screen.click("It is done", "[name=measure_ids] .o_data_row [name=done] input"),
    screen.click("Go to the report", ".nav-link[name=report]"),
    screen.fill("report", texts.explanation, "textarea"),
    ...screen.save(),
]);

addTour("sign_report", ({ actions, password, unit }) => [
    ...screen.goTo("own_unit", "rectification_own_unit"),
    ...screen.open(unit),
    screen.press(actions.sign_order),
    ...signAgain(password),
    screen.inState("reported"),
]);
