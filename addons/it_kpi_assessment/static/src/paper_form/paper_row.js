import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ExplainedNumber } from "../explained/explained_number";
import { PaperDetails } from "./paper_details";
import { PaperText } from "./paper_text";

/** One row of the table: the cells to mark, the remark, and what is missing. */
export class PaperRow extends Component {
    static template = "it_kpi_assessment.PaperRow";
    static components = { ExplainedNumber, PaperDetails, PaperText };
    static props = {
        sheet: Object,
        line: Object,
        marks: Array,
        columns: Array,
        dimensionSpan: { type: Number, optional: true },
        itemSpan: { type: Number, optional: true },
        isCurrent: Boolean,
        showLock: Boolean,
        isOpen: Boolean,
        hasTooltip: Boolean,
        tabColumn: { type: Number, optional: true },
        onMark: Function,
        onFocus: Function,
        onToggle: Function,
        onLeave: Function,
    };

    setup() {
        this.state = useState({ isDropTarget: false });
        this.remarkLabel = _t("Remark");
        this.reasonPlaceholder = _t("Why so far from the unit's own grade?");
    }

    get isLocked() {
        return Boolean(this.props.line.lockReason);
    }

    get className() {
        const { line, isCurrent } = this.props;
        return {
            o_paper_row: true,
            o_paper_current: isCurrent,
            o_paper_locked: this.isLocked,
            o_paper_unmarked: !line.mark && !this.isLocked,
            o_paper_returned: line.data.returned,
            o_paper_far_off: line.data.is_far_off,
            o_paper_drop: this.state.isDropTarget,
        };
    }

    /** What a cell means; nothing where the panel beside the table says it. */
    getTooltip(mark) {
        const { line, hasTooltip } = this.props;
        return hasTooltip ? line.lockReason || line.getCriterion(mark.id) : undefined;
    }

    /** The label of a cell for screen readers: mark, indicator, and whether it is the unit's own. */
    getCellLabel(mark) {
        const { line } = this.props;
        const words = [mark.label, line.data.indicator_label];
        if (line.ownMark === mark.id) {
            words.push(_t("the unit's own mark"));
        }
        return words.join(", ");
    }

    onDragover(ev) {
        if (this.props.line.takesFiles && ev.dataTransfer.types.includes("Files")) {
            ev.preventDefault();
            this.state.isDropTarget = true;
        }
    }

    onDragleave(ev) {
        if (!ev.currentTarget.contains(ev.relatedTarget)) {
            this.state.isDropTarget = false;
        }
    }

    onDrop(ev) {
        this.state.isDropTarget = false;
        if (this.props.line.takesFiles && ev.dataTransfer.files.length) {
            ev.preventDefault();
            this.props.onFocus(this.props.line);
            this.props.sheet.addFiles(this.props.line, [...ev.dataTransfer.files]);
        }
    }
}
