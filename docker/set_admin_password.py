"""Runs in Odoo's shell on the first start: no server ever answers to a password everyone knows."""

import os

admin = env.ref("base.user_admin")  # noqa: F821
admin.write({"password": os.environ["ADMIN_PASSWORD"], "lang": "zh_CN", "tz": "Asia/Shanghai"})
env.cr.commit()  # noqa: F821
