-- Since 2026-10-30 what a migration creates in public is granted to nobody: no tables, no sequences, no functions by
-- default. What remains is PostgreSQL's own rule that PUBLIC may execute new functions, so a function that is not
-- revoked can be called by anon here as on a hosted project.

alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on functions from anon, authenticated, service_role;
