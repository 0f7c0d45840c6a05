-- Runs once, on a new volume: the role and the database of Odoo. The role is no superuser; it may copy
-- the database, for the read replica, and see whether the replica keeps up.
\set password `cat /run/secrets/postgres_password`
CREATE ROLE odoo LOGIN REPLICATION PASSWORD :'password';
GRANT pg_read_all_stats TO odoo;
CREATE DATABASE assessment OWNER odoo;
\connect assessment
CREATE EXTENSION pg_trgm;
