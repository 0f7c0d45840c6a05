import { Component, useRef, useState } from "@odoo/owl";
import { NameAndSignature } from "@web/core/signature/name_and_signature";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { cropToInk } from "./crop_to_ink";

/** Odoo's drawing of a signature; the button that clears it has a name for screen readers. */
class Drawing extends NameAndSignature {
    static template = "it_kpi_assessment.Drawing";
}

/** A signature that is drawn where it stands, in the dialog itself. */
export class DrawingField extends Component {
    static template = "it_kpi_assessment.DrawingField";
    static components = { Drawing };
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.signature = useState({ name: "", isSignatureEmpty: true });
    }

    onChange() {
        const canvas = this.root.el.querySelector("canvas");
        const image = this.signature.isSignatureEmpty ? "" : cropToInk(canvas).split(",")[1];
        if (image || this.props.record.data[this.props.name]) {
            this.props.record.update({ [this.props.name]: image || false });
        }
    }
}

registry.category("fields").add("it_kpi_drawing", {
    component: DrawingField,
    supportedTypes: ["binary"],
});
