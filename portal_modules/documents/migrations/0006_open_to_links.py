"""Who holds a share link takes the files beside its record where they were ticked, and reads a request that it is for."""

from django.db import migrations

from portal_modules.core.walls import open_to_links, own_record, shared

FILE = (
    "id, company_id, record_type, record_id, file, name, content_type, size, visibility, scan, created_at, "
    "removed_at"
)
ASKED = (
    "id, company_id, number, title, title_pt, title_es, title_en, reason, reason_pt, reason_es, reason_en, "
    "due_on, state, asked_at"
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_to_check")]

    operations = [
        open_to_links(
            "documents_document",
            f"{shared('documents')} and visibility = 'both' and removed_at is null and scan <> 'infected'",
            FILE,
        ),
        open_to_links("documents_documentrequest", own_record(), ASKED),
    ]
