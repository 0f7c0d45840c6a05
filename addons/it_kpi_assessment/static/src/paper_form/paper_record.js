/**
 * The paper form saves each line on its own, while Odoo saves a form together with its lines.
 * Odoo's `Record` (`@web/model/relational_model/record`) has no public way to do that: its public
 * methods wait for the form's mutex, or pass a change of a line on to the form, which then is
 * unsaved as a whole. The functions below are therefore the only place of the addon that uses
 * private members of a record. `static/tests/paper_record.test.js` fails if Odoo takes a member
 * away or changes what it does. Another version of Odoo is named here once these tests pass with it.
 */
export const CHECKED_WITH = "19.0";

/**
 * Let the widgets of a line be edited. The public `switchMode` waits for the mutex, and the line
 * would be drawn as read-only first.
 */
export function makeEditable(record) {
    record._switchMode("edit");
}

/**
 * Call `save(values)` when a widget has changed a line, in place of passing the change on to the
 * form. The values are those to write. Odoo takes this callback only when it creates the record.
 */
export function onWidgetChange(record, save) {
    record._onUpdate = () => save(record._getChanges());
}

/** The value of a field that the server sent last; `record.data` has the widgets' changes on top. */
export function getServerValue(record, name) {
    return record._values[name];
}

/** The names of the fields that widgets have changed; the public `getChanges` is asynchronous. */
export function getChangedNames(record) {
    return Object.keys(record._changes);
}

/**
 * Forget the change of one field, so that `applyServerValues` shows what the server sends for it.
 * The public `discard` forgets the changes of all fields.
 */
export function forgetChange(record, name) {
    delete record._changes[name];
}

/** Forget the changes of all fields at once; the public `discard` waits for the form's mutex. */
export function forgetChanges(record) {
    record._discard();
}

/**
 * Show values that the server sent, below the changes of widgets. The public `load` would read the
 * whole form again, and a line cannot be loaded alone.
 */
export function applyServerValues(record, values) {
    record._applyValues(values);
}
