import { Component, onWillUnmount, toRaw } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * What is typed here is no value of the record: it goes with the button, and is kept nowhere.
 * The key is the bare model of the form, as each component has a proxy of its own.
 */
const passwords = new WeakMap();

/** The password that the kept signature is behind. */
export class SigningPassword extends Component {
    static template = "it_kpi_assessment.SigningPassword";
    static props = { ...standardWidgetProps };

    setup() {
        this.form = toRaw(this.props.record.model);
        onWillUnmount(() => passwords.delete(this.form));
    }

    onInput(password) {
        passwords.set(this.form, password);
    }
}

/** A dialog to sign: its buttons carry the password to the server. */
class SigningController extends formView.Controller {
    async beforeExecuteActionButton(clickParams) {
        const password = passwords.get(toRaw(this.model));
        const saved = await super.beforeExecuteActionButton(clickParams);
        if (password && clickParams.special !== "cancel") {
            clickParams.buttonContext = { ...clickParams.buttonContext, password };
        }
        return saved;
    }
}

registry.category("view_widgets").add("it_kpi_password", { component: SigningPassword });
registry.category("views").add("it_kpi_signing", { ...formView, Controller: SigningController });
