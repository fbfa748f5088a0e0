"""A page that is no longer for everybody is a change of what is kept of the company's pages."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_pages_raise_the_version")]

    operations = [
        migrations.RunSQL(
            "create trigger page_changed after insert or update or delete on wagtailcore_pageviewrestriction "
            "for each row execute function cms_page_changed()",
            "drop trigger page_changed on wagtailcore_pageviewrestriction",
        )
    ]
