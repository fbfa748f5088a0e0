"""Walls around private files: the customer's people see those that are for both sides."""

from django.db import migrations

from portal_modules.core.walls import OWN_CUSTOMER, Right, wall


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("customers", "0002_wall_the_customers")]

    operations = [
        wall(
            "documents_document",
            portal=Right(
                f"{OWN_CUSTOMER} and visibility = 'both' and removed_at is null", ("select", "insert")
            ),
            same_company={"customer_id": "customers_customer"},
        ),
        wall(
            "documents_download",
            portal=Right(OWN_CUSTOMER, ("select", "insert")),
            same_company={"customer_id": "customers_customer"},
            parent=("document_id", "documents_document"),
        ),
    ]
