"""Who holds a share link reads all notices of its process where they were ticked, and a review that it is for."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, open_to_links, own_record, shared

NOTICES = f"{shared('notices', 'process_id')} and published_at is not null"
SUBJECT = "id, company_id, name, name_pt, name_es, name_en, position, is_active"
REVIEW = "id, company_id, number, subject_id, description, state, answer, asked_at, closed_at"


class Migration(migrations.Migration):
    dependencies = [("processes", "0011_search_the_register")]

    operations = [
        migrations.RunSQL(
            f"create policy visitor_link on processes_notice for select to balcao_visitor using ({NOTICES})",
            "drop policy visitor_link on processes_notice",
        ),
        open_to_links("processes_reviewsubject", OWN_COMPANY, SUBJECT),
        open_to_links("processes_reviewrequest", own_record(), REVIEW),
    ]
