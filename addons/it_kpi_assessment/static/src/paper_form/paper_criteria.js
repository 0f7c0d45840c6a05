import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The criteria of an indicator's grades, the record's grade in bold; with `onMark` they are buttons. */
export class PaperCriteria extends Component {
    static template = "it_kpi_assessment.PaperCriteria";
    static props = {
        ...standardFieldProps,
        mark: { type: [Number, String, { value: null }], optional: true },
        ownMark: { type: [Number, String, { value: null }], optional: true },
        onMark: { type: Function, optional: true },
    };

    get criteria() {
        return this.props.record.data[this.props.name].records.map(({ data }) => ({
            id: data.grade_id.id,
            code: data.grade_id.display_name,
            text: data.text,
        }));
    }

    get mark() {
        return "mark" in this.props ? this.props.mark : this.props.record.data.grade_id?.id;
    }
}

registry.category("fields").add("paper_criteria", {
    component: PaperCriteria,
    supportedTypes: ["one2many"],
    relatedFields: () => [
        { name: "grade_id", type: "many2one", relation: "it.kpi.grade" },
        { name: "text", type: "text" },
    ],
});
