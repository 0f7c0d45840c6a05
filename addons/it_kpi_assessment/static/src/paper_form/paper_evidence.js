import { Component, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useEvidenceViewer } from "../evidence/evidence_viewer";

/** The evidence of a line: files to look at, add and remove. */
export class PaperEvidence extends Component {
    static template = "it_kpi_assessment.PaperEvidence";
    static props = { sheet: Object, line: Object, hasCamera: { type: Boolean, optional: true } };

    setup() {
        this.chooser = useRef("chooser");
        this.camera = useRef("camera");
        this.view = useEvidenceViewer();
    }

    /** Show the file where it lies; one that no browser shows is downloaded. */
    show(ev, file) {
        if (this.view(file, this.props.line.attachments)) {
            ev.preventDefault();
        }
    }

    get isLocked() {
        return Boolean(this.props.line.lockReason);
    }

    getRemoveLabel(file) {
        return _t("Remove %s", file.name);
    }

    onChosen(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        this.props.sheet.addFiles(this.props.line, files);
    }
}
