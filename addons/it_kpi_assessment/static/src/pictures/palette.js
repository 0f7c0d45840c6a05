/**
 * Colours that people with any kind of colour blindness can distinguish (Okabe and Ito). Nothing is
 * shown by colour alone: bars and points have words and numbers, lines have dashes and shapes.
 */
export const BLUE = "#0072B2";
export const ORANGE = "#D55E00";

const tint = (rgb, alpha) => `background-color: rgba(${rgb}, ${alpha.toFixed(2)})`;

/** The background of a score: the more of the points were earned, the deeper. */
export const tintShare = (share) => tint("0, 114, 178", Math.max(0, (share - 0.3) / 0.7) / 2);

/** The background of a gap: orange where the unit marks itself higher, blue where it is lower. */
export function tintGap(share) {
    const alpha = Math.min(1, Math.abs(share) / 0.6) / 2;
    return tint(share > 0 ? "213, 94, 0" : "0, 114, 178", alpha);
}
