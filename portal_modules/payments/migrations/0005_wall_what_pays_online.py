"""Walls around paying online.

Whoever comes back from a provider's page sees how their attempt stands, by its address, and nothing of whose it is.
What the sandbox remembers is the company's alone, as it would be at a provider.
"""

from django.db import migrations

from portal_modules.core.walls import OWN_CUSTOMER, Right, open_to_links, own_record, wall

OF_CUSTOMER = {"customer_id": "customers_customer"}
OF_PROVIDER = {"provider_id": "payments_paymentprovider"}
OWN = Right(OWN_CUSTOMER)
OUTCOME = "id, company_id, state, amount, currency, method, created_at, changed_at"


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_pay_online")]

    operations = [
        wall("payments_sandboxsession"),
        wall("payments_sandboxpayer"),
        wall("payments_payeraccount", same_company={**OF_CUSTOMER, **OF_PROVIDER}),
        wall("payments_autopay", portal=OWN, same_company={**OF_CUSTOMER, **OF_PROVIDER}),
        wall(
            "payments_autopayrun",
            portal=OWN,
            same_company=OF_CUSTOMER,
            parent=("autopay_id", "payments_autopay"),
        ),
        open_to_links("payments_paymentattempt", own_record(), OUTCOME),
    ]
