"""Runs in Odoo's shell on the first start, before any server answers with the default password."""

import os

admin = env.ref("base.user_admin")  # noqa: F821
admin.write({"password": os.environ["ADMIN_PASSWORD"], "lang": "zh_CN", "tz": "Asia/Shanghai"})
env.cr.commit()  # noqa: F821
