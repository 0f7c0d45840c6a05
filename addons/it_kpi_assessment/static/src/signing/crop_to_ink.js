/** What is left around the ink, in pixels of the drawing. */
const MARGIN = 8;

/** Return `[left, top, right, bottom]` of what is drawn, or null if nothing is. */
function findInk({ data, width, height }) {
    let [left, top, right, bottom] = [width, height, -1, -1];
    for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
            if (data[4 * (y * width + x) + 3]) {
                left = Math.min(left, x);
                right = Math.max(right, x);
                top = Math.min(top, y);
                bottom = y;
            }
        }
    }
    return right < 0 ? null : [left, top, right, bottom];
}

/**
 * Return the drawing of a canvas (a data URL) without the empty paper around it: on a form it is
 * shown 60 pixels high, whatever the size of the window that it was drawn in.
 */
export function cropToInk(drawing) {
    const { width, height } = drawing;
    const ink = findInk(drawing.getContext("2d").getImageData(0, 0, width, height));
    if (!ink) {
        return drawing.toDataURL();
    }
    const [left, top, right, bottom] = ink;
    const canvas = document.createElement("canvas");
    canvas.width = right - left + 1 + 2 * MARGIN;
    canvas.height = bottom - top + 1 + 2 * MARGIN;
    canvas.getContext("2d").drawImage(drawing, MARGIN - left, MARGIN - top);
    return canvas.toDataURL();
}
