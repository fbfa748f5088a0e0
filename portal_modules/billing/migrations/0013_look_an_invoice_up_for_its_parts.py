"""Lines, instalments and boletos are of an invoice that is no draft: looked up by its key.

As a list of all that a customer sees it cost five milliseconds for each question about one invoice among ten thousand.
"""

from django.db import migrations

from portal_modules.core.walls import OWN_CUSTOMER

OF_SEEN = f"{OWN_CUSTOMER} and invoice_id in (select id from billing_invoice)"
OF_LOOKED_UP = f"{OWN_CUSTOMER} and exists (select from billing_invoice whole where whole.id = invoice_id)"
TABLES = ("billing_invoiceline", "billing_instalment", "billing_bankslip")


def _policies(where: str) -> list[str]:
    return [f"alter policy portal on {table} using ({where}) with check ({where})" for table in TABLES]


class Migration(migrations.Migration):
    dependencies = [("billing", "0012_tally_the_invoices")]

    operations = [migrations.RunSQL(_policies(OF_LOOKED_UP), _policies(OF_SEEN))]
