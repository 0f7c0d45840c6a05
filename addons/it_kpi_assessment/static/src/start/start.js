import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const START = "it.kpi.start";

/**
 * From an empty database to an opened year: five steps, each with what is missing and the buttons
 * that lead there. One request reads all of it, again after each dialog.
 */
export class Start extends Component {
    static template = "it_kpi_assessment.Start";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.name = useRef("name");
        this.data = useState({ name: "", can_name: false, steps: [] });
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.data, await this.orm.call(START, "get_start", []));
    }

    async saveName() {
        await this.orm.call(START, "name_bureau", [this.name.el.value]);
        await this.load();
    }

    async go(where) {
        const action = await this.orm.call(START, "action_go", [where]);
        await this.action.doAction(action, { onClose: () => this.load() });
    }
}

registry.category("actions").add("it_kpi_assessment.start", Start);
