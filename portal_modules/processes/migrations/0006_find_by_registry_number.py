"""Finding processes by their number at the registry, however it is written: an index, and the finder that uses it."""

from django.db import migrations

from portal_modules.core.walls import COMPANIES, finder

BARE = "upper(regexp_replace(registry_number, '[^0-9A-Za-z]', '', 'g'))"


class Migration(migrations.Migration):
    dependencies = [("processes", "0005_wall_the_reviews")]

    operations = [
        migrations.RunSQL(
            f"create index processes_by_registry_number on processes_process (company_id, ({BARE})) "
            "where registry_number <> ''",
            "drop index processes_by_registry_number",
        ),
        finder(
            "processes_of_registry_number",
            "bare text, most integer",
            "table (id uuid)",
            f"select id from processes_process where company_id = {COMPANIES} and registry_number <> '' "
            f"and {BARE} = bare limit most",
            ("staff",),
        ),
    ]
