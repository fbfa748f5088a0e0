"""Walls around payments.

Customers read what they paid, what they tell of and what is on its way; keys and what providers say are the
company's alone.
"""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, OWN_CUSTOMER, Right, wall

WRITTEN_ONCE = Right(OWN_COMPANY, ("select", "insert"))
OF_CUSTOMER = {"customer_id": "customers_customer"}
OWN = Right(OWN_CUSTOMER)

# What customers choose from: never a key.
PROVIDER_SHOWN = (
    "id, company_id, kind, label, label_pt, label_es, label_en, is_on, is_live, methods, provider_account, "
    "options, position"
)
EVERYBODY_CHOOSES = Right(OWN_COMPANY, (f"select ({PROVIDER_SHOWN})",))


def of_customer(table: str, column: str, target: str) -> migrations.RunSQL:
    """What it points at, if at anything, is the same customer's."""
    name = f"{table}_{column}_same_customer"[:63]
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key (company_id, customer_id, {column}) "
        f"references {target} (company_id, customer_id, id) on update cascade deferrable initially deferred",
        f"alter table {table} drop constraint {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        wall("payments_paymentprovider", portal=EVERYBODY_CHOOSES, visitor=EVERYBODY_CHOOSES),
        wall("payments_paymentpolicy", portal=Right(OWN_COMPANY), visitor=Right(OWN_COMPANY)),
        wall("payments_providerevent", same_company={"provider_id": "payments_paymentprovider"}),
        wall("payments_providereventrun", same_company={"event_id": "payments_providerevent"}),
        wall(
            "payments_paymentattempt",
            portal=OWN,
            same_company={**OF_CUSTOMER, "provider_id": "payments_paymentprovider"},
        ),
        wall(
            "payments_paymentattemptitem",
            portal=OWN,
            same_company=OF_CUSTOMER,
            parent=("attempt_id", "payments_paymentattempt"),
        ),
        of_customer("payments_paymentattemptitem", "invoice_id", "billing_invoice"),
        of_customer("payments_paymentattemptitem", "instalment_id", "billing_instalment"),
        wall("payments_declaredpayment", portal=OWN, same_company=OF_CUSTOMER),
        of_customer("payments_declaredpayment", "proof_id", "documents_document"),
        wall(
            "payments_declareditem",
            portal=OWN,
            same_company=OF_CUSTOMER,
            parent=("declared_id", "payments_declaredpayment"),
        ),
        of_customer("payments_declareditem", "invoice_id", "billing_invoice"),
        wall(
            "payments_payment",
            portal=OWN,
            same_company={**OF_CUSTOMER, "provider_id": "payments_paymentprovider"},
        ),
        of_customer("payments_payment", "attempt_id", "payments_paymentattempt"),
        of_customer("payments_payment", "declared_id", "payments_declaredpayment"),
        wall("payments_allocation", portal=OWN, same_company=OF_CUSTOMER),
        of_customer("payments_allocation", "payment_id", "payments_payment"),
        of_customer("payments_allocation", "invoice_id", "billing_invoice"),
        of_customer("payments_allocation", "instalment_id", "billing_instalment"),
        of_customer("payments_allocation", "takes_back_id", "payments_allocation"),
        wall(
            "payments_refund",
            portal=OWN,
            same_company=OF_CUSTOMER,
            parent=("payment_id", "payments_payment"),
        ),
        wall(
            "payments_refundstep",
            portal=OWN,
            same_company=OF_CUSTOMER,
            parent=("refund_id", "payments_refund"),
        ),
        wall(
            "payments_dispute",
            same_company=OF_CUSTOMER,
            parent=("payment_id", "payments_payment"),
        ),
        of_customer("payments_dispute", "refund_id", "payments_refund"),
        *(
            wall(f"payments_{name}event", staff=WRITTEN_ONCE)
            for name in (
                "paymentprovider",
                "paymentpolicy",
                "paymentattempt",
                "declaredpayment",
                "dispute",
            )
        ),
    ]
