import { _t } from "@web/core/l10n/translation";
import { Reactive } from "@web/core/utils/reactive";
import { formatFloat } from "@web/views/fields/formatters";
import { forgetChange, getChangedNames, getServerValue } from "./paper_record";

/** The mark 无此项, where other marks are the ids of grades. */
export const NOT_APPLICABLE = "N";
const UNLINK = 3;

/** A value in the format of `write`: the id of a many2one. */
function getPlain(value) {
    return value && typeof value === "object" && "id" in value ? value.id : value;
}

export const formatPoints = (points) => formatFloat(points, { digits: [false, 2] });

/**
 * One line of the form: the values that the server sent last (`record`), and on top of them what is
 * not on the server yet (`unsent`: values in the format of `write`; `files`: chosen files). `base`
 * holds the server's values of the unsent fields from when the user began to change them.
 */
export class PaperLine extends Reactive {
    constructor(record) {
        super();
        this.record = record;
        this.unsent = {};
        this.base = {};
        this.files = [];
        /** the mark that the user clicked last */
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

    /** The value of a field as the user left it, sent or not; the id of a many2one. */
    value(name) {
        return name in this.unsent ? this.unsent[name] : this.shown(name);
    }

    /** The value that the record shows: the server's, or a widget's change on top of it. */
    shown(name) {
        return getPlain(this.data[name]);
    }

    /** The value that the server sent last; false if there is none. */
    stored(name) {
        const value = getPlain(getServerValue(this.record, name)) ?? false;
        return value === "" ? false : value;
    }

    text(name) {
        return this.value(name) || "";
    }

    /** Take a change of the user, to be sent. It replaces a widget's change of the same field. */
    change(vals) {
        for (const name in vals) {
            if (Array.isArray(vals[name])) {
                continue;
            }
            if (!(name in this.unsent)) {
                this.base[name] = this.stored(name);
            }
            if (this.shown(name) !== vals[name]) {
                forgetChange(this.record, name);
            }
        }
        Object.assign(this.unsent, vals);
        this.status = "waiting";
    }

    /**
     * The server has saved these values: they are no longer unsent, unless the user changed them
     * again meanwhile. Widgets' changes of all other fields give way to the server's values.
     */
    markSaved(vals) {
        for (const name in vals) {
            if (this.unsent[name] === vals[name]) {
                delete this.unsent[name];
                delete this.base[name];
            }
        }
        for (const name of getChangedNames(this.record)) {
            if (!(name in this.unsent)) {
                forgetChange(this.record, name);
            }
        }
    }

    /** Keep what is unsent until the user decides, and show why the server refused it. */
    refuse(reason) {
        this.status = "refused";
        this.refusal = reason;
    }

    /** Another user changed one of the unsent fields meanwhile, and to another value. */
    get isOvertaken() {
        return Object.entries(this.base).some(([name, base]) => {
            const stored = this.stored(name);
            return stored !== base && stored !== this.unsent[name];
        });
    }

    get mark() {
        return this.value("not_applicable") ? NOT_APPLICABLE : this.value("grade_id") || null;
    }

    /** The unit's own mark, where the assessor may see it. */
    get ownMark() {
        return this.shown("own_grade_id") || (this.data.own_mark ? NOT_APPLICABLE : null);
    }

    /** Whether no mark changes the points: published, zeroed by an incident, or not filed. */
    get isSettled() {
        return Boolean(this.data.is_settled);
    }

    /**
     * What the line counts now, as in every print; null without a grade, and until the server has
     * computed it.
     */
    get score() {
        if (this.isSettled) {
            return this.data.counted_score;
        }
        const isKnown = this.data.grade_id && !("grade_id" in this.unsent);
        return isKnown ? this.data.score : null;
    }

    /** Whether the line gets its points on publication: 无此项 earns the mean of the other units. */
    get awaitsMean() {
        return this.mark === NOT_APPLICABLE && !this.isSettled;
    }

    /** The score as text. */
    get earned() {
        if (this.awaitsMean) {
            return _t("mean");
        }
        if (this.data.origin === "dropped") {
            return "–";
        }
        return this.score === null ? "…" : formatPoints(this.score);
    }

    /** Why other points count than those of the grade; empty while they follow the mark. */
    get pointsNote() {
        return (this.isSettled && this.data.points_note) || "";
    }

    get lockReason() {
        return this.data.lock_reason;
    }

    /** Whether evidence can be added now. */
    get takesFiles() {
        return this.has("attachment_ids") && !this.lockReason;
    }

    get isExplained() {
        return !this.has("explanation") || Boolean(this.text("explanation").trim());
    }

    get lacksReason() {
        return Boolean(this.data.lacks_reason) && !this.text("remark").trim();
    }

    /** Whether a check blocks the signature; those of marks and explanations show at once. */
    get isBlocked() {
        const atOnce = ["unmarked", "unexplained", "no_reason"];
        const found = this.data.findings || [];
        return found.some(({ effect, kind }) => effect === "block" && !atOnce.includes(kind));
    }

    get isMissing() {
        return !this.mark || !this.isExplained || this.lacksReason || this.isBlocked;
    }

    /** Whether the user has something to do: a gap to fill, or a returned line to correct. */
    get isToDo() {
        return !this.lockReason && (this.isMissing || this.data.returned);
    }

    /** The files on the server, without those that the user removed. */
    get attachments() {
        const commands = this.unsent.attachment_ids || [];
        const removed = commands.filter(([code]) => code === UNLINK).map(([, id]) => id);
        const { records = [] } = this.data.attachment_ids || {};
        return records
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
