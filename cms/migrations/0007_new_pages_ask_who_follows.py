"""wagtail-localize asks, whenever a page is made, whether other languages follow it. Here none does by itself."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0006_wall_the_shown_files"), ("core", "0004_wall_the_libraries")]

    operations = [
        migrations.RunSQL(
            "grant select on wagtail_localize_localesynchronization to balcao_staff",
            "revoke select on wagtail_localize_localesynchronization from balcao_staff",
        )
    ]
