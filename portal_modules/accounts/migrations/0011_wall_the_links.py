"""Walls around share links and the log of accesses: staff add lines to it, and take away what is old.

A customer's people read the links of their customer.
"""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, OWN_CUSTOMER, Right, wall

OF_CUSTOMER = {"customer_id": "customers_customer"}


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_links_and_accesses")]

    operations = [
        wall("accounts_sharelink", portal=Right(OWN_CUSTOMER), same_company=OF_CUSTOMER),
        wall(
            "accounts_accessevent",
            staff=Right(OWN_COMPANY, ("select", "insert", "delete")),
            same_company=OF_CUSTOMER,
        ),
    ]
