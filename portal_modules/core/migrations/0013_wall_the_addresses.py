"""Walls around former aliases and host names, the trigger that keeps an alias, and the finders that look behind."""

from django.db import migrations

from portal_modules.core.walls import finder, wall

FOUND = "table (id bigint, version bigint, is_closed boolean)"

# Whoever takes an alias waits for whoever gives one up: the check sees what they have committed.
KEEP_ALIAS = [
    """
    create function core_keep_alias() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$ begin
        perform pg_advisory_xact_lock(hashtext('core_keep_alias'));
        if exists (select 1 from core_formeralias where alias = new.alias and company_id <> new.id) then
            raise unique_violation using
                message = 'This alias was another company''s.', constraint = 'core_formeralias_kept';
        end if;
        if tg_op = 'UPDATE' and new.alias <> old.alias then
            delete from core_formeralias where alias = new.alias;
            insert into core_formeralias (company_id, alias, retired_at) values (old.id, old.alias, now());
        end if;
        return new;
    end $$
    """,
    "create trigger keep_alias before insert or update of alias on core_company "
    "for each row execute function core_keep_alias()",
]
DROP_ALIAS = ["drop trigger keep_alias on core_company", "drop function core_keep_alias()"]


class Migration(migrations.Migration):
    dependencies = [("core", "0012_addresses")]

    operations = [
        wall("core_formeralias"),
        wall("core_companyhost"),
        migrations.RunSQL(KEEP_ALIAS, DROP_ALIAS),
        finder(
            "core_company_of_host",
            "wanted text",
            FOUND,
            "select id, version, closed_at is not null from core_company where own_host = wanted",
            ("staff", "portal", "visitor", "app"),
        ),
        finder(
            "core_alias_now",
            "wanted text",
            "text",
            "select c.alias from core_formeralias f join core_company c on c.id = f.company_id "
            "where f.alias = wanted and c.closed_at is null",
            ("app", "portal"),
        ),
        finder(
            "core_alias_holder",
            "wanted text",
            "bigint",
            "select coalesce((select id from core_company where alias = wanted), "
            "(select company_id from core_formeralias where alias = wanted))",
            ("staff", "portal"),
        ),
    ]
