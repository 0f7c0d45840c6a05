import { drawSignature } from "../drawing";
import { markLines } from "./lines";
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

addTour("assign", ({ assessor, unit }) => [
    ...goTo("form", "survey"),
    ...open(unit),
    ...choose("assessor_ids", assessor),
    ...save(),
]);

addTour("visit", ({ actions, day, marks, unit }) => [
    ...open(unit),
    ...markLines(marks[1]),
    ...setDate("visit_date", day),
    ...save(),
    press(actions.sign_survey),
    ...drawSignature(),
    see("The signature stands below", "[name=signature_ids] .o_data_row"),
]);

addTour("confirm", ({ actions, unit }) => [
    ...goTo("form", "survey"),
    ...open(unit),
    press(actions.confirm),
    ...drawSignature(),
    inState("confirmed"),
]);

addTour("approve", ({ actions, scores }) => [
    ...open("2099"),
    ...follow(actions.ranking),
    ...Object.entries(scores).map(([name, expected]) => compareScores(name, expected)),
    ...goTo("cycle"),
    ...open("2099"),
    press("action_approve"),
    confirm(),
    see("It is approved", "[name=approved_by_id]"),
]);

addTour("assign_verifier", ({ assessor, unit }) => [
    ...goTo("rectification"),
    ...open(unit),
    ...choose("verifier_id", assessor),
    ...save(),
]);

addTour("verify", ({ unit, texts }) => [
    ...goTo("rectification"),
    ...open(unit),
    click("Go to the verification", ".nav-link[name=report]"),
    fill("effectiveness", texts.explanation, "textarea"),
    fill("effect_percent", "90"),
    press("action_verify"),
    inState("verified"),
]);

addTour("look", ({ actions, scores, unit }) => [
    ...open("2099"),
    ...follow(actions.results),
    ...Object.entries(scores).map(([name, expected]) => compareScores(name, expected)),
    ...goTo("cycle"),
    ...open("2099"),
    ...follow(actions.orders),
    ...open(unit),
    inState("closed"),
]);
