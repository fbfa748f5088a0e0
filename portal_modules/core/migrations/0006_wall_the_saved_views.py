"""Walls around the kept views."""

from django.db import migrations

from portal_modules.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("core", "0005_saved_views")]

    operations = [
        wall("core_savedview"),
        wall("core_usualview", same_company={"view_id": "core_savedview"}),
    ]
