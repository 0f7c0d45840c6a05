#!/bin/bash
# Runs the read replica; on the first start, copies the primary server that PGHOST names. A
# replication slot keeps the log that the replica still needs, up to max_slot_wal_keep_size.
set -euo pipefail

copy_primary() {
    psql --dbname=assessment --quiet --set=password="$REPLICATION_PASSWORD" <<'SQL'
        SELECT 'CREATE ROLE replica' WHERE NOT EXISTS
            (SELECT FROM pg_roles WHERE rolname = 'replica') \gexec
        ALTER ROLE replica LOGIN REPLICATION PASSWORD :'password';
        SELECT pg_create_physical_replication_slot('replica') WHERE NOT EXISTS
            (SELECT FROM pg_replication_slots WHERE slot_name = 'replica');
SQL
    # Into another folder first: an interrupted copy is repeated, never started.
    rm --recursive --force "$PGDATA.new"
    PGPASSWORD=$REPLICATION_PASSWORD pg_basebackup --username=replica --slot=replica \
        --write-recovery-conf --checkpoint=fast --pgdata="$PGDATA.new"
    mv "$PGDATA.new" "$PGDATA"
}

[ -s "$PGDATA/PG_VERSION" ] || copy_primary
unset PGHOST PGUSER PGPASSWORD REPLICATION_PASSWORD
exec postgres "$@"
