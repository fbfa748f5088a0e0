"""What the bank takes money for is found by an index of its own, a small part of the table.

On a table of millions of boletos, build the index beforehand under the same name without a lock, and fake this step.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing", "0016_close_a_month_alone")]

    operations = [
        migrations.AddIndex(
            model_name="bankslip",
            index=models.Index(
                fields=["company", "due_on"],
                condition=models.Q(state="registered"),
                name="billing_slips_at_the_bank",
            ),
        )
    ]
