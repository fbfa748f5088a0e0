"""Walls around what a company wrote of its own about the screens, and what its people asked."""

from django.db import migrations

from portal_modules.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("help", "0003_own_help")]

    operations = [wall("help_ownhelp"), wall("help_helpquestion")]
