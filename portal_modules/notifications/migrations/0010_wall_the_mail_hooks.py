"""A wall around the secrets of mail providers: only the company's staff scope reads them."""

from django.db import migrations

from portal_modules.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("notifications", "0009_mails_that_come_back")]

    operations = [wall("notifications_mailhook")]
