"""Walls around invitations and last entries: the doors' actions and staff work with them, nobody who looks."""

from django.db import migrations

from portal_modules.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_invitations"), ("customers", "0002_wall_the_customers")]

    operations = [
        wall("accounts_invitationwave"),
        wall(
            "accounts_invitation",
            same_company={"contact_id": "customers_contact", "wave_id": "accounts_invitationwave"},
        ),
        wall("accounts_lastentry"),
    ]
