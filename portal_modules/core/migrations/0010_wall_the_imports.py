"""Walls around tables that were brought: only the company's staff reach them."""

from django.db import migrations

from portal_modules.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("core", "0009_imports")]

    operations = [
        wall("core_importfile", same_company={"check_job_id": "core_job", "load_job_id": "core_job"}),
        wall("core_importmapping"),
    ]
