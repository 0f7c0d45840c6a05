from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.html_editor.controllers.main import HTML_Editor

# What a modified copy of a picture may be; SVG can hold scripts.
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")


class EditorController(HTML_Editor):
    """Routes of Odoo's text editor that the addon closes or narrows."""

    @http.route(auth="user")
    def link_preview_metadata(self, preview_url):
        """Fetch a page for its preview only if an administrator has switched previews on.

        Odoo lets strangers use this route, to read addresses of the bureau's own network.
        """
        if not self._has_link_previews():
            return False
        return super().link_preview_metadata(preview_url)

    @http.route()
    def link_preview_metadata_internal(self, preview_url):
        if not self._has_link_previews():
            return {}
        return super().link_preview_metadata_internal(preview_url)

    def _has_link_previews(self):
        return request.env["mail.link.preview"]._is_link_preview_enabled()

    @http.route()
    def modify_image(self, attachment, mimetype=None, **values):
        """Copy pictures only: Odoo keeps the kind that the caller names, HTML included, and makes
        a link to it that needs no login."""
        if not request.env.user._is_system() and (mimetype or attachment.mimetype) not in PICTURES:
            raise UserError(request.env._("Only pictures can be changed here."))
        return super().modify_image(attachment, mimetype=mimetype, **values)
