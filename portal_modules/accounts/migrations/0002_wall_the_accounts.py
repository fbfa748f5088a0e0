"""Walls around codes, legal texts and acceptances."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, Right, wall

# What is out is for everybody; drafts are the editors'.
PUBLISHED = Right(f"{OWN_COMPANY} and published_at is not null")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("core", "0004_wall_the_libraries")]

    operations = [
        # Reached by the doors' actions only, which work as the company: nobody who looks reads a code's hash.
        wall("accounts_addressproof"),
        wall("accounts_legaltext", portal=PUBLISHED, visitor=PUBLISHED),
        wall(
            "accounts_legalacceptance",
            staff=Right(OWN_COMPANY, ("select", "insert")),
            same_company={"text_id": "accounts_legaltext"},
        ),
    ]
