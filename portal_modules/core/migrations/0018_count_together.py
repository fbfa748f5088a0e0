"""Several counters of attempts in one statement, with one round trip and one commit."""

from django.db import migrations

# Rows are locked in the order of their keys, so that two requests with the same keys never wait for each other.
# What stands after the first limit that is reached is taken back: whoever is stopped by one counter must not fill
# the next, which may be a stranger's. A crash of the server may forget the last half second of counts, for which
# nobody at a door should wait until the disk has answered.
COUNT_TOGETHER = [
    """
    create function core_throttle_pass(who text[], attempts integer[], seconds integer[], counted boolean[])
    returns table (place integer, remaining integer) language plpgsql volatile
    security definer set search_path = public, pg_temp as $$
    begin
        perform set_config('synchronous_commit', 'off', true);
        with asked as (
            select * from unnest(who, attempts, seconds, counted)
                with ordinality as a (key, most, lasts, is_counted, nth)
        ), hit as (
            insert into core_throttle as t (key, hits, began_at)
            select a.key, 1, clock_timestamp() from asked a where a.is_counted group by a.key order by a.key
            on conflict (key) do update set
                hits = case when t.began_at < clock_timestamp()
                                 - make_interval(secs => seconds[array_position(who, t.key::text)])
                            then 1 else t.hits + 1 end,
                began_at = case when t.began_at < clock_timestamp()
                                     - make_interval(secs => seconds[array_position(who, t.key::text)])
                                then clock_timestamp() else t.began_at end
            returning t.key::text as key, t.hits, t.began_at
        ), found as (
            select a.nth, a.most + 1 as reached, h.hits, h.began_at + make_interval(secs => a.lasts) as ends_at
              from asked a join hit h on h.key = a.key where a.is_counted
            union all
            select a.nth, a.most, t.hits, t.began_at + make_interval(secs => a.lasts)
              from asked a join core_throttle t on t.key = a.key
             where not a.is_counted and t.began_at + make_interval(secs => a.lasts) > clock_timestamp()
        )
        select f.nth::integer, greatest(1, ceil(extract(epoch from f.ends_at - clock_timestamp())))::integer
          into place, remaining from found f where f.hits >= f.reached order by f.nth limit 1;
        if place is not null then
            update core_throttle t set hits = t.hits - 1
             where t.key in (
                select a.key from unnest(who, counted) with ordinality as a (key, is_counted, nth)
                 where a.is_counted and a.nth > place and a.key <> all (who[:place]));
            return next;
        end if;
    end
    $$
    """,
    "revoke all on function core_throttle_pass(text[], integer[], integer[], boolean[]) from public",
    "grant execute on function core_throttle_pass(text[], integer[], integer[], boolean[]) to balcao_app",
    # Whoever sweeps waits for nobody at a door, and nobody for the sweep.
    """
    create or replace function core_throttle_sweep() returns bigint language sql volatile
    security definer set search_path = public, pg_temp as $$
        with old as (
            select key from core_throttle where began_at < clock_timestamp() - interval '1 day'
               for update skip locked
        ), gone as (delete from core_throttle t using old where t.key = old.key returning 1)
        select count(*) from gone
    $$
    """,
]
ONE_BY_ONE = [
    "drop function core_throttle_pass(text[], integer[], integer[], boolean[])",
    """
    create or replace function core_throttle_sweep() returns bigint language sql volatile
    security definer set search_path = public, pg_temp as $$
        with gone as (delete from core_throttle where began_at < clock_timestamp() - interval '1 day' returning 1)
        select count(*) from gone
    $$
    """,
]


class Migration(migrations.Migration):
    dependencies = [("core", "0017_reasons_in_each_language")]

    operations = [migrations.RunSQL(COUNT_TOGETHER, ONE_BY_ONE)]
