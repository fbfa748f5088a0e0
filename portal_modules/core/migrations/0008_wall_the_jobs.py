"""Walls around long work: only the company's staff reach it."""

from django.db import migrations

from portal_modules.core.walls import wall

OF_JOB = {"job_id": "core_job"}


class Migration(migrations.Migration):
    dependencies = [("core", "0007_jobs")]

    operations = [
        wall("core_job"),
        wall("core_jobitem", same_company=OF_JOB),
        wall("core_jobfault", same_company=OF_JOB),
    ]
