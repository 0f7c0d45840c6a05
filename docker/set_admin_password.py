"""Runs in Odoo's shell on the first start, before any server answers with the default password."""

import sys
from pathlib import Path

password = Path("/run/secrets/admin_password").read_text().strip("\r\n")
if not password:
    sys.exit("Set ADMIN_PASSWORD in .env, and start again.")
admin = env.ref("base.user_admin")  # noqa: F821
admin.write({"password": password, "lang": "zh_CN", "tz": "Asia/Shanghai"})
env.cr.commit()  # noqa: F821
