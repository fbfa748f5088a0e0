"""Walls around access codes and requests for access, and a company for the customer of a code that was asked for."""

from django.db import migrations

from portal_modules.core.walls import OWN_CUSTOMER, Right, wall

OF_CUSTOMER = {"customer_id": "customers_customer"}


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_ways_in"), ("customers", "0002_wall_the_customers")]

    operations = [
        migrations.RunSQL(
            "alter table accounts_addressproof add constraint accounts_addressproof_customer_same_company "
            "foreign key (company_id, customer_id) references customers_customer (company_id, id) "
            "deferrable initially deferred",
            "alter table accounts_addressproof drop constraint accounts_addressproof_customer_same_company",
        ),
        # Nobody who looks reads a code's hash: the doors work as the company.
        wall("accounts_accesscode", same_company=OF_CUSTOMER),
        # A customer's owner answers; whose number nobody has is the staff's alone.
        wall("accounts_accessrequest", portal=Right(OWN_CUSTOMER), same_company=OF_CUSTOMER),
    ]
