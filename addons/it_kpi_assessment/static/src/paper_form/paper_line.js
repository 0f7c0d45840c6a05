import { _t } from "@web/core/l10n/translation";
import { Reactive } from "@web/core/utils/reactive";
import { formatFloat } from "@web/views/fields/formatters";

/** How the mark 无此项 is named where grades are named by their id. */
export const NOT_APPLICABLE = "N";
const UNLINK = 3;

/** A value as it is written: of a many2one the id. */
function getPlain(value) {
    return value && typeof value === "object" && "id" in value ? value.id : value;
}

export const formatPoints = (points) => formatFloat(points, { digits: [false, 2] });

/**
 * One line of the form: what the server said last (`record`), and on top of it what is not on the
 * server yet (`unsent`: values as they are written; `files`: chosen files). `base` holds what stood
 * in place of the unsent values when the user began to change them.
 */
export class PaperLine extends Reactive {
    constructor(record) {
        super();
        this.record = record;
        this.unsent = {};
        this.base = {};
        this.files = [];
        /** the mark that the user chose last by himself */
        this.lastClick = null;
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
        return name in this.unsent ? this.unsent[name] : this.shown(name);
    }

    /** The value that the record shows: what the server said, and on top of it what a widget expects. */
    shown(name) {
        return getPlain(this.data[name]);
    }

    /** The value that the server said last; false if there is none. */
    told(name) {
        const value = getPlain(this.record._values[name]) ?? false;
        return value === "" ? false : value;
    }

    text(name) {
        return this.value(name) || "";
    }

    /** Take a change of the user, to be sent. It takes the place of what a widget expected. */
    change(vals) {
        for (const name in vals) {
            if (Array.isArray(vals[name])) {
                continue;
            }
            if (!(name in this.unsent)) {
                this.base[name] = this.told(name);
            }
            if (this.shown(name) !== vals[name]) {
                delete this.record._changes[name];
            }
        }
        Object.assign(this.unsent, vals);
        this.status = "waiting";
    }

    /**
     * What the server has taken is no longer unsent, unless it was changed again meanwhile. What
     * the record was expected to say because of it gives way to what the server says.
     */
    settle(vals) {
        for (const name in vals) {
            if (this.unsent[name] === vals[name]) {
                delete this.unsent[name];
                delete this.base[name];
            }
        }
        for (const name in this.record._changes) {
            if (!(name in this.unsent)) {
                delete this.record._changes[name];
            }
        }
    }

    /** What is unsent waits for the user, who is told why. */
    refuse(reason) {
        this.status = "refused";
        this.refusal = reason;
    }

    /** Somebody else changed what the user has changed as well, and to something else. */
    get isOvertaken() {
        return Object.entries(this.base).some(([name, base]) => {
            const told = this.told(name);
            return told !== base && told !== this.unsent[name];
        });
    }

    get mark() {
        return this.value("not_applicable") ? NOT_APPLICABLE : this.value("grade_id") || null;
    }

    /** The mark that the unit gave itself, where an assessor may see it. */
    get ownMark() {
        return this.shown("own_grade_id") || (this.data.own_mark ? NOT_APPLICABLE : null);
    }

    /** What the grade earns; null without one, and until the server has reckoned it. */
    get score() {
        const isKnown = this.data.grade_id && !("grade_id" in this.unsent);
        return isKnown ? this.data.score : null;
    }

    /** What the mark earns, in words: of 无此项 the mean of the other units. */
    get earned() {
        if (this.mark === NOT_APPLICABLE) {
            return _t("mean");
        }
        return this.score === null ? "…" : formatPoints(this.score);
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

    /** The evidence that the server has, without what is to be taken away. */
    get attachments() {
        const commands = this.unsent.attachment_ids || [];
        const removed = commands.filter(([code]) => code === UNLINK).map(([, id]) => id);
        return this.data.attachment_ids.records
            .filter(({ resId }) => !removed.includes(resId))
            .map(({ resId, data }) => ({ id: resId, ...data }));
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
