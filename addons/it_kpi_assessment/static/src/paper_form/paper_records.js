import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Records that concern a line: each with a link to the record, and below it what happened. */
export class PaperRecords extends Component {
    static template = "it_kpi_assessment.PaperRecords";
    static props = { ...standardFieldProps, text: String };

    setup() {
        this.action = useService("action");
    }

    get records() {
        return this.props.record.data[this.props.name].records.map(({ resId, data }) => ({
            id: resId,
            name: data.display_name,
            text: data[this.props.text],
        }));
    }

    open(id) {
        const { relation } = this.props.record.fields[this.props.name];
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: relation,
            res_id: id,
            views: [[false, "form"]],
            target: "new",
        });
    }
}

registry.category("fields").add("paper_records", {
    component: PaperRecords,
    supportedTypes: ["one2many", "many2many"],
    relatedFields: ({ options }) => [
        { name: "display_name", type: "char" },
        { name: options.text, type: "text" },
    ],
    extractProps: ({ options }) => ({ text: options.text }),
});
