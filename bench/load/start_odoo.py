"""Odoo as a script: with workers it starts itself once more, for the websocket, by its own path."""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
