from django.conf import settings
from django.db import migrations, models

from portal_modules.core.pg.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0013_wall_the_addresses"),
        ("customers", "0009_history_by_statement"),
        ("processes", "0007_open_by_phase"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.RemoveIndex(
                model_name="process",
                name="processes_newest",
            ),
            migrations.AddIndex(
                model_name="process",
                index=models.Index(
                    fields=["company", "-opened_on", "lookup_number", "-id"],
                    include=("state", "kind", "phase"),
                    name="processes_newest",
                ),
            ),
        ),
    ]
