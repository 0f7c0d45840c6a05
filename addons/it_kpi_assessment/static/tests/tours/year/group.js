import { drawSignature } from "../drawing";
import { markLines } from "./lines";
import * as screen from "./steps";
import { addTour } from "./tour";

addTour("assign", ({ assessor, unit }) => [
    ...screen.goTo("form", "survey"),
    ...screen.open(unit),
    ...screen.choose("assessor_ids", assessor),
    ...screen.save(),
]);

addTour("visit", ({ actions, day, marks, unit }) => [
    ...screen.open(unit),
    ...markLines(marks[1]),
    ...screen.setDate("visit_date", day),
    ...screen.save(),
    screen.press(actions.sign_survey),
    ...drawSignature(),
    screen.see("The signature is shown below", "[name=signature_ids] .o_data_row"),
]);

addTour("confirm", ({ actions, unit }) => [
    ...screen.goTo("form", "survey"),
    ...screen.open(unit),
    screen.press(actions.confirm),
    ...drawSignature(),
    screen.inState("confirmed"),
]);

addTour("approve", ({ actions, scores }) => [
    ...screen.open("2099"),
    ...screen.follow(actions.ranking),
    ...screen.compareAllScores(scores),
    ...screen.goTo("cycle_root", "cycle"),
    ...screen.open("2099"),
    screen.press("action_approve"),
    screen.confirm(),
    screen.see("It is approved", "[name=approved_by_id]"),
]);

addTour("assign_verifier", ({ assessor, unit }) => [
    ...screen.goTo("rectification"),
    ...screen.open(unit),
    ...screen.choose("verifier_id", assessor),
    ...screen.save(),
]);

addTour("verify", ({ unit, texts }) => [
    ...screen.goTo("rectification"),
    ...screen.open(unit),
    screen.click("Go to the verification", ".nav-link[name=report]"),
    screen.fill("effectiveness", texts.explanation, "textarea"),
    screen.fill("effect_percent", "90"),
    screen.press("action_verify"),
    screen.inState("verified"),
]);

addTour("look", ({ actions, scores, unit }) => [
    ...screen.open("2099"),
    ...screen.follow(actions.results),
    ...screen.compareAllScores(scores),
    ...screen.goTo("cycle_root", "cycle"),
    ...screen.open("2099"),
    ...screen.follow(actions.orders),
    ...screen.open(unit),
    screen.inState("closed"),
]);
