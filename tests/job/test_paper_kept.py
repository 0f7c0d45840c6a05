"""A signed version that was printed in the background is shown by the page that is open."""

from odoo.addons.it_kpi_assessment.models.job.it_kpi_job_paper import PAPER_KEPT

from ..screens.pages import PagesCase

# Tests have no websocket: the script hears what the page subscribes to, and tells it itself.
SHOWN = """
const { action, bus_service: bus, orm } = odoo.__WOWL_DEBUG__.root.env.services;
const heard = [];
const { subscribe } = bus;
bus.subscribe = (type, callback) => {
    heard.push({ type, callback });
    return subscribe(type, callback);
};
const form = { type: "ir.actions.act_window", views: [[false, "form"]] };
await action.doAction({ ...form, res_model: told.model, res_id: told.id });
await find(".o_paper_table");
await settle();
check(!document.body.textContent.includes(told.name), "the paper is there already");
await orm.call("it.kpi.job", "action_resume", [[]]);
const tell = (id) =>
    heard
        .filter(({ type }) => type === told.kind)
        .forEach(({ callback }) => callback({ model: told.model, id }));
check(heard.some(({ type }) => type === told.kind), "nobody listens");
tell(told.id + 1);
await pause(500);
check(!all(".o_field_widget[name=document_ids]").length, "told of another form");
tell(told.id);
await find(".o_field_widget[name=document_ids]", told.name);
await settle();
"""


class TestPaperKept(PagesCase):
    def test_the_open_page_shows_the_paper(self):
        form = self.own_form
        name = "附件2（第9版）.pdf"

        def keep(jobs):
            jobs.env[form._name].browse(form.id)._keep_document(b"%PDF-1.7", name)

        self.patch(type(self.env["it.kpi.job"]), "action_resume", keep)
        self.assertFalse(form.document_ids)
        told = {"model": form._name, "id": form.id, "kind": PAPER_KEPT, "name": name}
        self.look("reporter", "", SHOWN, **told)
