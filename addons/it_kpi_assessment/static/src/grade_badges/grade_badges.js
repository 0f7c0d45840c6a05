import { registry } from "@web/core/registry";
import {
    ListBadgeSelectionField,
    listBadgeSelectionField,
} from "@web/views/fields/badge_selection/list_badge_selection_field";

/**
 * The grades of a line as badges that mark with one click, also in a row that is not being
 * edited; a click on the chosen grade removes it. Stock badges need a first click to edit the row.
 */
export class GradeBadges extends ListBadgeSelectionField {
    getBadgeClassNames(option = false) {
        const chosen = option && option[0] === this.value;
        return chosen ? "active text-bg-primary" : super.getBadgeClassNames(option);
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

registry.category("fields").add("list.grade_badges", gradeBadges);
