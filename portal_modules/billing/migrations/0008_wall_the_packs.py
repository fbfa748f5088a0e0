"""Packs and who has them every month are read by the customer's own people; what is written is written by actions."""

from django.db import migrations

from portal_modules.core.walls import OWN_CUSTOMER, Right, wall

OF_CUSTOMER = {"customer_id": "customers_customer"}


class Migration(migrations.Migration):
    dependencies = [("billing", "0007_keep_packs_for_accountants")]

    operations = [
        wall(
            "billing_accountantpack",
            portal=Right(OWN_CUSTOMER),
            same_company={**OF_CUSTOMER, "job_id": "core_job"},
        ),
        wall("billing_packsubscription", portal=Right(OWN_CUSTOMER), same_company=OF_CUSTOMER),
    ]
