import { registry } from "@web/core/registry";
import { floatField, FloatField } from "@web/views/fields/float/float_field";

/**
 * A percentage that can be empty: 0 % is a measurement, an empty field is none. A percent sign after
 * the number is accepted, the full-width one of Chinese keyboards as well.
 */
export class PercentField extends FloatField {
    static defaultProps = { ...FloatField.defaultProps, trailingZeros: false };

    parse(value) {
        const number = value.replace(/[%％]\s*$/, "").trim();
        return number ? super.parse(number) : false;
    }

    get formattedValue() {
        return this.props.readonly && this.value !== false
            ? `${super.formattedValue} %`
            : super.formattedValue;
    }
}

export const percentField = {
    ...floatField,
    component: PercentField,
    isEmpty: (record, name) => record.data[name] === false,
    extractProps: () => ({}),
};

registry.category("fields").add("it_kpi_percent", percentField);
