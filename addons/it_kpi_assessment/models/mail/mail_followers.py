from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class MailFollowers(models.Model):
    """Followers of the addon's records are shown to those who may read the record.

    Odoo shows every employee who follows what, and with it who records an inspection of whom.
    """

    _inherit = "mail.followers"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        hidden = self.browse() if self.env.su else self._get_hidden()
        if not hidden:
            return result
        if result:
            return result[0] | hidden, result[1]
        return hidden, lambda: AccessError(
            self.env._("Who follows a record is shown to those who may read it.")
        )

    @api.model
    def _get_readable_domain(self):
        """Return the domain of the followers of what the user may read."""
        readable = Domain("res_model", "not =like", "it.kpi.%")
        for name in self._get_followed_models():
            records = self.env[name].with_context(active_test=False)
            if records.has_access("read"):
                query = records._search([])
                readable |= Domain("res_model", "=", name) & Domain("res_id", "in", query)
        return readable

    @api.model
    def _get_followed_models(self):
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("it.kpi.")
            and not model._abstract
            and "message_follower_ids" in model._fields
        ]

    def _get_hidden(self):
        """Return the followers among these whose record the user may not read."""
        hidden = self.browse()
        for name, followers in self.sudo().grouped("res_model").items():
            if (name or "").startswith("it.kpi.") and name in self.env:
                records = self.env[name].browse(followers.mapped("res_id")).exists()
                readable = records._filtered_access("read")
                hidden += followers.filtered(
                    lambda follower, ids=set(readable.ids): follower.res_id not in ids
                )
        return hidden.with_env(self.env)
