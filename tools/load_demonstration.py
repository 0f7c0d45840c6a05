"""Load the addon's demonstration data and make the database Chinese. Runs in Odoo's shell.

Odoo would load it only together with its own demonstration data, whose English users and
companies have no place here.
"""

import os

from odoo.modules.module import Manifest
from odoo.tools.convert import convert_file

addon = os.environ["SCRIPT_ARGUMENTS"]

chinese = {"lang": "zh_CN", "tz": "Asia/Shanghai"}
env["res.users"].with_context(active_test=False).search([]).write(chinese)  # noqa: F821
for field, value in chinese.items():
    env["ir.default"].set("res.partner", field, value)  # noqa: F821

for file in Manifest.for_addon(addon)["demo"]:
    convert_file(env, addon, file, {}, "init", noupdate=True)  # noqa: F821
env.cr.commit()  # noqa: F821
