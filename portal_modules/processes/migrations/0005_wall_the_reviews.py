"""Walls around reviews, checklists and durations. Whoever has a number reads how long phases take, and no more."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, OWN_CUSTOMER, Right, wall

COMPANY_READS = Right(OWN_COMPANY)
WRITTEN_ONCE = Right(OWN_COMPANY, ("select", "insert"))


class Migration(migrations.Migration):
    dependencies = [("processes", "0004_reviews_checklists_and_durations")]

    operations = [
        wall(
            "processes_phaseduration",
            portal=COMPANY_READS,
            visitor=COMPANY_READS,
            same_company={"phase_id": "processes_phase"},
        ),
        wall(
            "processes_checklistitem",
            same_company={"kind_id": "processes_processkind", "phase_id": "processes_phase"},
        ),
        # A phase of another kind of process is refused by the database too.
        migrations.RunSQL(
            "alter table processes_checklistitem add constraint processes_checklist_phase_of_its_kind "
            "foreign key (company_id, kind_id, phase_id) references processes_phase (company_id, kind_id, id) "
            "deferrable initially deferred",
            "alter table processes_checklistitem drop constraint processes_checklist_phase_of_its_kind",
        ),
        wall("processes_reviewsubject", portal=COMPANY_READS),
        wall(
            "processes_reviewrequest",
            portal=Right(OWN_CUSTOMER),
            same_company={"customer_id": "customers_customer", "subject_id": "processes_reviewsubject"},
        ),
        # What is said to be wrong is a business of the same customer.
        migrations.RunSQL(
            "alter table processes_reviewrequest add constraint processes_review_of_own_process "
            "foreign key (company_id, customer_id, process_id) "
            "references processes_process (company_id, customer_id, id) on update cascade "
            "deferrable initially deferred",
            "alter table processes_reviewrequest drop constraint processes_review_of_own_process",
        ),
        wall("processes_reviewrequestevent", staff=WRITTEN_ONCE),
    ]
