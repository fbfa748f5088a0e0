"""Walls around processes, and the lookup by number.

A visitor who gave a number reads a few columns of one process: the database itself refuses the
customer, the title, the registry's number and its key.
"""

from django.db import migrations

from portal_modules.core.walls import COMPANIES, OWN_COMPANY, OWN_CUSTOMER, Right, finder, own_record, wall

COMPANY_READS = Right(OWN_COMPANY)
WRITTEN_ONCE = Right(OWN_COMPANY, ("select", "insert"))
OF_CUSTOMER = {"customer_id": "customers_customer"}

PROCESS_BY_NUMBER = "id, company_id, lookup_number, needs_second_datum, kind_id, phase_id, state, opened_on, phase_since, closed_on"
ENTRY_BY_NUMBER = "id, company_id, process_id, phase_id, entered_on"
NOTICE_BY_NUMBER = (
    "id, company_id, process_id, title, title_pt, title_es, title_en, body, body_pt, body_es, body_en, "
    "is_marked, published_at"
)


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0001_initial"),
        ("conversations", "0002_wall_the_conversations"),
        ("notifications", "0002_wall_the_outbox"),
    ]

    operations = [
        wall("processes_processkind", portal=COMPANY_READS, visitor=COMPANY_READS),
        wall(
            "processes_phase",
            portal=COMPANY_READS,
            visitor=COMPANY_READS,
            same_company={"kind_id": "processes_processkind"},
        ),
        wall(
            "processes_process",
            portal=Right(OWN_CUSTOMER),
            visitor=Right(own_record(), (f"select ({PROCESS_BY_NUMBER})",)),
            same_company={**OF_CUSTOMER, "kind_id": "processes_processkind", "phase_id": "processes_phase"},
        ),
        # A phase of another kind of process is refused by the database too.
        migrations.RunSQL(
            "alter table processes_process add constraint processes_phase_of_its_kind "
            "foreign key (company_id, kind_id, phase_id) references processes_phase (company_id, kind_id, id) "
            "deferrable initially deferred",
            "alter table processes_process drop constraint processes_phase_of_its_kind",
        ),
        wall(
            "processes_phaseentry",
            portal=Right(OWN_CUSTOMER),
            visitor=Right(own_record("process_id"), (f"select ({ENTRY_BY_NUMBER})",)),
            same_company={**OF_CUSTOMER, "phase_id": "processes_phase"},
            parent=("process_id", "processes_process"),
        ),
        wall(
            "processes_notice",
            portal=Right(f"{OWN_CUSTOMER} and published_at is not null"),
            visitor=Right(
                f"{own_record('process_id')} and is_marked and published_at is not null",
                (f"select ({NOTICE_BY_NUMBER})",),
            ),
            same_company=OF_CUSTOMER,
            parent=("process_id", "processes_process"),
        ),
        wall("processes_processevent", staff=WRITTEN_ONCE),
        wall("processes_noticeevent", staff=WRITTEN_ONCE),
        finder(
            "processes_by_number",
            "wanted text",
            "table (id uuid, needs_second_datum boolean)",
            f"select id, needs_second_datum from processes_process where company_id = {COMPANIES} "
            "and lookup_number = wanted",
            ("visitor", "portal"),
        ),
    ]
