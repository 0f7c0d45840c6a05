import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The findings of the checks on a self-assessment: a list of sentences, blocking ones first. A
 * finding about a line is a button: it goes to the line's row of the paper form or, where there is
 * none, opens the line in a dialog. The findings are read again when that is saved.
 */
export class Findings extends Component {
    static template = "it_kpi_assessment.Findings";
    static props = standardFieldProps;

    setup() {
        this.dialog = useService("dialog");
        this.action = useService("action");
    }

    get groups() {
        const findings = this.props.record.data[this.props.name] || [];
        return ["block", "warn"]
            .map((effect) => ({
                effect,
                findings: findings.filter((finding) => finding.effect === effect),
            }))
            .filter((group) => group.findings.length);
    }

    async open(finding) {
        const { record } = this.props;
        const { bus } = this.env;
        const wish = { lineId: finding.line_id, isMet: false };
        record.model.bus.trigger("PAPER_FORM:GO_TO_LINE", wish);
        if (this.env.inDialog && !wish.isMet) {
            // The paper form lies below this dialog, if it was opened from there.
            bus.trigger("PAPER_FORM:HAS_LINE", wish);
            if (wish.isMet) {
                await this.action.doAction({ type: "ir.actions.act_window_close" });
                bus.trigger("PAPER_FORM:GO_TO_LINE", wish);
            }
        }
        if (wish.isMet) {
            return;
        }
        if (record.resId && !(await record.save())) {
            return;
        }
        this.dialog.add(FormViewDialog, {
            resModel: "it.kpi.assessment.line",
            resId: finding.line_id,
            title: finding.text,
            canExpand: false,
            onRecordSaved: () => record.resId && record.load(),
        });
    }
}

registry.category("fields").add("it_kpi_findings", {
    component: Findings,
    supportedTypes: ["json"],
    isEmpty: () => false,
});
