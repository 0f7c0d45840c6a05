# make run      bring up Odoo with the demonstration year, serve until Ctrl-C, write out/ meanwhile
# make shell    Odoo's shell on that database; also: make shell < script.py
# make test     the tests, on a database of their own; also: make test ARGS="-k name"
# make lint     ruff, pylint-odoo and the checks of the OCA
# make translations   bring the Chinese catalogue up to the sources; says what is untranslated
# make pictures   take the pictures of docs/ from the demonstration; also: make pictures ARGS=images
# make bench    how long the addon takes, beside bare SQL; also: make bench SIZES="20 1000"
# make bench ONCE=1   a bureau of 100 000 units, once: 20 GB of memory, 40 GB of disk
# make bench-screens   how long people wait at the screen, in Chromium
# make load     many people at once, and while things break; also: make load ARGS=faults
# make old-database BEFORE=folder   keep a small database of the version before, for its test
# make check-update BEFORE=folder   update a whole one, and compare what it prints
# make check-word   have LibreOffice lay out the Word files of the demonstration, and measure them
# make clean    remove all that the others made, here and in the cache folder
#
# Variables: PORT (8069), SERVE (0: end after writing the files), DATABASE, PYTHON, SIZES, ONCE,
# USERS, ODOO_TREE or ODOO_PACKAGE (an Odoo 19 of your own), PGHOST or ODOO_RC (a PostgreSQL server of your own).

PYTHON ?= python3
SERVE ?= 1
PORT ?= 8069
DATABASE ?= it_kpi_assessment
export SERVE PORT DATABASE SIZES ONCE USERS BEFORE

.PHONY: run shell test lint translations pictures bench bench-screens load old-database check-update check-word clean

run shell test lint translations pictures bench bench-screens load old-database check-update check-word clean:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.10 to 3.13, or name one with PYTHON=." >&2; exit 1; }
	@$(PYTHON) -B -m tools $@ $(if $(filter test pictures load,$@),$(ARGS))
