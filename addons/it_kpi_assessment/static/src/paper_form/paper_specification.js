import { getBasicEvalContext, getFieldsSpec } from "@web/model/relational_model/utils";

function getSpecification({ activeFields, fields, config }) {
    return getFieldsSpec(activeFields, fields, getBasicEvalContext(config));
}

/** What is read again of a line: all fields but those that the list declares `readonly="1"`. */
export function getLineSpecification(list, columns) {
    const specification = getSpecification(list);
    for (const { name, readonly } of columns) {
        if (readonly === "1") {
            delete specification[name];
        }
    }
    return specification;
}

/** The named fields of a form, as far as its view shows them. */
export function getFormSpecification(form, names) {
    const all = Object.entries(getSpecification(form));
    return Object.fromEntries(all.filter(([name]) => names.includes(name)));
}
