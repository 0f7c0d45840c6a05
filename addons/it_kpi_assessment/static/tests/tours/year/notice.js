import * as screen from "./steps";
import { addTour } from "./tour";

addTour("open_notice", () => [
    ...screen.open("2099"),
    screen.press("action_propose"),
    screen.confirm(),
    screen.inState("proposed"),
    screen.see("Until when the units can object", ".alert-info:contains(公示) [name=notice_until]"),
]);

addTour("approve_again", ({ actions, scores }) => [
    ...screen.open("2099"),
    ...screen.follow(actions.ranking),
    ...screen.compareAllScores(scores),
    ...screen.goTo("cycle_root", "cycle"),
    ...screen.open("2099"),
    screen.press("action_approve_again"),
    screen.confirm(),
    screen.see("It is approved", "body:not(:has(.modal)) [name=approved_by_id]"),
]);

addTour("renew_notice", () => [
    ...screen.open("2099"),
    screen.press("action_renew_notice"),
    screen.confirm(),
    screen.see(
        "The notice lasts again",
        "body:not(:has(.modal)) .o_statusbar_buttons:not(:has(button[name=action_renew_notice]))"
    ),
    screen.inState("proposed"),
]);

addTour("read_renewed", ({ scores, unit }) => [
    ...screen.goTo("own_unit", "result_own_unit"),
    ...screen.open(unit),
    screen.see("The unit reads its corrected final", `[name=final]:contains(${scores[unit]?.final})`),
]);

addTour("publish_noticed", ({ actions, scores }) => [
    ...screen.open("2099"),
    screen.press("action_publish"),
    screen.confirm(),
    screen.inState("published"),
    ...screen.follow(actions.results),
    ...screen.compareAllScores(scores),
]);
