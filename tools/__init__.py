"""What ``make run`` and ``make test`` need to bring up Odoo and PostgreSQL from a bare machine.

Standard library only: it runs before the virtual environment exists. Everything downloaded lies
in the user's cache folder (``paths.CACHE``), everything that runs in the checkout's ``.run``.
"""
