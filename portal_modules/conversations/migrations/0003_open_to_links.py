"""Who holds a share link reads what both sides said about its record, where that was ticked."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, open_to_links, shared

MESSAGE = "id, company_id, thread_id, kind, actor_kind, author_id, author_name, body, details, created_at"


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_wall_the_conversations")]

    operations = [
        open_to_links(
            "conversations_thread", shared("conversation"), "id, company_id, record_type, record_id"
        ),
        open_to_links(
            "conversations_message",
            f"{OWN_COMPANY} and kind <> 'note' and thread_id in (select id from conversations_thread)",
            MESSAGE,
        ),
    ]
