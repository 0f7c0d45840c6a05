"""What holds for every test of the suite.

A test that did not run is a test that failed: a browser tour without a browser, and a request
to the server without ``--odoo-http``, are skipped by Odoo in silence.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests.common import BaseCase, HttpCase, get_db_name
from odoo.tools import config

# Odoo tags the tests that it finds inside addons; these are outside.
BaseCase.test_tags = {"standard", "post_install"}

# The classes that take minutes: they begin, so that no process works alone at the end.
LONGEST = {"test_api_fields", "test_api_moves", "test_year_tour"}

# What every screen of the tests loads.
BUNDLES = ("web.assets_web", "web.assets_tests")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture(scope="session", autouse=True)
def built_screens(load_registry, request):
    """Build the scripts and styles of the screens, as Odoo does before its own tests of them.

    What a class of tests builds is rolled back with its transaction, and the next would rebuild it.
    """
    classes = {item.cls for item in request.session.items if item.cls}
    if not any(issubclass(each, HttpCase) for each in classes):
        return
    with Registry(get_db_name()).cursor() as cr:
        pages = api.Environment(cr, SUPERUSER_ID, {})["ir.qweb"]
        for bundle in BUNDLES:
            pages._get_asset_bundle(bundle, css=False, js=True).js()
            pages._get_asset_bundle(bundle, css=True, js=False).css()


def pytest_sessionstart(session):
    """Give each of several processes files of its own, as pytest-odoo gives it a database."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    (database,) = config["db_name"]
    own = tempfile.mkdtemp(prefix="data-")
    session.config.add_cleanup(lambda: shutil.rmtree(own, ignore_errors=True))
    shutil.copytree(config.filestore(database), Path(own, "filestore", database))
    config["data_dir"] = own


def _fail_if_skipped(report):
    """Turn the report of a skipped test, or test file, into a failure that names the reason."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Skipped tests count as failures here: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _fail_if_skipped((yield))
