from django.db import migrations, models

# What was written by then is in one language, and stays readable. In one migration with the columns, because a
# report that nobody has read is all that is at stake.
KEEP = "update core_jobfault set reasons = jsonb_build_object('', reason)"


class Migration(migrations.Migration):
    dependencies = [("core", "0016_find_by_uuid")]

    operations = [
        migrations.AddField(
            model_name="jobfault",
            name="reasons",
            field=models.JSONField(default=dict, verbose_name="why not"),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="jobfault", name="reason"),
    ]
