import { ConnectionLostError } from "@web/core/network/rpc";

const UPLOAD_ROUTE = "/web/binary/upload_attachment";

/** Upload a file as evidence of a line; the answer tells its id. A refusal says why. */
export async function uploadEvidence(http, resModel, id, file) {
    const params = { csrf_token: odoo.csrf_token, ufile: [file], model: resModel, id };
    let answers;
    try {
        answers = JSON.parse(await http.post(UPLOAD_ROUTE, params, "text"));
    } catch (error) {
        // fetch itself throws a TypeError when there is no connection
        throw error instanceof TypeError ? new ConnectionLostError(UPLOAD_ROUTE) : error;
    }
    if (answers[0].error) {
        throw new Error(answers[0].error);
    }
    return answers[0].id;
}
