import { drawSignature } from "../drawing";
import { markLine } from "./lines";
import * as screen from "./steps";
import { addTour } from "./tour";

const CLOSED = "body:not(:has(.modal))";

/** Object to the line of the survey on an indicator; the self-assessment has one, too. */
const objectTo = (indicator, { claim, reason }) => [
    screen.click("Add a line", `${CLOSED} [name=line_ids] .o_field_x2many_list_row_add a`),
    {
        content: `Look for ${indicator}`,
        trigger: ".modal [name=result_line_id] input",
        run: `edit ${indicator}`,
    },
    screen.click(
        "Choose the line of the survey",
        `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(On-Site Survey ${indicator}) a`
    ),
    screen.fill("claim", claim),
    screen.fill("reason", reason),
    screen.click("Take the line over", ".modal .o_form_button_save"),
    screen.see("It stands in the list", `${CLOSED} [name=line_ids] .o_data_row:contains(${indicator})`),
];

const decide = (indicator, decision, reason) => [
    screen.click(
        `To the line on ${indicator}`,
        `${CLOSED} [name=decision_ids] .o_data_row:contains(${indicator}) td[name=display_name]`
    ),
    screen.click(decision, `.modal [name=decision] input[data-value=${decision}]`),
    screen.fill("decision_reason", reason),
    screen.click("Take the decision over", ".modal .o_form_button_save"),
    screen.see("It stands in the list", `${CLOSED} .o_data_row:contains(${indicator}):contains(${reason})`),
];

addTour("object", ({ objected, scores, texts, unit }) => [
    ...screen.goTo("own_unit", "result_own_unit"),
    ...screen.open(unit),
    screen.see("The unit reads its final", `[name=final]:contains(${scores[unit]?.final})`),
    screen.press("action_object"),
    screen.inState("draft"),
    ...(objected || []).flatMap((indicator) => objectTo(indicator, texts)),
    ...screen.save(),
    screen.press("action_hand_over"),
    screen.inState("to_sign"),
]);

addTour("sign_objection", ({ actions, objected, unit }) => [
    ...screen.goTo("own_unit", "result_own_unit"),
    ...screen.open(unit),
    ...screen.follow("action_open_objection"),
    ...(objected || []).map((indicator) =>
        screen.see("What the reporter wrote", `[name=line_ids] .o_data_row:contains(${indicator})`)
    ),
    screen.press(actions.sign_objection),
    ...drawSignature(),
    screen.inState("filed"),
]);

addTour("receive", ({ actions, unit }) => [
    ...screen.open("2099"),
    ...screen.follow(actions.objections),
    ...screen.open(unit),
    screen.press("action_receive"),
    screen.inState("received"),
]);

addTour("decide", ({ actions, objected, texts, unit }) => [
    ...screen.open("2099"),
    ...screen.follow(actions.objections),
    ...screen.open(unit),
    ...(objected || []).flatMap((indicator, number) =>
        decide(indicator, number ? "maintained" : "corrected", texts.decision)
    ),
    screen.press("action_decide"),
    screen.confirm(),
    screen.inState("decided"),
]);

addTour("correct_survey", ({ actions, corrected, unit }) => [
    ...screen.open(unit),
    ...markLine(corrected?.place, corrected?.mark),
    screen.press(actions.sign_survey),
    ...drawSignature(),
    screen.see("The signature is shown below", "[name=signature_ids] .o_data_row"),
]);
