"""What ``make run`` and ``make test`` need to bring up Odoo and PostgreSQL from a bare machine.

Standard library only: it runs before the virtual environment exists. Downloads are kept in
the user's cache folder (``paths.CACHE``), databases and logs in the checkout's ``.run``.
"""
