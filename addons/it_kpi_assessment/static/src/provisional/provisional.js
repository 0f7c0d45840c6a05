import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";

const MODEL = "it.kpi.ranking";

/** The sentence on a ranking in which finals are missing; an empty text if none is. */
export function describeMissing(count, known) {
    return known === count
        ? ""
        : _t("Provisional ranking: %(known)s of %(count)s units have a final.", { count, known });
}

/** Return the sentences on the years of a domain in which finals are missing, each with its year. */
export async function readMissing(orm, domain) {
    const takesPart = [...domain, ["withdrawn", "=", false]];
    const groups = await orm.formattedReadGroup(MODEL, takesPart, ["cycle_id", "complete"], ["__count"]);
    const years = new Map();
    for (const { cycle_id: year, complete, __count } of groups) {
        const found = years.get(year[0]) || { name: year[1], count: 0, known: 0 };
        found.count += __count;
        found.known += complete ? __count : 0;
        years.set(year[0], found);
    }
    const several = years.size > 1;
    return [...years.values()]
        .map(({ name, count, known }) => ({ name: several ? name : "", text: describeMissing(count, known) }))
        .filter(({ text }) => text);
}

/** What stands above the live ranking while finals are missing. */
export class ProvisionalNote extends Component {
    static template = "it_kpi_assessment.ProvisionalNote";
    static props = { domain: Array };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ sentences: [] });
        onWillStart(() => this.load(this.props.domain));
        onWillUpdateProps(({ domain }) => this.load(domain));
    }

    async load(domain) {
        this.state.sentences = await readMissing(this.orm, domain);
    }
}

/** The control panel of the live ranking: the note stands below it, whatever the view. */
export class RankingControlPanel extends ControlPanel {
    static template = "it_kpi_assessment.RankingControlPanel";
    static components = { ...ControlPanel.components, ProvisionalNote };
}

for (const [name, view] of Object.entries({ list: listView, kanban: kanbanView })) {
    registry
        .category("views")
        .add(`it_kpi_ranking_${name}`, { ...view, ControlPanel: RankingControlPanel });
}
