import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { dateField, DateTimeField, dateTimeField } from "@web/views/fields/datetime/datetime_field";

const { Settings } = luxon;
const CHINA = "Asia/Shanghai";
const DAY = { year: "numeric", month: "short", day: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** The same reading of another zone's clock: Odoo's calendar reads and shows the browser's clock. */
const readClock = (moment, from, to) =>
    moment && moment.setZone(from).setZone(to, { keepLocalTime: true });

export const toChina = (moment) => readClock(moment, CHINA, Settings.defaultZone);
export const fromChina = (moment) => readClock(moment, Settings.defaultZone, CHINA);

/** Whether the browser's clock shows another time than China's at a moment. */
export const isElsewhere = (moment) =>
    Boolean(moment) && moment.setZone(Settings.defaultZone).offset !== moment.setZone(CHINA).offset;

/** A day or moment in words, always with its year: Odoo leaves out that of the current one. */
export class DayField extends DateTimeField {
    getFormattedValue(valueIndex, numeric = false) {
        const value = this.values[valueIndex];
        if (numeric || !value) {
            return super.getFormattedValue(valueIndex, numeric);
        }
        const hasTime = this.field.type === "datetime" && this.props.showTime;
        return value.toLocaleString({ ...DAY, ...(hasTime ? TIME : {}) });
    }
}

/**
 * A moment on China's clock, whatever the zone of the browser, and with its year. Where the browser
 * shows another time, the field says whose clock it is. What is typed is China's time as well.
 */
export class MomentField extends Component {
    static template = "it_kpi_assessment.MomentField";
    static components = { DayField };
    static props = DateTimeField.props;
    static defaultProps = DateTimeField.defaultProps;

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isElsewhere() {
        return isElsewhere(this.value);
    }

    /** Odoo's field, with a record whose moment is read off China's clock. */
    get fieldProps() {
        const { record, name } = this.props;
        const { fields, model } = record;
        const shown = {
            fields,
            model,
            data: { [name]: toChina(this.value) },
            update: (changes) => record.update({ [name]: fromChina(changes[name]) }),
        };
        return { ...this.props, record: shown };
    }
}

export const dayField = { ...dateField, component: DayField };
export const momentField = { ...dateTimeField, component: MomentField };

registry.category("fields").add("it_kpi_day", dayField).add("it_kpi_moment", momentField);
