#!/bin/bash
# Installs the addon if the database does not have it yet, then runs Odoo with the arguments
# given. The PG* variables name the database server; the passwords are files, so that neither the
# container nor Odoo has them in its environment.
set -euo pipefail

# The file of passwords of libpq; a colon and a backslash in one are written with a backslash.
( umask 077 && sed 's/[\\:]/\\&/g; s/^/*:*:*:*:/' /run/secrets/postgres_password > "$PGPASSFILE" )

is_installed() {
    psql --dbname=assessment --no-align --tuples-only --command \
        "SELECT state FROM ir_module_module WHERE name = 'it_kpi_assessment'" 2>/dev/null \
        | grep --quiet '^\(installed\|to upgrade\)$'
}

# The addon comes last: after an interrupted first start the next one repeats all of it.
install() {
    odoo --init=base --load-language=zh_CN --stop-after-init --no-http
    odoo shell --no-http < "$(dirname "$0")/set_admin_password.py"
    odoo --init=it_kpi_assessment,queue_job --stop-after-init --no-http
}

is_installed || install
exec odoo "$@"
