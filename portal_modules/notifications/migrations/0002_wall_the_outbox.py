"""A wall around the outbox: what was sent to whom is the staff's to see."""

from django.db import migrations

from portal_modules.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("customers", "0002_wall_the_customers")]

    operations = [
        wall(
            "notifications_outboxmessage",
            same_company={"customer_id": "customers_customer", "contact_id": "customers_contact"},
        ),
    ]
