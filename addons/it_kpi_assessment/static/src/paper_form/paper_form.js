import { Component, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { useSetupAction } from "@web/search/action_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ExplainedNumber } from "../explained/explained_number";
import { PaperDetails } from "./paper_details";
import { usePaperEntrance } from "./paper_entrance";
import { usePaperKeyboard } from "./paper_keyboard";
import { usePaperKept } from "./paper_kept";
import { formatPoints } from "./paper_line";
import { usePaperPolling } from "./paper_polling";
import { usePaperRoom } from "./paper_room";
import { PaperRow } from "./paper_row";
import { PaperSheet } from "./paper_sheet";
import { PaperToolbar } from "./paper_toolbar";

const PANEL_KEY = "it_kpi_assessment.panel";
const ADVANCE_KEY = "it_kpi_assessment.advance";
const { DateTime } = luxon;

/**
 * 附件2 and 附件3 as they are on paper, to be filled in: a click on a cell marks the line and saves
 * that line. On a phone there is one indicator per screen.
 *
 * The list of the field defines which fields of the lines are loaded; those without a place in the
 * table are shown in the panel beside it. Those with `readonly="1"` are read once, when the form is
 * opened; all others are part of every answer to a change. Option `gathered`: fields of the form
 * itself that collect the values of a field of the same name of all lines (JSON lists, `line_id` in
 * each entry); they are updated with the lines. Option `needed`: fields of the form itself that have
 * to be filled in as well, and are counted among what is to do.
 */
export class PaperForm extends Component {
    static template = "it_kpi_assessment.PaperForm";
    static components = { ExplainedNumber, PaperDetails, PaperRow, PaperToolbar };
    static props = {
        ...standardFieldProps,
        columns: Array,
        gathered: Array,
        needed: Array,
    };

    setup() {
        this.ui = useState(useService("ui"));
        this.notification = useService("notification");
        this.root = useRef("root");
        this.room = usePaperRoom(this.root);
        this.state = useState({
            currentId: null,
            column: 0,
            openId: null,
            hasPanel: browser.localStorage.getItem(PANEL_KEY) !== "closed",
            /** whether a letter goes on to the next line after it has marked */
            advances: browser.localStorage.getItem(ADVANCE_KEY) !== "stay",
        });
        this.sheet = useState(
            new PaperSheet(useService("orm"), {
                columns: this.props.columns,
                gathered: this.props.gathered,
                onOutdated: () => this.reload(),
            })
        );
        useRecordObserver((record) => this.sheet.load(record, record.data[this.props.name]));
        this.keyboard = usePaperKeyboard(this);
        usePaperEntrance(this);
        this.setupSaving();
        usePaperPolling(this);
        usePaperKept(this);
        for (const bus of [this.props.record.model.bus, this.env.bus]) {
            useBus(bus, "PAPER_FORM:GO_TO_LINE", ({ detail }) => this.goToWanted(detail));
        }
        useBus(this.env.bus, "PAPER_FORM:HAS_LINE", ({ detail }) => {
            detail.isMet ||= this.lines.some(({ id }) => id === detail.lineId);
        });
    }

    /** Save what was typed before a button is pressed, or the form is left. */
    setupSaving() {
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", ({ detail }) =>
            detail.proms.push(this.sheet.flush())
        );
        useSetupAction({
            beforeLeave: async () => {
                await this.sheet.flush();
            },
            beforeUnload: (ev) => {
                this.sheet.flush();
                if (this.sheet.unsentLines.length) {
                    ev.preventDefault();
                    ev.returnValue = true;
                }
            },
        });
        useEffect(
            () => {
                this.sheet.sendRecalled();
            },
            () => [this.props.record.resId]
        );
        onWillUnmount(() => {
            if (this.sheet.unsentLines.length) {
                this.notification.add(this.leavingNote, { type: "warning" });
            }
            this.sheet.stop();
        });
    }

    get leavingNote() {
        return this.sheet.keepsFiles
            ? _t(
                  "Something is not saved yet. It is kept in this browser and sent as soon as you " +
                      "open the form again."
              )
            : _t(
                  "Something is not saved yet. It is kept in this browser and sent as soon as you " +
                      "open the form again; files have to be attached again."
              );
    }

    /** The state of the form changed: read it again, unless unsaved changes would be lost. */
    async reload() {
        if (!(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }

    // ------------------------------------------------------------------ values of the template

    get lines() {
        return this.sheet.lines;
    }

    /** The line that the user works on; at first the first one with something to do. */
    get current() {
        return (
            this.lines.find(({ id }) => id === this.state.currentId) ||
            this.lines.find((line) => line.data.returned) ||
            this.lines.find((line) => line.isToDo) ||
            this.lines[0]
        );
    }

    /** The fields of the form itself that are still to be filled in before it is signed. */
    get missingFields() {
        const { data } = this.props.record;
        const isOpen = (name) => (data.editable_fields || "").includes(`,${name},`);
        return this.props.needed.filter((name) => isOpen(name) && !data[name]);
    }

    /** Locks are shown row by row only where other rows are open. */
    get showLocks() {
        return this.lines.some((line) => !line.lockReason);
    }

    /** Whether the form is wide enough for the panel beside the table. */
    get canDock() {
        return this.room.isEnough && !this.ui.isSmall;
    }

    get isBeside() {
        return this.state.hasPanel && this.canDock;
    }

    /** Rows with the height of the merged cells that begin on them, as on paper. */
    get rows() {
        const openId = this.isBeside ? null : this.state.openId;
        const rows = this.lines.map((line) => ({ line, height: line.id === openId ? 2 : 1 }));
        let dimension, item;
        for (const row of rows) {
            const { dimension_label: dimensionLabel, item_label: itemLabel } = row.line.data;
            if (dimension?.line.data.dimension_label !== dimensionLabel) {
                dimension = row;
                item = null;
            }
            if (item?.line.data.item_label !== itemLabel) {
                item = row;
            }
            dimension.dimensionSpan = (dimension.dimensionSpan || 0) + row.height;
            item.itemSpan = (item.itemSpan || 0) + row.height;
        }
        return rows;
    }

    /** What the lines add up to. */
    get sum() {
        return this.lines.reduce((sum, line) => sum + (line.score || 0), 0);
    }

    get total() {
        const { is_published: isPublished, total } = this.props.record.data;
        return formatPoints(isPublished ? total : this.sum);
    }

    /** The total, to be explained; nothing on a sheet whose marks earn no points. */
    get explainedTotal() {
        if (!this.lines[0]?.has("score")) {
            return undefined;
        }
        const { data, resId, resModel } = this.props.record;
        const name = data.is_published ? "total" : "graded_total";
        return { model: resModel, ids: [resId], name, text: this.total };
    }

    /** What the total does not contain yet. */
    get totalNotes() {
        const notes = [];
        const count = (isCounted) => this.lines.filter(isCounted).length;
        const unmarked = count(({ mark }) => !mark);
        if (unmarked) {
            notes.push(_t("so far; %s lines are not marked", unmarked));
        }
        const means = count(({ awaitsMean }) => awaitsMean);
        if (means) {
            notes.push(
                _t(
                    "and %s marked N/A, which earn the mean on publication, or drop out if no " +
                        "unit has them",
                    means
                )
            );
        }
        if (this.props.record.data.is_published && formatPoints(this.sum) !== this.total) {
            const sum = formatPoints(this.sum);
            notes.push(_t("the lines add up to %s, scaled to the full points", sum));
        }
        const unsent = count(({ unsent }) => "grade_id" in unsent);
        if (unsent && !this.sheet.online) {
            notes.push(_t("without %s marks that are not saved yet", unsent));
        }
        return notes;
    }

    // ------------------------------------------------------------------ actions of the user

    mark(line, mark) {
        this.state.currentId = line.id;
        if (!line.lockReason && line.mark !== mark) {
            this.sheet.mark(line, mark);
        }
    }

    focusLine(line) {
        this.state.currentId = line.id;
    }

    toggle(line) {
        this.state.currentId = line.id;
        this.state.openId = this.state.openId === line.id ? null : line.id;
    }

    /** Focus the text of the line: its explanation, on a survey its remark. */
    openText(line) {
        if (!line.has("explanation")) {
            this.keyboard.focusSoon(`[data-line="${line.id}"] textarea`);
            return;
        }
        if (!this.isBeside) {
            this.state.openId = line.id;
        }
        this.keyboard.focusSoon(".o_paper_details textarea");
    }

    /** Return from a text to the cell that had the focus before. */
    leaveText() {
        this.keyboard.focusCell(this.current, this.current.mark);
    }

    togglePanel() {
        this.state.hasPanel = !this.state.hasPanel;
        browser.localStorage.setItem(PANEL_KEY, this.state.hasPanel ? "open" : "closed");
    }

    toggleAdvance() {
        this.state.advances = !this.state.advances;
        browser.localStorage.setItem(ADVANCE_KEY, this.state.advances ? "go" : "stay");
    }

    /** Go to the next line, after the current one, that still has something to do. */
    goToNext() {
        const lines = this.lines;
        const start = lines.indexOf(this.current) + 1;
        const following = [...lines.slice(start), ...lines.slice(0, start)];
        const line = following.find((line) => line.isToDo);
        if (line) {
            this.keyboard.focusCell(line, line.mark);
        } else if (this.missingFields.length) {
            document.querySelector(`.o_field_widget[name="${this.missingFields[0]}"] input`)?.focus();
        }
    }

    /** Go to a line that was chosen elsewhere on the form, as by a finding of the checks. */
    goToWanted(wish) {
        const line = this.lines.find(({ id }) => id === wish.lineId);
        if (line) {
            wish.isMet = true;
            this.keyboard.focusCell(line, line.mark);
        }
    }

    go(step) {
        const index = this.lines.indexOf(this.current) + step;
        this.state.currentId = this.lines[index]?.id || this.state.currentId;
        const phone = this.root.el.querySelector(".o_paper_phone");
        if (phone.getBoundingClientRect().top < 0) {
            phone.scrollIntoView(); // show the next indicator from its top
        }
    }

    /** Add a pasted screenshot to the evidence of the current line. */
    onPaste(ev) {
        const files = [...ev.clipboardData.files].map((file) => this.nameScreenshot(file));
        if (files.length && this.current.takesFiles) {
            ev.preventDefault();
            this.sheet.addFiles(this.current, files);
        }
    }

    /** Browsers name every pasted picture image.png: add the time to distinguish them. */
    nameScreenshot(file) {
        if (file.name !== "image.png") {
            return file;
        }
        const moment = DateTime.now().toFormat("yyyyMMdd-HHmmss");
        return new File([file], _t("Screenshot %s.png", moment), { type: file.type });
    }
}

export const paperForm = {
    component: PaperForm,
    displayName: _t("Paper form"),
    supportedTypes: ["one2many"],
    useSubView: true,
    extractProps: ({ views, viewMode, options }) => ({
        columns: views[viewMode].columns,
        gathered: options.gathered || [],
        needed: options.needed || [],
    }),
};

registry.category("fields").add("paper_form", paperForm);
