import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Who visits which unit: a table of units and assessors with a box in each cell. The value is
 * ``{survey: [user]}``; the field ``table`` of the record says who and what there is.
 */
export class AssignmentField extends Component {
    static template = "it_kpi_assessment.AssignmentField";
    static props = { ...standardFieldProps };

    get people() {
        return this.props.record.data.table?.people || [];
    }

    get rows() {
        return this.props.record.data.table?.rows || [];
    }

    get assigned() {
        return this.props.record.data[this.props.name] || {};
    }

    isRecused(row, person) {
        return row.recused.includes(person.id);
    }

    isAssigned(row, person) {
        return (this.assigned[row.id] || []).includes(person.id);
    }

    /** The units that a person can be assigned to. */
    getFree(person) {
        return this.rows.filter((row) => !row.is_locked && !this.isRecused(row, person));
    }

    isEverywhere(person) {
        const free = this.getFree(person);
        return Boolean(free.length) && free.every((row) => this.isAssigned(row, person));
    }

    count(row) {
        return (this.assigned[row.id] || []).length;
    }

    getLabel(row, person) {
        return _t("%(person)s visits %(unit)s", { person: person.name, unit: row.unit });
    }

    getLabelForAll(person) {
        return _t("%s visits all units", person.name);
    }

    setAll(person, isOn) {
        return this.set(this.getFree(person), person, isOn);
    }

    set(rows, person, isOn) {
        const assigned = { ...this.assigned };
        for (const row of rows) {
            const others = (assigned[row.id] || []).filter((id) => id !== person.id);
            assigned[row.id] = isOn ? [...others, person.id] : others;
        }
        return this.props.record.update({ [this.props.name]: assigned });
    }
}

registry.category("fields").add("it_kpi_assignment", {
    component: AssignmentField,
    supportedTypes: ["json"],
    isEmpty: () => false,
});
