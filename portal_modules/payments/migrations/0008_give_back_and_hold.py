"""What goes back may hold fine and interest; what came beyond what was owed may be held for somebody of the staff."""

from decimal import Decimal

from django.db import migrations, models

from portal_modules.core.pg.together import Together


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_wall_the_bank_files")]

    operations = [
        migrations.RemoveConstraint(model_name="refund", name="payments_refund_above_zero"),
        Together(
            migrations.AddField(
                model_name="payment",
                name="surplus_held",
                field=models.BooleanField(db_default=False, default=False, verbose_name="surplus is held"),
            ),
            migrations.AddField(
                model_name="refund",
                name="fees",
                field=models.DecimalField(
                    db_default=Decimal("0"),
                    decimal_places=4,
                    default=Decimal("0"),
                    max_digits=18,
                    verbose_name="fine and interest",
                ),
            ),
            migrations.AddField(
                model_name="sandboxsession",
                name="refund_keys",
                field=models.JSONField(
                    db_default=models.Value([], output_field=models.JSONField()), default=list
                ),
            ),
            migrations.AddConstraint(
                model_name="refund",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("amount__gt", 0), ("fees__gte", 0)),
                        models.Q(("amount", 0), ("fees__gt", 0)),
                        _connector="OR",
                    ),
                    name="payments_refund_above_zero",
                ),
            ),
        ),
    ]
