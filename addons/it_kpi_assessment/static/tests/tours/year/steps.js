/** Steps that the tours of the year share. None depends on a translated text. */
import { click, see } from "../steps";

const SCREEN = ".o_action_manager > .o_action";
const MENU = (name) => `[data-menu-xmlid="it_kpi_assessment.it_kpi_${name}_menu"]`;

export { click, see };

export const fill = (name, text, input = "input, textarea") => ({
    content: `Fill in ${name}`,
    trigger: `[name=${name}] :is(${input})`,
    run: `edit ${text}`,
});

/** Click a link to another screen, and wait until that screen is shown. */
const leave = (content, trigger) => [
    see("This screen is there", SCREEN),
    {
        content,
        trigger,
        run: ({ click }) => {
            document.querySelector(SCREEN).dataset.left = "yes";
            return click();
        },
    },
    see("The other screen is there", `${SCREEN}:not([data-left])`),
];

/** Use the menu: the section, and the entry in it. */
export const goTo = (...names) => {
    const last = names.pop();
    return [
        ...names.map((name) => click(`Menu ${name}`, `.o_main_navbar ${MENU(name)}`)),
        ...leave(`Menu ${last}`, `.o_main_navbar ${MENU(last)}, .dropdown-menu ${MENU(last)}`),
    ];
};

/** Open the record, in a list or a kanban view, that shows the text. */
export const open = (text) =>
    leave(
        `Open ${text}`,
        `.o_list_view .o_data_row:contains(${text}) .o_data_cell, .o_kanban_record:contains(${text})`
    );

/** Press a button at the top of a form that opens related records; it may be under “More”. */
export const follow = (action) => [
    {
        content: "Look at all the buttons",
        trigger: ".o-form-buttonbox",
        run: async ({ anchor, click }) => {
            if (!anchor.querySelector(`button[name="${action}"]`)) {
                await click(".o-form-buttonbox .o_button_more");
            }
        },
    },
    ...leave(
        "Follow the button",
        `.o-form-buttonbox button[name="${action}"], .o-dropdown--menu button[name="${action}"]`
    ),
];

/** Press a button of the form's header: a method, or the id of an action. */
export const press = (name) =>
    click(`Press ${name}`, `.o_statusbar_buttons button[name="${name}"]`);

export const confirm = () => click("Confirm", ".modal footer .btn-primary");

export const inState = (state) =>
    see(`It is ${state}`, `body:not(:has(.modal)) .o_arrow_button_current[data-value=${state}]`);

/** Save the form. Wait for the change first: until it is noticed, the form looks saved. */
export const save = () => [
    see("There is something to save", ".o_form_dirty, .o_form_view:not(:has(.o_form_saved))"),
    click("Save", ".o_form_button_save"),
    see("It is saved", ".o_form_saved"),
];

/** Type into a date field, which shows a button while it has a value. */
export const setDate = (name, day, key = "Enter") => [
    click(`Go to ${name}`, `[name=${name}] .o_input`),
    {
        content: `Type ${name}`,
        trigger: `[name=${name}] input`,
        run: key ? `edit ${day} && press ${key}` : `edit ${day}`,
    },
];

/** Choose a record by typing its name. */
export const choose = (name, text) => [
    { content: `Look for ${text}`, trigger: `[name=${name}] input`, run: `edit ${text}` },
    click(`Choose ${text}`, `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(${text}) a`),
];

/** Compare the cells of a unit's row with the reference scorer, digit by digit. */
const compareScores = (unit, expected) => ({
    content: `The numbers of ${unit} are those of the reference scorer`,
    trigger: `.o_data_row:contains(${unit}):has(td[name=final])`,
    run: ({ anchor }) => {
        for (const [name, value] of Object.entries(expected)) {
            const shown = anchor.querySelector(`td[name=${name}]`)?.textContent.trim();
            if (shown !== value) {
                throw new Error(`${unit}, ${name}: the screen shows ${shown}, not ${value}`);
            }
        }
    },
});

/** Compare the rows of all units that the test knows the scores of. */
export const compareAllScores = (scores) =>
    Object.entries(scores).map(([unit, expected]) => compareScores(unit, expected));
