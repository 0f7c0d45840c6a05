import { markRaw, toRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { x2ManyCommands } from "@web/core/orm_service";
import { Mutex } from "@web/core/utils/concurrency";
import { Reactive } from "@web/core/utils/reactive";
import { getBasicEvalContext, getFieldsSpec } from "@web/model/relational_model/utils";
import { PaperDrafts } from "./paper_drafts";
import { NOT_APPLICABLE, PaperLine } from "./paper_line";
import { uploadEvidence } from "./paper_upload";

/** The pause after which what was typed is saved, and how often a lost connection is tried (ms). */
const PAUSE = 1000;
const RETRY_INTERVAL = 3000;
const SESSION_EXPIRED = "odoo.http.SessionExpiredException";
/**
 * The lines of one form and their way to the server: every change is one request that writes one
 * line and returns that line. What cannot be sent waits, and goes out when the connection is back.
 */
export class PaperSheet extends Reactive {
    /**
     * @param {Object} services { orm, http }
     * @param {Object} options { columns: those of the list, formFields: names of fields of the form that depend on its lines,
     *  onRefused: called when the server refuses, or when somebody locked or unlocked a line }
     */
    constructor({ orm, http }, options) {
        super();
        this.lines = [];
        /** The columns to mark, as on paper: 无此项 and the grades of the rubric. */
        this.marks = [];
        this.online = true;
        this.orm = markRaw(orm);
        this.http = markRaw(http);
        this.options = markRaw(options);
        this.timers = markRaw(new Map());
        this.queues = markRaw(new Map());
        this.since = "";
        this.form = null;
        this.list = null;
        this.drafts = null;
    }

    /** Take over the lines that the form view has loaded; what is unsent stays on top of them. */
    load(form, list) {
        this.form = form;
        this.list = list;
        this.drafts ||= markRaw(new PaperDrafts(list.resModel));
        const known = new Map(this.lines.map((line) => [line.id, line]));
        const records = toRaw(list).records;
        this.lines = records.map((record) => {
            const line = known.get(record.resId) || new PaperLine(record);
            line.record = record;
            if (!known.has(line.id)) {
                line.unsent = this.drafts.recall(line.id);
                line.status = line.hasUnsent ? "waiting" : "saved";
            }
            // A field that another widget edits is saved with its line, not with the form.
            record._switchMode("edit");
            record._onUpdate = () => this.write(line, record._getChanges());
            return line;
        });
        this.marks = markRaw([
            { id: NOT_APPLICABLE, label: _t("N/A"), key: "N" },
            ...(this.lines[0]?.criteria || []).map(({ mark, code }) => ({
                id: mark,
                label: code,
                key: code,
            })),
        ]);
        this.since = records
            .map((record) => serializeDateTime(record.data.write_date))
            .reduce((latest, moment) => (moment > latest ? moment : latest), "");
    }

    /** What is read again: all fields but those that the list declares `readonly="1"`. */
    get specification() {
        const { activeFields, fields, config } = this.list;
        const specification = getFieldsSpec(activeFields, fields, getBasicEvalContext(config));
        const isFrozen = ({ name, readonly }) => name in specification && readonly === "1";
        for (const { name } of this.options.columns.filter(isFrozen)) {
            delete specification[name];
        }
        return specification;
    }

    /** Read again the fields of the form that depend on its lines, when the changes pause. */
    async refreshForm() {
        const { activeFields, fields, config, resModel, resId, context } = this.form;
        const all = getFieldsSpec(activeFields, fields, getBasicEvalContext(config));
        const names = this.options.formFields.filter((name) => name in all);
        if (names.length && this.online) {
            const specification = Object.fromEntries(names.map((name) => [name, all[name]]));
            const [values] = await this.orm.silent.webRead(resModel, [resId], {
                context,
                specification,
            });
            this.form._applyValues(values);
        }
    }

    // ------------------------------------------------------------------ what the user does

    /** Mark a line with a grade, with NOT_APPLICABLE, or with null for no mark; save it at once. */
    mark(line, mark) {
        const notApplicable = mark === NOT_APPLICABLE;
        const grade = notApplicable ? false : mark || false;
        return this.write(line, { grade_id: grade, not_applicable: notApplicable });
    }

    /** Change a text; it is saved when the typing pauses or the field is left. */
    type(line, name, text) {
        this.remember(line, { [name]: text || false });
        this.schedule(line.id, () => this.send(line));
    }

    /** Do something after a pause, once for all that happens meanwhile. */
    schedule(key, action) {
        browser.clearTimeout(this.timers.get(key));
        this.timers.set(key, browser.setTimeout(action, PAUSE));
    }

    write(line, vals) {
        this.remember(line, vals);
        return this.send(line);
    }

    addFiles(line, files) {
        line.files.push(...files);
        return this.send(line);
    }

    removeFile(line, id) {
        return this.write(line, {
            attachment_ids: [
                ...(line.unsent.attachment_ids || []),
                x2ManyCommands.unlink(id),
            ],
        });
    }

    retry(line) {
        return line.hasUnsent ? this.send(line) : this.discard(line);
    }

    /** Give up what the server refused. */
    discard(line) {
        Object.assign(line, { unsent: {}, files: [], status: "saved", refusal: "" });
        this.drafts.keep(line);
    }

    remember(line, vals) {
        Object.assign(line.unsent, vals);
        line.status = "waiting";
        this.drafts.keep(line);
    }

    // ------------------------------------------------------------------ the way to the server

    get unsentLines() {
        return this.lines.filter((line) => line.hasUnsent);
    }

    /** Send all that waits; what was refused waits for the user. */
    flush() {
        const lines = this.unsentLines.filter((line) => line.status !== "refused");
        return Promise.all(lines.map((line) => this.send(line)));
    }

    /** Send what is unsent of a line: one request after the other, each with all there is. */
    send(line) {
        browser.clearTimeout(this.timers.get(line.id));
        if (!this.queues.has(line.id)) {
            this.queues.set(line.id, new Mutex());
        }
        return this.queues.get(line.id).exec(() => this.transmit(line));
    }

    async transmit(line) {
        if (!line.hasUnsent || !this.online) {
            return;
        }
        line.status = "sending";
        line.refusal = "";
        try {
            await this.upload(line);
            await this.save(line);
            line.status = line.hasUnsent ? "waiting" : "saved";
        } catch (error) {
            this.fail(line, error);
        }
        this.drafts.keep(line);
    }

    async save(line) {
        const vals = { ...line.unsent };
        if (!Object.keys(vals).length) {
            return;
        }
        const [values] = await this.orm.silent.webSave(this.list.resModel, [line.id], vals, {
            context: this.list.context,
            specification: this.specification,
        });
        for (const name in vals) {
            delete line.record._changes[name];
            if (line.unsent[name] === vals[name]) {
                delete line.unsent[name];
            }
        }
        line.record._applyValues(values);
        this.schedule("form", () => this.refreshForm());
    }

    /** Upload the chosen files one by one; each becomes a change of the line. */
    async upload(line) {
        while (line.files.length) {
            const file = line.files.shift();
            let id;
            try {
                id = await uploadEvidence(this.http, this.list.resModel, line.id, file);
            } catch (error) {
                if (error instanceof ConnectionLostError) {
                    line.files.unshift(file);
                }
                throw error;
            }
            const commands = line.unsent.attachment_ids || [];
            this.remember(line, { attachment_ids: [...commands, x2ManyCommands.link(id)] });
        }
    }

    fail(line, error) {
        if (error instanceof ConnectionLostError) {
            line.status = "waiting";
            this.lose();
            return;
        }
        line.status = "refused";
        line.refusal = error.data?.message || error.message || _t("The server refused it.");
        if (error.exceptionName === SESSION_EXPIRED) {
            line.status = "waiting";
            throw error;
        }
        this.options.onRefused();
    }

    lose() {
        this.online = false;
        if (!this.retryTimer) {
            this.retryTimer = browser.setTimeout(() => this.reconnect(), RETRY_INTERVAL);
        }
    }

    stop() {
        browser.clearTimeout(this.retryTimer);
        this.timers.forEach((timer) => browser.clearTimeout(timer));
    }

    /** Look whether the connection is back: what others did meanwhile comes first, ours after it. */
    async reconnect() {
        browser.clearTimeout(this.retryTimer);
        this.retryTimer = null;
        if (await this.refresh()) {
            await this.flush();
        }
    }

    /** Fetch the lines that somebody changed since the last look. What is unsent stays on top. */
    async refresh() {
        let answer;
        try {
            answer = await this.orm.silent.webSearchRead(
                this.list.resModel,
                [
                    ["form_id", "=", this.form.resId],
                    ["write_date", ">=", this.since],
                ],
                { context: this.list.context, specification: this.specification }
            );
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.lose();
            return false;
        }
        this.online = true;
        answer.records.forEach((values) => this.take(values));
        return true;
    }

    take(values) {
        const line = this.lines.find(({ id }) => id === values.id);
        if (!line || line.status === "sending") {
            return;
        }
        if (values.lock_reason !== (line.lockReason || false)) {
            this.options.onRefused();
        }
        line.record._applyValues(values);
        this.since = values.write_date > this.since ? values.write_date : this.since;
    }
}
