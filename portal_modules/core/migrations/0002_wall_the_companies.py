"""Walls around the kernel's tables, the finders that look behind them, and the counters of attempts."""

from django.db import migrations

from portal_modules.core.walls import (
    COMPANIES,
    OWN_COMPANY,
    Right,
    finder,
    wall,
)

OWN_ROW = Right(f"id = {COMPANIES}")
COMPANY_READS = Right(OWN_COMPANY)

FOUND = "table (id bigint, version bigint, is_closed boolean)"
FIND = "select id, version, closed_at is not null from core_company"

THROTTLE = [
    """
    create table core_throttle (
        key char(64) primary key,
        hits integer not null,
        began_at timestamptz not null
    )
    """,
    "revoke all on core_throttle from balcao_staff",
    """
    create function core_throttle_hit(who text, seconds integer) returns integer language sql volatile
    security definer set search_path = public, pg_temp as $$
        insert into core_throttle as t (key, hits, began_at) values (who, 1, clock_timestamp())
        on conflict (key) do update set
            hits = case when t.began_at < clock_timestamp() - make_interval(secs => seconds) then 1 else t.hits + 1 end,
            began_at = case when t.began_at < clock_timestamp() - make_interval(secs => seconds)
                            then clock_timestamp() else t.began_at end
        returning hits
    $$
    """,
    """
    create function core_throttle_wait(who text, attempts integer, seconds integer) returns integer
    language sql stable security definer set search_path = public, pg_temp as $$
        select coalesce((
            select greatest(0, ceil(extract(epoch from
                       began_at + make_interval(secs => seconds) - clock_timestamp())))::integer
              from core_throttle where key = who and hits >= attempts), 0)
    $$
    """,
    """
    create function core_throttle_forget(who text) returns void language sql volatile
    security definer set search_path = public, pg_temp as $$ delete from core_throttle where key = who $$
    """,
    """
    create function core_throttle_sweep() returns bigint language sql volatile
    security definer set search_path = public, pg_temp as $$
        with gone as (delete from core_throttle where began_at < clock_timestamp() - interval '1 day' returning 1)
        select count(*) from gone
    $$
    """,
    *(
        f"revoke all on function {function} from public; grant execute on function {function} to balcao_app"
        for function in (
            "core_throttle_hit(text, integer)",
            "core_throttle_wait(text, integer, integer)",
            "core_throttle_forget(text)",
            "core_throttle_sweep()",
        )
    ),
]
NO_THROTTLE = [
    "drop function core_throttle_hit(text, integer)",
    "drop function core_throttle_wait(text, integer, integer)",
    "drop function core_throttle_forget(text)",
    "drop function core_throttle_sweep()",
    "drop table core_throttle",
]


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        wall(
            "core_company",
            staff=Right(f"id = {COMPANIES}", ("select", "insert", "update")),
            portal=OWN_ROW,
            visitor=OWN_ROW,
        ),
        wall("core_companyevent", staff=Right(OWN_ROW.where, ("select", "insert"))),
        wall("core_channel", portal=COMPANY_READS, visitor=COMPANY_READS),
        wall("core_sociallink", portal=COMPANY_READS, visitor=COMPANY_READS),
        wall("core_companymodule", portal=COMPANY_READS, visitor=COMPANY_READS),
        wall("core_companysetting", portal=COMPANY_READS, visitor=COMPANY_READS),
        wall("core_staffmembership"),
        wall("core_staffmembershipevent", staff=Right(OWN_COMPANY, ("select", "insert"))),
        wall("core_sequence", portal=Right(OWN_COMPANY, ("select", "insert", "update"))),
        wall(
            "core_logentry",
            staff=Right(OWN_COMPANY, ("select", "insert")),
            portal=Right(OWN_COMPANY, ("insert",)),
        ),
        wall(
            "core_companygroup",
            staff=Right("id in (select group_id from core_company)", ("select",)),
        ),
        finder(
            "core_find_company",
            "wanted text, host text",
            FOUND,
            f"{FIND} where alias = coalesce(wanted, host)",
            ("portal", "staff", "app"),
        ),
        finder(
            "core_only_company",
            "",
            FOUND,
            f"{FIND} where (select count(*) from core_company where closed_at is null) = 1 and closed_at is null",
            ("portal", "app"),
        ),
        finder(
            "core_company_by_id", "wanted bigint", FOUND, f"{FIND} where id = wanted", ("portal", "staff")
        ),
        finder(
            "core_all_companies",
            "",
            FOUND,
            f"{FIND} where closed_at is null order by id",
            ("staff",),
        ),
        finder(
            "core_workplaces_of",
            "person bigint",
            "table (id bigint, version bigint, is_closed boolean, name varchar, role varchar)",
            "select c.id, c.version, false, c.name, m.role "
            "from core_staffmembership m join core_company c on c.id = m.company_id "
            "where m.user_id = person and c.closed_at is null and (m.until is null or m.until > now()) "
            "order by c.name, c.id",
            ("portal", "staff"),
        ),
        # The version rises whoever changed the row that its pages show.
        migrations.RunSQL(
            [
                "create function core_version_of_itself() returns trigger language plpgsql as "
                "$$ begin if new is distinct from old and new.version = old.version then "
                "new.version := old.version + 1; end if; return new; end $$",
                "create trigger version_of_itself before update on core_company "
                "for each row execute function core_version_of_itself()",
                "create function core_site_changed() returns trigger language plpgsql "
                "security definer set search_path = public, pg_temp as "
                "$$ begin update core_company set version = version + 1 "
                "where site_id = coalesce(new.id, old.id); return null; end $$",
                "create trigger site_changed after update on wagtailcore_site "
                "for each row execute function core_site_changed()",
            ],
            [
                "drop trigger site_changed on wagtailcore_site",
                "drop function core_site_changed()",
                "drop trigger version_of_itself on core_company",
                "drop function core_version_of_itself()",
            ],
        ),
        migrations.RunSQL(THROTTLE, NO_THROTTLE),
    ]
