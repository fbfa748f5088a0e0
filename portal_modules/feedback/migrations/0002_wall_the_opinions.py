"""A wall around opinions: who says something hands it over, and only staff read it. It is not changed."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, Right, wall


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial"), ("customers", "0002_wall_the_customers")]

    operations = [
        wall(
            "feedback_opinion",
            staff=Right(OWN_COMPANY, ("select", "insert")),
            same_company={"customer_id": "customers_customer", "contact_id": "customers_contact"},
        )
    ]
