"""Every public method of the addon is an interface that only some roles may call: ``METHODS``."""

import inspect

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from ..helpers.common import ROLES
from ..helpers.rights.calls import Calls, own_result
from ..helpers.rights.methods import METHODS
from ..helpers.rights.rpc import RpcCase

ADDON = "odoo.addons.it_kpi_assessment"


def is_own_function(owner, name, member):
    return inspect.isfunction(member) and owner.__module__.startswith(ADDON) and name != "__init__"


@tagged("post_install", "-at_install")
class TestRightsRpcMethods(Calls, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_calls()
        cls.env.flush_all()

    def get_own_functions(self, model):
        """Yield the names of what the addon itself defines on a model."""
        for owner in type(self.env[model]).__mro__:
            for name, member in vars(owner).items():
                if is_own_function(owner, name, member):
                    yield name

    def get_services(self):
        """Return the names of the addon's models without records that can be called by name.

        The other abstract models are there to be inherited: their methods are found on the heirs.
        """
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("it.kpi.") and model._abstract and not model._inherit_children
        ]

    def test_every_public_method_has_its_row(self):
        for model in (*self.get_own_models(), *self.get_services()):
            public = {
                name
                for name in self.get_own_functions(model)
                if not name.startswith("_") and not hasattr(self.env["base"], name)
            }
            self.assertEqual(public, set(METHODS.get(model, ())), model)

    def test_private_methods_are_no_interface(self):
        for model in (*self.get_own_models(), *self.get_services(), "it.kpi.workflow"):
            for name in set(self.get_own_functions(model)):
                if name.startswith("_"):
                    with self.subTest(model=model, name=name), self.assertRaises(AccessError):
                        get_public_method(self.env[model], name)
        self.refuse("division", self.review, "_freeze_scores")
        self.refuse("division", self.review, "_move", name="publish")

    def test_methods_are_refused_to_everyone_else(self):
        for model, calls in METHODS.items():
            for name, call in calls.items():
                with self.subTest(model=model, method=name):
                    self.check_call(name, call)

    def check_call(self, name, call):
        """Refuse all others; then let those who may show that it was not for another reason."""
        with self.env.cr.savepoint() as savepoint:
            records = call.records(self)
            if call.state:
                records.write({"state": call.state})
            arguments = call.get_arguments(records)
            target = call.get_target(records)
            if name == "ask":
                arguments["res_ids"] = own_result(self).ids
            for role in (*ROLES, "nobody", "other", "admin"):
                # The administrator is a member of the division.
                if {role, {"admin": "division"}.get(role, role)}.isdisjoint(call.roles):
                    self.refuse(role, target, name, **arguments)
            self.env.invalidate_all()
            self.check_allowed(target, name, call.roles, arguments)
            savepoint.rollback()
        self.env.invalidate_all()
        self.forget_snapshot()

    def check_allowed(self, records, name, roles, arguments):
        for role in roles:
            with self.env.cr.savepoint() as savepoint:
                getattr(records.with_user(self.users[role]), name)(**arguments)
                self.env.flush_all()
                savepoint.rollback()
            self.env.invalidate_all()
