import { MessagingMenu } from "@mail/core/public_web/messaging_menu";
import "@mail/core/web/messaging_menu_patch"; // ours comes after it
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

/** What leads to odoo.com has no place in a bureau. */
const menu = registry.category("user_menuitems");
for (const name of ["support", "odoo_account"]) {
    menu.remove(name);
}

/** The bubble counts messages only, and not that Odoo would like to notify or be installed. */
patch(MessagingMenu.prototype, {
    get canPromptToInstall() {
        return false;
    },
    get shouldAskPushPermission() {
        return false;
    },
});
