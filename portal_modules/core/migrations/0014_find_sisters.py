"""The finder of sister companies: ids and versions of the other open companies of a group."""

from django.db import migrations

from portal_modules.core.walls import finder


class Migration(migrations.Migration):
    dependencies = [("core", "0013_wall_the_addresses")]

    operations = [
        finder(
            "core_sisters_of",
            "wanted bigint",
            "table (id bigint, version bigint, is_closed boolean)",
            "select s.id, s.version, false from core_company c join core_company s on s.group_id = c.group_id "
            "where c.id = wanted and c.closed_at is null and s.id <> c.id and s.closed_at is null "
            "order by s.name, s.id",
            ("portal", "staff"),
        ),
        # The platform's administrator makes groups, in the platform's own scope.
        migrations.RunSQL(
            [
                "create policy platform on core_companygroup to balcao_staff "
                "using (0 = any(current_setting('app.companies', true)::bigint[])) "
                "with check (0 = any(current_setting('app.companies', true)::bigint[]))",
                "grant insert, update, delete on core_companygroup to balcao_staff",
            ],
            [
                "revoke insert, update, delete on core_companygroup from balcao_staff",
                "drop policy platform on core_companygroup",
            ],
        ),
    ]
