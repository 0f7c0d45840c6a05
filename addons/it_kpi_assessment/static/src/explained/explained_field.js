import { Component, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { ExplainedNumber } from "./explained_number";

/** A numeric field that shows how its value came about (``it.kpi.explained``). */
export class ExplainedField extends Component {
    static template = xml`
        <ExplainedNumber t-if="props.record.resId" model="props.record.resModel"
                         ids="[props.record.resId]" name="props.name" text="text"/>
        <t t-else="" t-esc="text"/>`;
    static components = { ExplainedNumber };
    static props = { ...standardFieldProps };

    get text() {
        const field = this.props.record.fields[this.props.name];
        const format = field.type === "integer" ? formatInteger : formatFloat;
        return format(this.props.record.data[this.props.name], { field });
    }
}

export const explainedField = {
    component: ExplainedField,
    displayName: _t("Explained Number"),
    supportedTypes: ["float", "integer"],
    isEmpty: () => false,
};

registry.category("fields").add("it_kpi_explained", explainedField);
