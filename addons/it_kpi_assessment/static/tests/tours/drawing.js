/** Draw a line on the canvas of the signature dialog, as a pen does. */
function draw(canvas) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const point = (share) => ({
        bubbles: true,
        button: 0,
        buttons: 1,
        clientX: left + width * share,
        clientY: top + height * share,
        isPrimary: true,
        pointerId: 1,
        pressure: 0.5,
    });
    canvas.dispatchEvent(new PointerEvent("pointerdown", point(0.2)));
    for (const share of [0.4, 0.6, 0.8]) {
        canvas.ownerDocument.dispatchEvent(new PointerEvent("pointermove", point(share)));
    }
    canvas.ownerDocument.dispatchEvent(new PointerEvent("pointerup", { ...point(0.8), buttons: 0 }));
}

/** The steps in a dialog where the signature of this year is used again, after the password. */
export const signAgain = (password) => [
    {
        content: "Enter the password in place of drawing",
        trigger: ".modal:not(:has(canvas)) .o_it_kpi_password input",
        run: `edit ${password}`,
    },
    { content: "Hand it in", trigger: ".modal button[name=action_confirm]", run: "click" },
];

/** The steps in a dialog that requires a signature, until it is confirmed. */
export const drawSignature = () => [
    { content: "Draw it", trigger: ".modal canvas", run: ({ anchor }) => draw(anchor) },
    { content: "Hand it in", trigger: ".modal button[name=action_confirm]", run: "click" },
];
