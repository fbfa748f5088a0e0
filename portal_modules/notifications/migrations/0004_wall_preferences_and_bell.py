"""Walls around the bell and what people chose.

Customers read their bell; what they chose is read and written by the staff's scope of an action, because
the database knows customers, not logins.
"""

from django.db import migrations

from portal_modules.core.walls import OWN_CUSTOMER, Right, wall


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_preferences_and_bell")]

    operations = [
        wall(
            "notifications_bellentry",
            portal=Right(OWN_CUSTOMER),
            same_company={"customer_id": "customers_customer"},
        ),
        wall("notifications_mailpreference", same_company={"contact_id": "customers_contact"}),
    ]
