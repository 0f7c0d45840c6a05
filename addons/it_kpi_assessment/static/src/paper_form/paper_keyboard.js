import { useEffect } from "@odoo/owl";

const STEPS = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Home: [0, -Infinity],
    End: [0, Infinity],
};

/**
 * The keyboard of the table: Tab reaches one cell, arrows move from cell to cell, the letter of a
 * grade (N for 无此项) marks and, unless the user switched it off, goes on to the next line; Space marks
 * the focused cell, Delete removes the mark, Enter goes to the text of the line, Escape returns from
 * there.
 */
class PaperKeyboard {
    constructor(form) {
        this.form = form;
        this.selector = null;
    }

    focusCell(line, mark) {
        const { state, sheet, root } = this.form;
        state.currentId = line.id;
        const column = sheet.marks.findIndex(({ id }) => id === mark);
        state.column = column < 0 ? state.column : column;
        const cell = `[data-line="${line.id}"] [data-column="${state.column}"]`;
        root.el.querySelector(cell)?.focus();
        root.el.querySelector(`[data-line="${line.id}"]`)?.scrollIntoView({ block: "nearest" });
        root.el.querySelector(".o_paper_phone")?.scrollIntoView();
    }

    /** Focus the element that matches, now or once it has been rendered. */
    focusSoon(selector) {
        this.selector = selector;
        this.focusWanted();
    }

    focusWanted() {
        const element = this.selector && this.form.root.el?.querySelector(this.selector);
        if (element) {
            this.selector = null;
            element.focus();
        }
    }

    onFocusin(ev) {
        const column = ev.target.dataset.column;
        if (column !== undefined) {
            this.form.state.column = Number(column);
        }
    }

    onKeydown(ev) {
        const { column } = ev.target.dataset;
        if (column === undefined || ev.ctrlKey || ev.altKey || ev.metaKey || ev.isComposing) {
            return;
        }
        if (this.press(ev.key, Number(column))) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    /** Handle a key; return whether it has a meaning here. */
    press(key, column) {
        const { form } = this;
        const line = form.current;
        if (key in STEPS) {
            this.move(STEPS[key], column);
        } else if (key === "Enter") {
            form.openText(line);
        } else if (key === " ") {
            form.mark(line, form.sheet.marks[column].id);
        } else if (key === "Delete" || key === "Backspace") {
            form.mark(line, null);
        } else {
            return this.markByLetter(line, key);
        }
        return true;
    }

    markByLetter(line, key) {
        const mark = this.form.sheet.marks.find((mark) => mark.key === key.toUpperCase());
        if (mark) {
            this.form.mark(line, mark.id);
            const { lines } = this.form.sheet;
            const next = this.form.state.advances && lines[lines.indexOf(line) + 1];
            this.focusCell(next || line, mark.id);
        }
        return Boolean(mark);
    }

    move([rows, columns], column) {
        const { current } = this.form;
        const { lines, marks } = this.form.sheet;
        const limit = (index, { length }) => Math.max(0, Math.min(length - 1, index));
        const line = lines[limit(lines.indexOf(current) + rows, lines)];
        this.focusCell(line, marks[limit(column + columns, marks)].id);
    }
}

export function usePaperKeyboard(form) {
    const keyboard = new PaperKeyboard(form);
    useEffect(() => keyboard.focusWanted());
    return keyboard;
}
