"""Odoo as a script. It starts itself once more by the path of the script: after a reload, and with
workers for the websocket. ``python -m odoo`` has the path of a module, which is no script.
"""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
