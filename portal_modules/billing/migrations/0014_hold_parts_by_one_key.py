"""A row is asked once whether its invoice, its customer and its company are there and belong together.

A line's key names the three of them, and the invoice's own key its customer with the company: the other keys could
never refuse what these have let in. An import of a hundred thousand invoices was asked two million times.
"""

import django.db.models.deletion
from django.db import migrations, models

from portal_modules.core.models.owned import CurrentCompany
from portal_modules.core.pg.together import Together

PARTS = ("billing_invoiceline", "billing_instalment")


def _company(model: str) -> migrations.AlterField:
    field = models.ForeignKey(
        db_constraint=False,
        db_default=CurrentCompany(),
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="core.company",
    )
    return migrations.AlterField(model_name=model, name="company", field=field)


def _customer(model: str, **more: object) -> migrations.AlterField:
    field = models.ForeignKey(
        db_constraint=False,
        on_delete=django.db.models.deletion.PROTECT,
        to="customers.customer",
        verbose_name="customer",
        **more,
    )
    return migrations.AlterField(model_name=model, name="customer", field=field)


def _invoice(model: str, related_name: str) -> migrations.AlterField:
    field = models.ForeignKey(
        db_constraint=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to="billing.invoice",
    )
    return migrations.AlterField(model_name=model, name="invoice", field=field)


def _same_company(table: str) -> migrations.RunSQL:
    name = f"{table}_customer_id_same_company"
    return migrations.RunSQL(
        f"alter table {table} drop constraint {name}",
        f"alter table {table} add constraint {name} foreign key (company_id, customer_id) "
        "references customers_customer (company_id, id) deferrable initially deferred",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0013_look_an_invoice_up_for_its_parts"),
        ("core", "0018_count_together"),
        ("customers", "0012_search_registers"),
    ]

    operations = [
        Together(
            *(_company(model) for model in ("invoice", "invoiceline", "instalment", "tally")),
            _customer("invoice", related_name="invoices", db_index=False),
            *(
                _customer(model, related_name="+", editable=False)
                for model in ("invoiceline", "instalment", "tally")
            ),
            _invoice("invoiceline", "lines"),
            _invoice("instalment", "instalments"),
        ),
        *(_same_company(table) for table in PARTS),
    ]
