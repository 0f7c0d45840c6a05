import { Reactive } from "@web/core/utils/reactive";

/** How the mark 无此项 is named where grades are named by their id. */
export const NOT_APPLICABLE = "N";

/**
 * One line of the form: what the server said last (`record`), and on top of it what is not on the
 * server yet (`unsent`: values as they are written; `files`: chosen files).
 */
export class PaperLine extends Reactive {
    constructor(record) {
        super();
        this.record = record;
        this.unsent = {};
        this.files = [];
        /** "saved", "waiting" for the connection or the end of typing, "sending" or "refused" */
        this.status = "saved";
        this.refusal = "";
    }

    get id() {
        return this.record.resId;
    }

    get data() {
        return this.record.data;
    }

    get hasUnsent() {
        return Boolean(Object.keys(this.unsent).length || this.files.length);
    }

    has(name) {
        return name in this.record.activeFields;
    }

    /** The value of a field as the user left it, sent or not; of a many2one the id. */
    value(name) {
        return name in this.unsent ? this.unsent[name] : this.stored(name);
    }

    stored(name) {
        const value = this.data[name];
        return value && typeof value === "object" && "id" in value ? value.id : value;
    }

    text(name) {
        return this.value(name) || "";
    }

    get mark() {
        return this.value("not_applicable") ? NOT_APPLICABLE : this.value("grade_id") || null;
    }

    /** The mark that the unit gave itself, where an assessor may see it. */
    get ownMark() {
        return this.stored("own_grade_id") || (this.data.own_mark ? NOT_APPLICABLE : null);
    }

    get lockReason() {
        return this.data.lock_reason;
    }

    get isExplained() {
        return !this.has("explanation") || Boolean(this.text("explanation").trim());
    }

    get lacksReason() {
        return Boolean(this.data.lacks_reason) && !this.text("remark").trim();
    }

    get isMissing() {
        return !this.mark || !this.isExplained || this.lacksReason;
    }

    /** Something to do for the user: a gap to fill, or a returned line to correct. */
    get isToDo() {
        return !this.lockReason && (this.isMissing || this.data.returned);
    }

    get attachments() {
        return this.data.attachment_ids.records.map(({ resId, data }) => ({ id: resId, ...data }));
    }

    get criteria() {
        return this.data.criterion_ids.records.map(({ data }) => ({
            mark: data.grade_id.id,
            code: data.grade_id.display_name,
            text: data.text,
        }));
    }

    getCriterion(mark) {
        return this.criteria.find((criterion) => criterion.mark === mark)?.text || "";
    }
}
