import { Component } from "@odoo/owl";

/** A text of a line, edited in place: it grows with its content and is saved by the sheet. */
export class PaperText extends Component {
    static template = "it_kpi_assessment.PaperText";
    static props = {
        sheet: Object,
        line: Object,
        name: String,
        label: String,
        placeholder: { type: String, optional: true },
        required: { type: Boolean, optional: true },
        isSingleLine: { type: Boolean, optional: true },
        onLeave: { type: Function, optional: true },
    };

    get isLocked() {
        return Boolean(this.props.line.lockReason);
    }

    get text() {
        return this.props.line.text(this.props.name);
    }

    get isMissing() {
        return Boolean(this.props.required) && !this.isLocked && !this.text.trim();
    }

    onInput(ev) {
        const { sheet, line, name } = this.props;
        sheet.type(line, name, ev.target.value);
    }

    onBlur() {
        this.props.sheet.release(this.props.line);
    }

    onKeydown(ev) {
        const leaves = ev.key === "Escape" || (ev.key === "Enter" && this.props.isSingleLine);
        if (leaves && !ev.isComposing) {
            ev.preventDefault();
            ev.stopPropagation();
            this.props.onLeave?.();
        }
    }
}
