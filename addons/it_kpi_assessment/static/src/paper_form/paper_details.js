import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { useService } from "@web/core/utils/hooks";
import { Field } from "@web/views/fields/field";
import { ExplainedNumber } from "../explained/explained_number";
import { PaperCriteria } from "./paper_criteria";
import { PaperEvidence } from "./paper_evidence";
import { NOT_APPLICABLE } from "./paper_line";
import { PaperText } from "./paper_text";

/** Fields with a place of their own; the other fields of the list are shown below the evidence. */
const PLACED_FIELDS = new Set([
    "attachment_ids",
    "counted_score",
    "criterion_ids",
    "dimension_label",
    "explanation",
    "observations",
    "grade_id",
    "indicator_label",
    "is_far_off",
    "is_settled",
    "item_label",
    "lacks_reason",
    "last_year_note",
    "lock_reason",
    "not_applicable",
    "origin",
    "own_grade_id",
    "points",
    "points_note",
    "remark",
    "return_reason",
    "returned",
    "score",
    "write_date",
]);

/** The details of one line: the criteria of each grade, explanation, evidence, other fields. */
export class PaperDetails extends Component {
    static template = "it_kpi_assessment.PaperDetails";
    static components = { ExplainedNumber, Field, PaperCriteria, PaperEvidence, PaperText };
    static props = {
        sheet: Object,
        line: Object,
        columns: Array,
        isPhone: { type: Boolean, optional: true },
        onLeave: { type: Function, optional: true },
    };

    setup() {
        this.NOT_APPLICABLE = NOT_APPLICABLE;
        this.action = useService("action");
        this.remarkLabel = _t("Remark");
        this.reasonPlaceholder = _t("Why so far from the unit's own grade?");
        this.explanationLabel = _t("Explanation");
        this.explanationPlaceholder = _t("What supports this mark: facts, figures, documents");
    }

    get isLocked() {
        return Boolean(this.props.line.lockReason);
    }

    get columns() {
        const { line, columns } = this.props;
        return columns.filter(
            (column) =>
                column.type === "field" &&
                !PLACED_FIELDS.has(column.name) &&
                !this.isTrue(column.column_invisible) &&
                !this.isTrue(column.invisible) &&
                !this.isEmpty(column)
        );
    }

    isTrue(expression) {
        return evaluateBooleanExpr(expression, this.props.line.record.evalContextWithVirtualIds);
    }

    /** Whether a field has neither a value to read nor an input to fill in. */
    isEmpty({ name, field, readonly }) {
        const { record } = this.props.line;
        const value = record.data[name];
        const isEmpty = value?.records
            ? !value.records.length
            : (field.isEmpty?.(record, name) ?? !value);
        return isEmpty && (record.fields[name].readonly || this.isTrue(readonly));
    }

    /** Whether the current user can return this line of a submitted form to the unit. */
    get canReturn() {
        const { allowed_moves: moves } = this.props.sheet.form.data;
        return this.props.line.has("returned") && (moves || "").includes(",return,");
    }

    /** Open the dialog of return with this line chosen. */
    returnLine() {
        const { form } = this.props.sheet;
        return this.action.doAction("it_kpi_assessment.it_kpi_assessment_action_return", {
            additionalContext: { active_id: form.resId, it_kpi_returned_line_id: this.props.line.id },
            onClose: () => form.load(),
        });
    }

    mark(mark) {
        this.props.sheet.mark(this.props.line, mark);
    }
}
