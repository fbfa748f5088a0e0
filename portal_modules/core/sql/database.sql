-- One database of the cluster: who owns the schema, who may enter it, and the
-- extensions. Run after roles.sql, connected to that database, as its administrator.

alter schema public owner to balcao_owner;
revoke create on schema public from public;
grant usage on schema public
  to balcao_staff, balcao_portal, balcao_visitor, balcao_app, balcao_backup;

create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists btree_gist with schema public;

-- Counts statements where the server loads its library, and is of no use elsewhere.
do $$
begin
  if current_setting('shared_preload_libraries') like '%pg_stat_statements%' then
    create extension if not exists pg_stat_statements with schema public;
  end if;
exception when insufficient_privilege or undefined_file then
  raise notice 'Statements will not be counted: pg_stat_statements is not available.';
end $$;
