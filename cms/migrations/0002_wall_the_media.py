"""Walls around the editors' images and documents."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, Right, wall

COMPANY_READS = Right(OWN_COMPANY)


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial"), ("core", "0004_wall_the_libraries")]

    operations = [
        wall("cms_companyimage", portal=COMPANY_READS, visitor=COMPANY_READS),
        # A size that nobody has asked for yet is made by the first who sees it.
        wall(
            "cms_companyrendition",
            portal=Right(OWN_COMPANY, ("select", "insert")),
            visitor=Right(OWN_COMPANY, ("select", "insert")),
        ),
        wall("cms_companydocument", portal=COMPANY_READS, visitor=COMPANY_READS),
    ]
