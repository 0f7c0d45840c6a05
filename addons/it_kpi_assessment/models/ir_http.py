from odoo import models
from odoo.http import Response, request
from odoo.tools import config

from ..const import AT_ONCE
from ..tools.odoo_words import put_words
from ..tools.text import make_all_storable

# Pages of Odoo's module auth_signup.
RESET_PASSWORD = "/web/reset_password"
SIGN_UP = "/web/signup"


def check_signaling_on_primary(env):
    """Check registry and cache signaling on the primary, so that revoked roles take effect at once.

    Odoo checks it on the replica at the beginning of every request, and a replica may lag.
    """
    if config["db_replica_host"] and not env.cr.readonly:
        env.registry.check_signaling(env.cr)


def _add_flags(cookie, flags):
    """Return the header of a cookie, with these flags if it is the login session's."""
    if not cookie.startswith("session_id="):
        return cookie
    given = {part.strip().casefold() for part in cookie.split(";")}
    return "; ".join([cookie, *(flag for flag in flags if flag.casefold() not in given)])


class IrHttp(models.AbstractModel):
    """Requests to the primary database server run with the rights that hold there.

    Pages that need no login do not say who has an account here.
    """

    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        check_signaling_on_primary(request.env)
        return super()._authenticate(endpoint)

    @classmethod
    def _dispatch(cls, endpoint):
        """Take out of the request's texts what the database cannot hold, and close what tells of
        accounts.

        Every route passes here: values, domains, names of files and the texts that methods take. A
        NUL or half a surrogate pair would otherwise end as an error of the database's driver.
        """
        request.params = make_all_storable(request.params)
        routes = endpoint.routing["routes"]
        if RESET_PASSWORD in routes or SIGN_UP in routes:
            # With it, Odoo answers whether a mail address has an account, and with which login.
            request.params.pop("signup_email", None)
        if RESET_PASSWORD in routes:
            endpoint = cls._as_discreet(endpoint)
        return super()._dispatch(endpoint)

    @classmethod
    def _as_discreet(cls, endpoint):
        """Return the page that mails a link to a new password, with one answer for every login.

        Odoo's answer tells a login that exists from one that does not, and the name behind it.
        """

        def discreet(**params):
            response = endpoint(**params)
            is_answer = request.httprequest.method == "POST" and isinstance(response, Response)
            if is_answer and response.is_qweb and not response.qcontext.get("token"):
                response.qcontext.pop("error", None)
                response.qcontext["message"] = request.env._(
                    "If this login has an account with a mail address, a link to a new password "
                    "was sent to that address."
                )
            return response

        discreet.routing = endpoint.routing
        return discreet

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        cls._protect_session_cookie(response)
        return result

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        cls._protect_session_cookie(response)
        return response

    @staticmethod
    def _protect_session_cookie(response):
        """Have the browser send the cookie of the login session from our own pages only, and where
        it came by https, never without encryption.

        Behind a proxy that ends TLS, Odoo knows of it by ``proxy_mode``.
        """
        headers = getattr(response, "headers", None)
        if headers is None or "Set-Cookie" not in headers:
            return
        flags = ["SameSite=Lax"]
        if request.httprequest.scheme == "https":
            flags.append("Secure")
        cookies = headers.getlist("Set-Cookie")
        headers.setlist("Set-Cookie", [_add_flags(cookie, flags) for cookie in cookies])

    def _get_translations_for_webclient(self, modules, lang):
        """Put the words of a bureau in place of Odoo's own on its pages, and of English ones."""
        translations, parameters = super()._get_translations_for_webclient(modules, lang)
        return put_words(translations, lang or self.env.context.get("lang")), parameters

    def session_info(self):
        """Add how many documents the web client prints itself; more are printed by a job."""
        return {**super().session_info(), "it_kpi_printed_at_once": AT_ONCE}
