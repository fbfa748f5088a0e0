"""Walls around bank files: what strangers paid into an account, and what lies at a provider, is the company's alone."""

from django.db import migrations

from portal_modules.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_keep_bank_files")]

    operations = [
        wall("payments_bankfile", same_company={"job_id": "core_job"}),
        wall(
            "payments_bankline",
            same_company={
                "file_id": "payments_bankfile",
                "customer_id": "customers_customer",
                "payment_id": "payments_payment",
            },
        ),
        wall("payments_providerbalance", same_company={"provider_id": "payments_paymentprovider"}),
        wall("payments_providerpayout", same_company={"provider_id": "payments_paymentprovider"}),
        wall("payments_payoutplan", same_company={"provider_id": "payments_paymentprovider"}),
    ]
