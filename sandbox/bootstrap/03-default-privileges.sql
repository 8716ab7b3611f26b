-- Since 2026-10-30, objects that a migration creates in public get no grants by default: no tables, no sequences, no
-- functions. PostgreSQL's own rule remains that PUBLIC may execute new functions, so anon can call a function that is not
-- revoked, here as in a hosted project.

alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on functions from anon, authenticated, service_role;
