import { getBasicEvalContext, getFieldsSpec } from "@web/model/relational_model/utils";

/** The fields that are read again: all but those that the list declares `readonly="1"`. */
export function getLineSpecification({ activeFields, fields, config }, columns) {
    const specification = getFieldsSpec(activeFields, fields, getBasicEvalContext(config));
    for (const { name, readonly } of columns) {
        if (readonly === "1") {
            delete specification[name];
        }
    }
    return specification;
}
