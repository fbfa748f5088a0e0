"""The history's context is written once in a transaction, and not for each row that a trigger sees.

An import writes thousands of rows under one context. What was written is remembered until the transaction or
savepoint ends, which takes the context's row with it; another context, or more said of this one, is written anew.
"""

from django.db import migrations

ONCE = """
create or replace function _pgh_attach_context() returns uuid language plpgsql
security definer set search_path = public, pg_temp as $$
declare
    wanted text := nullif(current_setting('pghistory.context_id', true), '');
    said text := nullif(current_setting('pghistory.context_metadata', true), '');
begin
    if wanted is null or said is null then
        return null;
    end if;
    if current_setting('app.history_context', true) is distinct from wanted || said then
        insert into pghistory_context (id, metadata, created_at, updated_at)
        values (wanted::uuid, said::jsonb, now(), now())
        on conflict (id) do update set metadata = excluded.metadata, updated_at = excluded.updated_at
        where pghistory_context.metadata != excluded.metadata;
        perform set_config('app.history_context', wanted || said, true);
    end if;
    return wanted::uuid;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0010_wall_the_imports"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunSQL(ONCE, migrations.RunSQL.noop)]
