"""Walls around ${plural}: staff see their company's, customers read their own."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, OWN_CUSTOMER, Right, wall

WRITTEN_ONCE = Right(OWN_COMPANY, ("select", "insert"))


class Migration(migrations.Migration):
    dependencies = [
        ("${name}", "0001_initial"),
        ("customers", "0002_wall_the_customers"),
        ("notifications", "0002_wall_the_outbox"),
    ]

    operations = [
        wall(
            "${table}",
            portal=Right(OWN_CUSTOMER),
            same_company={"customer_id": "customers_customer"},
        ),
        wall("${table}event", staff=WRITTEN_ONCE),
    ]
