"""Who sees the second copies that were mailed: staff, and the customer's own people."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, OWN_CUSTOMER, Right, wall


def of_customer(column: str, target: str) -> migrations.RunSQL:
    """What it is of is the same customer's."""
    table = "billing_secondcopy"
    name = f"{table}_{column}_same_customer"
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key (company_id, customer_id, {column}) "
        f"references {target} (company_id, customer_id, id) on update cascade deferrable initially deferred",
        f"alter table {table} drop constraint {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("billing", "0005_keep_second_copies")]

    operations = [
        wall(
            "billing_secondcopy",
            staff=Right(OWN_COMPANY, ("select", "insert")),
            portal=Right(OWN_CUSTOMER),
            same_company={
                "customer_id": "customers_customer",
                "slip_id": "billing_bankslip",
            },
        ),
        of_customer("invoice_id", "billing_invoice"),
        of_customer("note_id", "billing_fiscaldocument"),
    ]
