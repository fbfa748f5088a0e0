from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0014_find_sisters")]

    operations = [
        # Each company that is there gets one of its own: the default is made anew for every row.
        migrations.AddField(
            model_name="company",
            name="uuid",
            field=models.UUIDField(db_default=RandomUUID(), editable=False, unique=True),
        ),
    ]
