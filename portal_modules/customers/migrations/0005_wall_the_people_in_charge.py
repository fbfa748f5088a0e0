"""Walls around the team and the words of the home page: a company's customers read those that are theirs to see."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, Right, wall


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_people_in_charge")]

    operations = [
        wall("customers_staffprofile", portal=Right(f"{OWN_COMPANY} and is_shown")),
        wall("customers_hometext", portal=Right(OWN_COMPANY)),
    ]
