-- The roles of one PostgreSQL cluster. Run by an administrator, once or many times:
-- `manage.py create_roles` in production, the embedded servers at each start.
-- Good for PostgreSQL 15 and later. Passwords are no business of this file.

-- Two runs at the same moment would both find a role missing.
select pg_advisory_xact_lock(hashtext('balcao roles'));

do $$
declare
  kind record;
begin
  for kind in
    select * from (values
      -- Taken with the scope, inside a transaction. They own nothing and never log in.
      ('balcao_staff', 'nologin'),
      ('balcao_portal', 'nologin'),
      ('balcao_visitor', 'nologin'),
      -- Owns every table; migrations run as this one.
      ('balcao_owner', 'login createdb'),
      -- The application. It sees nothing before it takes one of the three above.
      ('balcao_app', 'login noinherit'),
      -- Reads all rows of all companies, for pg_dump.
      ('balcao_backup', 'login')
    ) as wanted (name, attributes)
  loop
    if not exists (select from pg_roles where rolname = kind.name) then
      execute format('create role %I %s', kind.name, kind.attributes);
    end if;
  end loop;
end $$;

-- The application can take the roles, and has nothing of theirs until it does.
alter role balcao_app noinherit;
grant balcao_staff, balcao_portal, balcao_visitor to balcao_app;

-- A managed server's administrator is no superuser, and may hand things over to the
-- owner only as a member of it.
do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant balcao_owner to %I', current_user);
  end if;
end $$;

-- Row-level security compares with these settings. An empty list shows nothing, while
-- a missing one is an error at the first cast. They belong to the roles because
-- PgBouncer drops what a client asks for when it connects.
do $$
declare
  role_name text;
  setting_name text;
begin
  foreach role_name in array array['balcao_app', 'balcao_owner'] loop
    foreach setting_name in array
      array['companies', 'customers', 'records']
    loop
      execute format('alter role %I set app.%I to %L', role_name, setting_name, '{}');
    end loop;
  end loop;
exception when insufficient_privilege then
  raise notice 'Not allowed to give roles their empty settings: connect with options instead.';
end $$;

-- Some managed servers refuse these two; their own backup does the work then.
do $$
begin
  alter role balcao_backup bypassrls;
  grant pg_read_all_data to balcao_backup;
exception when insufficient_privilege then
  raise notice 'Not allowed to let balcao_backup read everything: pg_dump needs another role.';
end $$;
