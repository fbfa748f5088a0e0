"""Walls around the pages' own columns; what is not live is hidden by the page they belong to."""

from django.db import migrations

from cms.walls import wall_for_audience


class Migration(migrations.Migration):
    dependencies = [
        ("plain", "0001_initial"),
        ("core", "0004_wall_the_libraries"),
        ("customers", "0002_wall_the_customers"),
    ]

    operations = wall_for_audience("plain_plainpage")
