import { IndexedDB } from "@web/core/utils/indexed_db";
import { getKey, setKey } from "./paper_files";

const TABLE = "unsent_files";

/**
 * Chosen files that are not on the server yet, kept in the browser beside the texts of `PaperDrafts`
 * and under the same prefix. A browser that keeps nothing, as in a private window, keeps none.
 */
export class PaperFileStore {
    constructor(prefix) {
        this.prefix = prefix;
        this.database = new IndexedDB("it_kpi_assessment", "1");
    }

    getPlace(line) {
        return `${this.prefix}/${line.id}`;
    }

    /** Keep the files of a line as they are now; return whether the browser did. */
    async keep(line) {
        const files = line.files.map((file) => ({ key: getKey(file), file }));
        try {
            await this.database.write(TABLE, this.getPlace(line), files);
            const kept = await this.database.read(TABLE, this.getPlace(line));
            return kept?.length === files.length;
        } catch {
            return false; // there is no room for them
        }
    }

    /** Return the files that an earlier visit left unsent, each with its key. */
    async recall(line) {
        const kept = (await this.database.read(TABLE, this.getPlace(line))) || [];
        return kept.map(({ key, file }) => setKey(file, key));
    }
}
