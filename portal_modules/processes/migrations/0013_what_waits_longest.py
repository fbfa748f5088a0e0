"""What waits longest comes from an index alone: for the register in that order, and for the board's first cards."""

from django.db import migrations, models

NAME = "processes_open_by_phase"


class Migration(migrations.Migration):
    dependencies = [("processes", "0012_open_to_links")]

    operations = [
        migrations.RemoveIndex(model_name="process", name=NAME),
        migrations.AddIndex(
            model_name="process",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["company", "phase", "phase_since", "id"],
                include=("opened_on", "lookup_number"),
                name=NAME,
            ),
        ),
        migrations.AddIndex(
            model_name="process",
            index=models.Index(
                fields=["company", "phase_since", "-id"],
                include=("state", "kind", "phase"),
                name="processes_by_age",
            ),
        ),
    ]
