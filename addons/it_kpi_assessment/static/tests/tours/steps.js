/** Steps that all tours share. */

export const see = (content, trigger) => ({ content, trigger });

export const click = (content, trigger) => ({ content, trigger, run: "click" });

export const back = () => click("Go back", ".o_breadcrumb .breadcrumb-item a:last");
