"""Walls around billing.

Customers read no draft, nor what hangs from one; a visitor whom a link led to an invoice reads its number, its
amounts and its days, and how to pay, and learns no name.
"""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, OWN_CUSTOMER, Right, own_record, wall

COMPANY_READS = Right(OWN_COMPANY)
WRITTEN_ONCE = Right(OWN_COMPANY, ("select", "insert"))
OF_CUSTOMER = {"customer_id": "customers_customer"}
OF_INVOICE = ("invoice_id", "billing_invoice")
OF_ISSUED = f"{OWN_CUSTOMER} and invoice_id in (select id from billing_invoice)"

INVOICE_BY_LINK = (
    "id, company_id, number, state, currency, issued_on, due_on, next_due_on, overdue_from, total, paid_total, "
    "credited_total, open_amount, discount_percent, discount_amount, discount_until, at_agency, bank_account_id"
)
SLIP_BY_LINK = (
    "id, company_id, invoice_id, instalment_id, bank_account_id, bank, line, barcode, due_on, amount, currency, "
    "provider, state"
)
ACCOUNT_BY_LINK = (
    "id, company_id, name, bank_code, bank_name, branch, number, holder, holder_tax_id, currency, pix_key, "
    "pix_city, recalculates_at_payment, instructions, instructions_pt, instructions_es, instructions_en, "
    "provider, is_active"
)


def of_customer(table: str, column: str, target: str) -> migrations.RunSQL:
    """What it points at, if at anything, is the same customer's."""
    name = f"{table}_{column}_same_customer"[:63]
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key (company_id, customer_id, {column}) "
        f"references {target} (company_id, customer_id, id) on update cascade deferrable initially deferred",
        f"alter table {table} drop constraint {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0001_initial"),
        ("notifications", "0002_wall_the_outbox"),
        ("documents", "0002_wall_the_documents"),
    ]

    operations = [
        wall(
            "billing_bankaccount",
            portal=Right(OWN_COMPANY, (f"select ({ACCOUNT_BY_LINK})",)),
            visitor=Right(OWN_COMPANY, (f"select ({ACCOUNT_BY_LINK})",)),
        ),
        wall(
            "billing_invoice",
            portal=Right(f"{OWN_CUSTOMER} and number is not null"),
            visitor=Right(f"{own_record()} and number is not null", (f"select ({INVOICE_BY_LINK})",)),
            same_company={**OF_CUSTOMER, "bank_account_id": "billing_bankaccount"},
        ),
        wall("billing_invoiceline", portal=Right(OF_ISSUED), same_company=OF_CUSTOMER, parent=OF_INVOICE),
        wall("billing_instalment", portal=Right(OF_ISSUED), same_company=OF_CUSTOMER, parent=OF_INVOICE),
        wall("billing_credit", portal=Right(OWN_CUSTOMER), same_company=OF_CUSTOMER),
        of_customer("billing_credit", "invoice_id", "billing_invoice"),
        wall(
            "billing_bankslip",
            portal=Right(OF_ISSUED),
            visitor=Right(own_record("invoice_id"), (f"select ({SLIP_BY_LINK})",)),
            same_company={**OF_CUSTOMER, "bank_account_id": "billing_bankaccount"},
            parent=OF_INVOICE,
        ),
        of_customer("billing_bankslip", "instalment_id", "billing_instalment"),
        wall("billing_latefeepolicy", portal=COMPANY_READS, visitor=COMPANY_READS),
        wall("billing_fiscaldocument", portal=Right(OWN_CUSTOMER), same_company=OF_CUSTOMER),
        of_customer("billing_fiscaldocument", "invoice_id", "billing_invoice"),
        wall("billing_fiscaladdress", portal=Right(OWN_CUSTOMER), same_company=OF_CUSTOMER),
        wall("billing_reminderstep"),
        wall(
            "billing_reminder",
            same_company={**OF_CUSTOMER, "step_id": "billing_reminderstep"},
            parent=OF_INVOICE,
        ),
        wall("billing_callnote", staff=WRITTEN_ONCE, same_company=OF_CUSTOMER),
        of_customer("billing_callnote", "invoice_id", "billing_invoice"),
        wall("billing_readytext"),
        wall("billing_closedmonth"),
        *(
            wall(f"billing_{name}event", staff=WRITTEN_ONCE)
            for name in ("bankaccount", "invoice", "bankslip", "fiscaldocument")
        ),
    ]
