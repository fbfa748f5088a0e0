"""What the page of one invoice without a login reads: found by its address, with its parts."""

from django.db import migrations

from portal_modules.core.walls import finder, own_record

PART_BY_LINK = "id, company_id, invoice_id, number, due_on, amount, settled, open"


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_keep_the_money")]

    operations = [
        finder(
            "billing_invoices_between",
            "first uuid, last uuid",
            "table (id uuid)",
            "select id from billing_invoice where id between first and last and number is not null "
            "and company_id = any(current_setting('app.companies', true)::bigint[]) limit 20",
            ("visitor", "portal", "staff"),
        ),
        migrations.RunSQL(
            [
                "create policy visitor on billing_instalment to balcao_visitor "
                f"using ({own_record('invoice_id')}) with check ({own_record('invoice_id')})",
                f"grant select ({PART_BY_LINK}) on billing_instalment to balcao_visitor",
            ],
            [
                "drop policy visitor on billing_instalment",
                "revoke all on billing_instalment from balcao_visitor",
            ],
        ),
    ]
