import { registry } from "@web/core/registry";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";
import { useEvidenceViewer } from "./evidence_viewer";

/** Files of a record: a click shows them, where Odoo's own field only downloads. */
export class FilesField extends Many2ManyBinaryField {
    static template = "it_kpi_assessment.FilesField";

    setup() {
        super.setup();
        this.show = useEvidenceViewer();
    }

    onClickFile(ev) {
        const address = ev.target.closest("a")?.getAttribute("href");
        const file = this.files.find(({ id }) => this.getUrl(id) === address);
        if (file && this.show(file, this.files)) {
            ev.preventDefault();
        }
    }
}

registry.category("fields").add("it_kpi_files", {
    ...many2ManyBinaryField,
    component: FilesField,
    additionalClasses: ["o_field_many2many_binary"],
});
