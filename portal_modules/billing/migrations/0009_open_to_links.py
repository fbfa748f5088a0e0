"""Who holds a share link reads an invoice's lines, and takes its fiscal notes along, where these were ticked."""

from django.db import migrations

from portal_modules.core.walls import open_to_links, shared

LINE = "id, company_id, invoice_id, position, text, quantity, unit, unit_price, tax_rate, tax_amount, amount, withheld"
NOTE = "id, company_id, invoice_id, kind, key, number, series, issued_on, amount, currency, state, xml, pdf"


class Migration(migrations.Migration):
    dependencies = [("billing", "0008_wall_the_packs")]

    operations = [
        open_to_links("billing_invoiceline", shared("lines", "invoice_id"), LINE),
        open_to_links("billing_fiscaldocument", shared("notes", "invoice_id"), NOTE),
    ]
