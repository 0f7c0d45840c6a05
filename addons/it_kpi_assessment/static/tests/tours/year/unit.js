import { drawSignature } from "../drawing";
import { markLine, markLines, seeReturnedLine } from "./lines";
import {
    addTour,
    choose,
    click,
    fill,
    goTo,
    inState,
    open,
    press,
    save,
    see,
    setDate,
} from "./steps";

addTour("fill", ({ marks, unit, texts }) => [
    ...open(unit),
    ...markLines(marks[0], texts.explanation),
    press("action_hand_over"),
    inState("to_sign"),
]);

addTour("sign", ({ actions, unit }) => [
    ...open(unit),
    press(actions.sign),
    ...drawSignature(),
    inState("submitted"),
]);

addTour("correct", ({ corrected, unit, texts }) => [
    ...open(unit),
    seeReturnedLine(1, texts.reason),
    ...markLine(1, corrected, texts.explanation),
    press("action_hand_over"),
    inState("to_sign"),
]);

addTour("plan", ({ due, scores, unit, texts, weaknesses }) => [
    ...goTo("own_unit", "result_own_unit"),
    ...open(unit),
    see("The unit reads its final", `[name=final]:contains(${scores[unit]?.final})`),
    ...goTo("own_unit", "rectification_own_unit"),
    ...open(unit),
    click("Add a measure", "[name=measure_ids] .o_field_x2many_list_row_add a"),
    fill("name", texts.measure, "textarea"),
    ...(weaknesses || []).flatMap((name) => choose("weakness_ids", name)),
    ...setDate("due_date", due, null), // Enter would begin another measure
    fill("owner", texts.owner),
    ...save(),
]);

addTour("sign_plan", ({ actions, unit }) => [
    ...goTo("own_unit", "rectification_own_unit"),
    ...open(unit),
    press(actions.sign_order),
    ...drawSignature(),
    inState("planned"),
]);

addTour("report", ({ unit, texts }) => [
    ...goTo("own_unit", "rectification_own_unit"),
    ...open(unit),
    click("It is done", "[name=measure_ids] .o_data_row [name=done] input"),
    click("Go to the report", ".nav-link[name=report]"),
    fill("report", texts.explanation, "textarea"),
    ...save(),
]);

addTour("sign_report", ({ actions, unit }) => [
    ...goTo("own_unit", "rectification_own_unit"),
    ...open(unit),
    press(actions.sign_order),
    ...drawSignature(),
    inState("reported"),
]);
