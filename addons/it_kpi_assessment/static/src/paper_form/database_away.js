/**
 * The exceptions with which a server answers that has lost its database, or found it too busy.
 * The load test (`bench/load`) reads this list as well: keep it a plain list of strings.
 */
export const DATABASE_AWAY = [
    "odoo.sql_db.PoolError",
    "psycopg2.InterfaceError",
    "psycopg2.OperationalError",
    "psycopg2.errors.AdminShutdown",
    "psycopg2.errors.CannotConnectNow",
    "psycopg2.errors.CrashShutdown",
    "psycopg2.errors.DeadlockDetected",
    "psycopg2.errors.DiskFull",
    "psycopg2.errors.SerializationFailure",
];
