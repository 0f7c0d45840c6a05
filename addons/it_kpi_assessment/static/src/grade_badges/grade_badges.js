import { registry } from "@web/core/registry";
import {
    ListBadgeSelectionField,
    listBadgeSelectionField,
} from "@web/views/fields/badge_selection/list_badge_selection_field";

/**
 * The grades of a line as badges that mark with one click, in a list also while the row is not being
 * edited; a click on the chosen grade removes it. Stock badges need a first click to edit the row.
 */
export class GradeBadges extends ListBadgeSelectionField {
    getBadgeClassNames(option = false) {
        const chosen = option && option[0] === this.value;
        const names = super.getBadgeClassNames(option);
        return chosen ? { ...names, "text-bg-primary": true } : names;
    }

    onChange(value) {
        super.onChange(value === this.value ? false : value);
    }
}

export const gradeBadges = {
    ...listBadgeSelectionField,
    component: GradeBadges,
    supportedTypes: ["many2one"],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...listBadgeSelectionField.extractProps(fieldInfo, dynamicInfo),
        readonly: dynamicInfo.readonly,
    }),
};

registry.category("fields").add("grade_badges", gradeBadges);
