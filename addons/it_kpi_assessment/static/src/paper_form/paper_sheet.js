import { markRaw, toRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { x2ManyCommands } from "@web/core/orm_service";
import { Mutex } from "@web/core/utils/concurrency";
import { sortBy } from "@web/core/utils/arrays";
import { Reactive } from "@web/core/utils/reactive";
import { getRefusal, isPassing, PaperConnection } from "./paper_connection";
import { PaperDrafts } from "./paper_drafts";
import { getAdding } from "./paper_files";
import { NOT_APPLICABLE, PaperLine } from "./paper_line";
import { getLineSpecification } from "./paper_specification";

/** The pause after which what was typed is saved, in ms. */
const PAUSE = 1000;
/** How far a look for changes goes back behind the last one, in s: a change may take that long. */
const OVERLAP = 5;

/**
 * The lines of one form and their way to the server: every change is one request that writes one
 * line and returns that line. What cannot be sent waits, and goes out when the connection is back.
 */
export class PaperSheet extends Reactive {
    /**
     * @param {Object} orm
     * @param {Object} options `columns` of the list; `gathered`: names of those fields of the form
     *  that gather what a field of the same name says of each line; `onOutdated`: called when the
     *  server refuses a line, or when somebody locked or unlocked one
     */
    constructor(orm, options) {
        super();
        this.lines = [];
        /** The columns to mark, as on paper: 无此项 and the grades of the rubric. */
        this.marks = [];
        this.connection = new PaperConnection(() => this.sync());
        this.orm = markRaw(orm);
        this.options = markRaw(options);
        this.timers = markRaw(new Map());
        this.queues = markRaw(new Map());
        this.since = "";
        this.form = null;
        this.list = null;
        this.drafts = null;
    }

    get online() {
        return this.connection.online;
    }

    /** How lines are read again. */
    get reading() {
        const { context } = this.list;
        return { context, specification: getLineSpecification(this.list, this.options.columns) };
    }

    /** Take over the lines that the form view has loaded; what is unsent stays on top of them. */
    load(form, list) {
        this.form = form;
        this.list = list;
        this.drafts ||= markRaw(new PaperDrafts(list.resModel));
        const known = new Map(this.lines.map((line) => [line.id, line]));
        const records = toRaw(list).records;
        this.lines = records.map((record) => this.adopt(record, known.get(record.resId)));
        const grades = this.lines[0]?.criteria || [];
        this.marks = markRaw([
            { id: NOT_APPLICABLE, label: _t("N/A"), key: "N" },
            ...grades.map(({ mark, code }) => ({ id: mark, label: code, key: code })),
        ]);
        const moments = records.map((record) => serializeDateTime(record.data.write_date));
        this.since = moments.sort().at(-1);
    }

    /** A field that another widget edits is saved with its line, not with the form. */
    adopt(record, line) {
        if (!line) {
            line = new PaperLine(record);
            this.drafts.recall(line);
            line.status = line.hasUnsent ? "waiting" : "saved";
        }
        line.record = record;
        record._switchMode("edit");
        record._onUpdate = () => this.write(line, record._getChanges());
        return line;
    }

    // ------------------------------------------------------------------ what the user does

    /**
     * Mark a line with a grade, with NOT_APPLICABLE, or with null for no mark; save it at once. What
     * a measured value proposes, and is still on its way, comes later and is marked over.
     */
    async mark(line, mark) {
        const isNot = mark === NOT_APPLICABLE;
        const vals = { grade_id: !isNot && (mark || false), not_applicable: isNot };
        const proposed = this.form.model.mutex.getUnlockedDef();
        line.lastClick = mark;
        await Promise.all([this.write(line, vals), proposed]);
        if (line.mark !== mark && line.lastClick === mark) {
            await this.write(line, vals);
        }
    }

    /** Change a text; it is saved when the typing pauses or the field is left. */
    type(line, name, text) {
        this.change(line, { [name]: text || false });
        this.schedule(line);
    }

    write(line, vals) {
        this.change(line, vals);
        return this.send(line);
    }

    change(line, vals) {
        line.change(vals);
        this.drafts.keep(line);
    }

    addFiles(line, files) {
        line.files.push(...files);
        return this.send(line);
    }

    removeFile(line, id) {
        const commands = line.unsent.attachment_ids || [];
        return this.write(line, { attachment_ids: [...commands, x2ManyCommands.unlink(id)] });
    }

    /** Give up what was refused. */
    discard(line) {
        Object.assign(line, { unsent: {}, base: {}, files: [], status: "saved", refusal: "" });
        line.record._discard();
        this.drafts.keep(line);
    }

    // ------------------------------------------------------------------ the way to the server

    get unsentLines() {
        return this.lines.filter((line) => line.hasUnsent);
    }

    /** Send all that waits. */
    flush() {
        return Promise.all(this.unsentLines.map((line) => this.release(line)));
    }

    /** Send what an earlier visit left behind, unless somebody did something else meanwhile. */
    sendRecalled() {
        this.holdOvertaken();
        return this.flush();
    }

    /** Send what waits of a line; what was refused waits for the user. */
    async release(line) {
        if (line.status !== "refused") {
            await this.send(line);
        }
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
            await this.connection.wait(this.sendChanges(line));
            line.status = line.hasUnsent ? "waiting" : "saved";
        } catch (error) {
            this.fail(line, error);
        } finally {
            this.drafts.keep(line);
        }
    }

    async sendChanges(line) {
        if (Object.keys(line.unsent).length) {
            await this.save(line, { ...line.unsent });
        }
        await this.sendFiles(line);
    }

    async save(line, vals) {
        const { resModel } = this.list;
        const [values] = await this.orm.silent.webSave(resModel, [line.id], vals, this.reading);
        line.settle(vals);
        this.show(line, values);
    }

    /** Send the chosen files, one a request. What is refused is given up and told by its name. */
    async sendFiles(line) {
        const refusals = [];
        while (line.files.length) {
            const [file] = line.files;
            try {
                await this.save(line, await getAdding(file));
            } catch (error) {
                if (isPassing(error)) {
                    throw error;
                }
                const refusal = getRefusal(error);
                refusals.push(refusal.includes(file.name) ? refusal : `${file.name}: ${refusal}`);
            }
            line.files.shift();
        }
        if (refusals.length) {
            throw new Error(refusals.join("\n"));
        }
    }

    fail(line, error) {
        if (isPassing(error)) {
            line.status = "waiting";
            throw error;
        }
        line.refuse(getRefusal(error));
        this.options.onOutdated();
    }

    // ------------------------------------------------------------------ what the server says

    /** Show what the server says of a line, also where the form gathers it. */
    show(line, values) {
        line.record._applyValues(values);
        for (const name of this.options.gathered.filter((name) => name in values)) {
            this.gather(line, name);
        }
    }

    /** Put what is said of a line in place of what was said before: line by line, the form last. */
    gather(line, name) {
        const others = (this.form.data[name] || []).filter(({ line_id }) => line_id !== line.id);
        const ids = this.lines.map(({ id }) => id);
        const gathered = sortBy([...others, ...(line.data[name] || [])], ({ line_id }) =>
            line_id ? ids.indexOf(line_id) : ids.length
        );
        this.form._applyValues({ [name]: gathered });
    }

    // ------------------------------------------------------------------ the others

    /** Look what others did, then send what waits: theirs comes first, ours after it. */
    async sync() {
        if (await this.refresh()) {
            this.holdOvertaken();
            await this.flush();
        }
    }

    /** Fetch the lines that somebody changed since the last look. What is unsent stays on top. */
    async refresh() {
        const since = deserializeDateTime(this.since).minus({ seconds: OVERLAP });
        const domain = [
            ["form_id", "=", this.form.resId],
            ["write_date", ">=", serializeDateTime(since)],
        ];
        const read = this.orm.silent.webSearchRead(this.list.resModel, domain, this.reading);
        const answer = await this.connection.wait(read);
        answer?.records.forEach((values) => this.take(values));
        return Boolean(answer);
    }

    take(values) {
        const line = this.lines.find(({ id }) => id === values.id);
        if (!line || line.status === "sending") {
            return;
        }
        if (values.lock_reason !== (line.lockReason || false)) {
            this.options.onOutdated();
        }
        this.show(line, values);
        this.since = values.write_date > this.since ? values.write_date : this.since;
    }

    /** Nobody's words are replaced unasked by what was typed before they were there. */
    holdOvertaken() {
        for (const line of this.unsentLines) {
            if (line.status === "waiting" && line.isOvertaken) {
                line.refuse(
                    _t(
                        "Somebody else changed this line meanwhile. Try again to put what you " +
                            "entered in place of it, or discard what you entered."
                    )
                );
            }
        }
    }

    /** Send a line after a pause, with all that is typed meanwhile. */
    schedule(line) {
        browser.clearTimeout(this.timers.get(line.id));
        if (!this.connection.isStopped) {
            this.timers.set(
                line.id,
                browser.setTimeout(() => this.release(line), PAUSE)
            );
        }
    }

    stop() {
        this.connection.stop();
        this.timers.forEach((timer) => browser.clearTimeout(timer));
    }
}
