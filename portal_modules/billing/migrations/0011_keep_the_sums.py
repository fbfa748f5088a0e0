import django.db.models.deletion
from django.db import migrations, models

import portal_modules.core.models.owned
from portal_modules.core.pg.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_search_the_registers"),
        ("core", "0017_reasons_in_each_language"),
        ("customers", "0012_search_registers"),
    ]

    operations = [
        Together(
            migrations.RemoveIndex(model_name="invoice", name="billing_of_customer"),
            migrations.AddIndex(
                model_name="invoice",
                index=models.Index(
                    fields=["company", "customer", "-issued_on", "-number", "-id"],
                    include=("state", "currency", "total", "open_amount", "overdue_from", "tax_id"),
                    name="billing_newest_of_customer",
                ),
            ),
            migrations.AlterField(
                model_name="invoice",
                name="customer",
                field=models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoices",
                    to="customers.customer",
                    verbose_name="customer",
                ),
            ),
            migrations.CreateModel(
                name="Tally",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("currency", models.CharField(max_length=3)),
                    ("tax_id", models.CharField(max_length=20)),
                    ("month", models.DateField()),
                    ("overdue_from", models.DateField(null=True)),
                    ("listed", models.IntegerField()),
                    ("claimed", models.IntegerField()),
                    ("open_count", models.IntegerField()),
                    ("billed", models.DecimalField(decimal_places=4, max_digits=24)),
                    ("open", models.DecimalField(decimal_places=4, max_digits=24)),
                    (
                        "company",
                        models.ForeignKey(
                            db_default=portal_modules.core.models.owned.CurrentCompany(),
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.company",
                        ),
                    ),
                    (
                        "customer",
                        models.ForeignKey(
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="customers.customer",
                            verbose_name="customer",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "tally of invoices",
                    "verbose_name_plural": "tallies of invoices",
                },
            ),
        )
    ]
