import { Component, onWillStart, useState } from "@odoo/owl";
import { usePopover } from "@web/core/popover/popover_hook";
import { useService } from "@web/core/utils/hooks";

/** The sentences that explain a number, read when the popover opens. */
export class Explanation extends Component {
    static template = "it_kpi_assessment.Explanation";
    static props = {
        load: Function,
        open: { type: Function, optional: true },
        close: Function,
    };

    setup() {
        this.state = useState({ parts: [], isLoading: true, error: "" });
        onWillStart(() => {
            this.load(); // not awaited: the popover opens at once and shows that it is loading
        });
    }

    async load() {
        try {
            this.state.parts = await this.props.load();
        } catch (error) {
            if (!error.data?.message) {
                throw error;
            }
            this.state.error = error.data.message;
        } finally {
            this.state.isLoading = false;
        }
    }

    openRecords() {
        this.props.close();
        this.props.open();
    }
}

/**
 * A number as an unobtrusive button: a click or Enter shows how it came about, Escape closes that.
 * ``load`` reads the sentences of a number that is no field of a record; ``open`` opens the records
 * behind the number, where there are any.
 */
export class ExplainedNumber extends Component {
    static template = "it_kpi_assessment.ExplainedNumber";
    static props = {
        model: { type: String, optional: true },
        ids: { type: Array, element: Number, optional: true },
        name: { type: String, optional: true },
        load: { type: Function, optional: true },
        text: { type: [String, Number], optional: true },
        title: { type: String, optional: true },
        className: { type: String, optional: true },
        style: { type: String, optional: true },
        open: { type: Function, optional: true },
        slots: { type: Object, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ isOpen: false });
        this.popover = usePopover(Explanation, {
            popoverClass: "o_it_kpi_explanation_popover",
            onClose: () => (this.state.isOpen = false),
        });
    }

    onClick(ev) {
        if (this.popover.isOpen) {
            return this.popover.close();
        }
        this.state.isOpen = true;
        const { open } = this.props;
        const load = this.props.load || this.load.bind(this);
        this.popover.open(ev.currentTarget, open ? { load, open } : { load });
    }

    load() {
        const { model, ids, name } = this.props;
        return this.orm.call(model, "explain_number", [ids, name]);
    }

    /** Without this, Enter in a cell of a list would open the record. */
    onKeydown(ev) {
        if (["Enter", " "].includes(ev.key)) {
            ev.stopPropagation();
        }
    }
}
