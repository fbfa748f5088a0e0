"""Who holds a share link finds the files of a conversation beside what was said, where both were ticked."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, open_to_links


class Migration(migrations.Migration):
    dependencies = [("conversations", "0003_open_to_links"), ("documents", "0006_open_to_links")]

    operations = [
        open_to_links(
            "conversations_messagefile",
            f"{OWN_COMPANY} and message_id in (select id from conversations_message) "
            "and document_id in (select id from documents_document)",
            "id, company_id, message_id, document_id",
        ),
    ]
