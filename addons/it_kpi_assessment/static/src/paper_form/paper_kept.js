import { onWillUnmount } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

const PAPER_KEPT = "it_kpi_assessment/paper_kept";

/** Read the form again when a signed version of it has been printed in the background. */
export function usePaperKept(paper) {
    const bus = useService("bus_service");
    const show = ({ model, id }) => {
        const { resModel, resId } = paper.props.record;
        if (model === resModel && id === resId) {
            paper.reload();
        }
    };
    bus.subscribe(PAPER_KEPT, show);
    onWillUnmount(() => bus.unsubscribe(PAPER_KEPT, show));
}
