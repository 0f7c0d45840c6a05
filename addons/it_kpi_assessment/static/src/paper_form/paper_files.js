import { _t } from "@web/core/l10n/translation";
import { x2ManyCommands } from "@web/core/orm_service";
import { uuid } from "@web/core/utils/strings";
import { getDataURLFromFile } from "@web/core/utils/urls";

/** The key of every chosen file: the server stores a file once, however often it is sent. */
const keys = new WeakMap();

export function getKey(file) {
    if (!keys.has(file)) {
        keys.set(file, uuid());
    }
    return keys.get(file);
}

/** Give a file the key that it had on an earlier visit; return the file. */
export function setKey(file, key) {
    keys.set(file, key);
    return file;
}

/** Return the values that add a chosen file to a line's evidence. Raises if it cannot be read. */
export async function getAdding(file) {
    let url;
    try {
        url = await getDataURLFromFile(file);
    } catch {
        throw new Error(_t("This file cannot be read."));
    }
    const values = { name: file.name, datas: url.split(",")[1], upload_key: getKey(file) };
    return { attachment_ids: [x2ManyCommands.create(false, values)] };
}
