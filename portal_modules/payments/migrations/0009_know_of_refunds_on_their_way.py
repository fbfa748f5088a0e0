"""A refund may be on its way at its provider; who brought a bank file and decided on a line has a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal_modules.core.pg.together import Together


def _person(name: str) -> models.Field:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [("payments", "0008_give_back_and_hold")]

    operations = [
        Together(
            migrations.AlterField(
                model_name="refundstep",
                name="state",
                field=models.CharField(
                    choices=[
                        ("asked", "On its way"),
                        ("sent", "On its way at the provider"),
                        ("confirmed", "Refunded"),
                        ("failed", "Failed"),
                    ],
                    max_length=9,
                    verbose_name="state",
                ),
            ),
            migrations.AlterField(model_name="bankfile", name="brought_by", field=_person("brought by")),
            migrations.AlterField(model_name="bankline", name="decided_by", field=_person("decided by")),
        ),
    ]
