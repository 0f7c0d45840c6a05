import { FileModel } from "@web/core/file_viewer/file_model";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";

/**
 * Return `open(file, files)`: it shows a picture, PDF or text in Odoo's viewer, from where the user
 * goes to the other `files`, and returns whether it can. A file is `{id, name, mimetype}`.
 */
export function useEvidenceViewer() {
    const viewer = useFileViewer();
    return (file, files) => {
        const models = files.map(({ id, name, mimetype }) =>
            Object.assign(new FileModel(), { id, name, mimetype })
        );
        const model = models.find(({ id }) => id === file.id);
        viewer.open(model, models);
        return model.isViewable;
    };
}
