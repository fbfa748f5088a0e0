"""A wall around the words of mails: staff write them, and mails are written in the staff's scope."""

from django.db import migrations

from portal_modules.core.walls import wall


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_words_of_the_mails")]

    operations = [wall("notifications_messagewords")]
