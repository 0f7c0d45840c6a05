#!/bin/bash
# Runs the read replica; on the first start, copies the primary server that PGHOST names. A
# replication slot keeps the log that the replica still needs, up to max_slot_wal_keep_size.
set -euo pipefail

PGPASSWORD=$(cat /run/secrets/postgres_password)
export PGPASSWORD

copy_primary() {
    psql --dbname=assessment --quiet --command \
        "SELECT pg_create_physical_replication_slot('replica') WHERE NOT EXISTS
            (SELECT FROM pg_replication_slots WHERE slot_name = 'replica')"
    # Into another folder first: an interrupted copy is repeated, never started.
    rm --recursive --force "$PGDATA.new"
    pg_basebackup --slot=replica --write-recovery-conf --checkpoint=fast --pgdata="$PGDATA.new"
    mv "$PGDATA.new" "$PGDATA"
}

[ -s "$PGDATA/PG_VERSION" ] || copy_primary
unset PGHOST PGUSER PGPASSWORD
exec postgres "$@"
