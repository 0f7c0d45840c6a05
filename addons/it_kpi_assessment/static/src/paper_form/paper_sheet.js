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
import { PaperFileStore } from "./paper_file_store";
import { getAdding } from "./paper_files";
import { NOT_APPLICABLE, PaperLine } from "./paper_line";
import { applyServerValues, forgetChanges, makeEditable, onWidgetChange } from "./paper_record";
import { getLineSpecification } from "./paper_specification";

/** Typed text is saved after a pause of this many ms. */
const PAUSE = 1000;
/**
 * A poll also asks for the last seconds before the newest change it knows: a transaction that set
 * an earlier `write_date` may have been committed later.
 */
const OVERLAP = 5;

/**
 * The lines of one form, and how they are saved: every change is one request that writes one line
 * and returns that line. A change that cannot be sent is retried when the connection is back.
 */
export class PaperSheet extends Reactive {
    /**
     * @param {Object} orm
     * @param {Object} options `columns` of the list; `gathered`: names of those fields of the form
     *  that collect the values of a field of the same name of all lines; `onOutdated`: called when
     *  the server refuses a line, or when another user locked or unlocked one
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
        this.store = null;
        /** Whether the browser keeps every chosen file that is not sent yet. */
        this.keepsFiles = true;
    }

    get online() {
        return this.connection.online;
    }

    /** The arguments with which lines are read again. */
    get reading() {
        const { context } = this.list;
        return { context, specification: getLineSpecification(this.list, this.options.columns) };
    }

    /** Take the lines that the form view has loaded; unsent changes stay on top of them. */
    load(form, list) {
        this.form = form;
        this.list = list;
        this.drafts ||= markRaw(new PaperDrafts(list.resModel));
        this.store ||= markRaw(new PaperFileStore(this.drafts.prefix));
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

    /** Have a change by another widget saved with its line, and not with the form. */
    adopt(record, line) {
        if (!line) {
            line = new PaperLine(record);
            this.drafts.recall(line);
            line.status = line.hasUnsent ? "waiting" : "saved";
        }
        line.record = record;
        makeEditable(record);
        onWidgetChange(record, (vals) => this.write(line, vals));
        return line;
    }

    // ------------------------------------------------------------------ changes by the user

    /**
     * Mark a line with a grade, with NOT_APPLICABLE, or with null for no mark, and save it at once.
     * An onchange of a measured value that is still under way may set another mark afterwards: the
     * mark that the user clicked is then written again.
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

    /** Change a text; it is saved when the user pauses or leaves the field. */
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

    async addFiles(line, files) {
        line.files.push(...files);
        await this.keepFiles(line);
        await this.send(line);
    }

    async keepFiles(line) {
        this.keepsFiles = (await this.store.keep(line)) || !line.files.length;
    }

    /** Take up the files that an earlier visit left unsent. */
    async recallFiles() {
        for (const line of this.lines) {
            const files = await this.store.recall(line);
            if (files.length) {
                line.files.unshift(...files);
                line.status = "waiting";
            }
        }
    }

    removeFile(line, id) {
        const commands = line.unsent.attachment_ids || [];
        return this.write(line, { attachment_ids: [...commands, x2ManyCommands.unlink(id)] });
    }

    /** Drop the changes that the server refused. */
    discard(line) {
        Object.assign(line, { unsent: {}, base: {}, files: [], status: "saved", refusal: "" });
        forgetChanges(line.record);
        this.drafts.keep(line);
        return this.keepFiles(line);
    }

    // ------------------------------------------------------------------ saving

    get unsentLines() {
        return this.lines.filter((line) => line.hasUnsent);
    }

    /** Send all lines that wait. */
    flush() {
        return Promise.all(this.unsentLines.map((line) => this.release(line)));
    }

    /** Send what an earlier visit left unsent, unless another user changed it meanwhile. */
    async sendRecalled() {
        this.holdOvertaken();
        await this.flush();
        await this.recallFiles();
        await this.flush();
    }

    /** Send the changes of a line, unless the server refused them: then the user decides. */
    async release(line) {
        if (line.status !== "refused") {
            await this.send(line);
        }
    }

    /** Send the unsent changes of a line: one request at a time, each with all of them. */
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
        line.markSaved(vals);
        this.show(line, values);
    }

    /** Send the chosen files, one a request. A refused file is dropped, and named in the error. */
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
            await this.keepFiles(line);
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

    // ------------------------------------------------------------------ answers of the server

    /** Show the server's values of a line, also in the fields of the form that gather them. */
    show(line, values) {
        applyServerValues(line.record, values);
        for (const name of this.options.gathered.filter((name) => name in values)) {
            this.gather(line, name);
        }
    }

    /**
     * Replace a line's entries in a gathered field of the form. The entries are in the order of the
     * lines; those about the form as a whole come last.
     */
    gather(line, name) {
        const others = (this.form.data[name] || []).filter(({ line_id }) => line_id !== line.id);
        const ids = this.lines.map(({ id }) => id);
        const gathered = sortBy([...others, ...(line.data[name] || [])], ({ line_id }) =>
            line_id ? ids.indexOf(line_id) : ids.length
        );
        applyServerValues(this.form, { [name]: gathered });
    }

    // ------------------------------------------------------------------ changes by other users

    /** Read what other users changed, then send what waits. */
    async sync() {
        if (await this.refresh()) {
            this.holdOvertaken();
            await this.flush();
        }
    }

    /** Read the lines changed since the last poll; unsent changes stay on top of them. */
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

    /** Never overwrite another user's newer change without asking. */
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

    /** Send a line after a pause, with all that is typed until then. */
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
