"""The column of stems that the search looks into, made by the database from the words beside each page."""

from django.db import migrations

TABLES = ("support_supportpage", "support_faqentrypage")
FUNCTION = """
create function support_stems(language text, title text, body text) returns tsvector
language sql immutable parallel safe as $$
    select case language
        when 'es' then setweight(to_tsvector('pg_catalog.spanish', title), 'A')
                       || setweight(to_tsvector('pg_catalog.spanish', body), 'B')
        when 'en' then setweight(to_tsvector('pg_catalog.english', title), 'A')
                       || setweight(to_tsvector('pg_catalog.english', body), 'B')
        else setweight(to_tsvector('pg_catalog.portuguese', title), 'A')
             || setweight(to_tsvector('pg_catalog.portuguese', body), 'B')
    end
$$
"""


class Migration(migrations.Migration):
    dependencies = [("support", "0002_wall_the_pages")]

    operations = [
        migrations.RunSQL(
            [
                FUNCTION,
                *(
                    f"alter table {table} add column search_vector tsvector generated always as "
                    f"(support_stems(search_language, search_title, search_text)) stored"
                    for table in TABLES
                ),
                *(f"create index {table}_stems on {table} using gin (search_vector)" for table in TABLES),
            ],
            [
                *(f"alter table {table} drop column search_vector" for table in TABLES),
                "drop function support_stems(text, text, text)",
            ],
        )
    ]
