import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ExplainedNumber } from "../explained/explained_number";

/** The progress of the form, its points so far, and whether everything is saved. */
export class PaperToolbar extends Component {
    static template = "it_kpi_assessment.PaperToolbar";
    static components = { ExplainedNumber };
    static props = {
        sheet: Object,
        total: { type: Object, optional: true },
        isPublished: { type: Boolean, optional: true },
        hasPanel: Boolean,
        missing: { type: Number, optional: true },
        canDock: Boolean,
        hasKeyboard: Boolean,
        advances: Boolean,
        onNext: Function,
        onTogglePanel: Function,
        onToggleAdvance: Function,
    };

    get lines() {
        return this.props.sheet.lines;
    }

    get marked() {
        return this.lines.filter((line) => line.mark).length;
    }

    get percent() {
        return this.lines.length ? (100 * this.marked) / this.lines.length : 0;
    }

    get hasExplanations() {
        return Boolean(this.lines[0]?.has("explanation"));
    }

    get explained() {
        return this.lines.filter((line) => line.isExplained).length;
    }

    get toDo() {
        return this.lines.filter((line) => line.isToDo).length + (this.props.missing || 0);
    }

    /** What the keys of the table do. */
    get keys() {
        const letters = this.props.sheet.marks.map(({ key }) => key).join(" ");
        return this.hasExplanations
            ? _t("Keys: %s mark, ↓ next line, Enter explain, Esc back", letters)
            : _t("Keys: %s mark, ↓ next line, Enter remark, Esc back", letters);
    }

    get isEditable() {
        return this.lines.some((line) => !line.lockReason);
    }

    get status() {
        const { sheet } = this.props;
        const unsent = sheet.unsentLines.length;
        if (sheet.lines.some((line) => line.status === "refused")) {
            return { icon: "fa-exclamation-triangle text-danger", text: _t("Not saved") };
        }
        if (!unsent) {
            return { icon: "fa-check text-success", text: _t("Saved") };
        }
        return sheet.online
            ? { icon: "fa-refresh fa-spin", text: _t("Saving…") }
            : { icon: "fa-clock-o text-warning", text: _t("Waiting: %s", unsent) };
    }
}
