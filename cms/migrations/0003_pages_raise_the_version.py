"""A change of any page raises the version of its company: what is kept of its pages is read anew."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_wall_the_media")]

    operations = [
        migrations.RunSQL(
            [
                "create function cms_page_changed() returns trigger language plpgsql "
                "security definer set search_path = public, pg_temp as $$ begin "
                "update core_company set version = version + 1 where id = coalesce(new.company_id, old.company_id); "
                "return null; end $$",
                "create trigger page_changed after insert or update or delete on wagtailcore_page "
                "for each row execute function cms_page_changed()",
            ],
            ["drop trigger page_changed on wagtailcore_page", "drop function cms_page_changed()"],
        )
    ]
