"""Walls around the pages' own columns; what is not live is hidden by the page they belong to."""

from django.db import migrations

from cms.walls import wall_for_audience
from portal_modules.core.walls import OWN_COMPANY, Right, company_column, wall

COMPANY_READS = Right(OWN_COMPANY)
TABLES = ("support_supportindexpage", "support_supportsectionpage", "support_faqpage")


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0001_initial"),
        ("core", "0004_wall_the_libraries"),
        ("customers", "0002_wall_the_customers"),
    ]

    operations = [
        *(company_column(table) for table in TABLES),
        *(wall(table, portal=COMPANY_READS, visitor=COMPANY_READS) for table in TABLES),
        *wall_for_audience("support_supportpage"),
        *wall_for_audience("support_faqentrypage"),
    ]
