"""A wall around waits at doors: the doors write them as the company, and staff lift them."""

from django.db import migrations

from portal_modules.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_waits_at_doors")]

    operations = [wall("accounts_doorwait")]
