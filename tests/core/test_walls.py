"""The walls: what the database itself refuses, whatever the code asks for."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_scopes import scopes_disabled
from django_scopes.exceptions import ScopeError

from portal_modules.core.numbers import new_lookup_number
from portal_modules.core.scope import PORTAL, VISITOR, company_scope
from portal_modules.core.unwalled import UNWALLED
from portal_modules.customers.models import Contact, Customer
from portal_modules.processes.models import Notice, PhaseEntry, Process
from tests.world.companies import World, make_process
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db


def test_every_table_is_walled_or_named_with_a_reason() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, relrowsecurity and relforcerowsecurity, "
            "array(select polname::text from pg_policy where polrelid = c.oid) "
            "from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        )
        tables = {name: (forced, set(policies)) for name, forced, policies in cursor.fetchall()}
    open_tables = {name for name, (forced, _policies) in tables.items() if not forced}
    assert open_tables == set(UNWALLED)
    assert all("owner" in policies for forced, policies in tables.values() if forced)
    assert all(UNWALLED.values())


def test_a_policy_names_the_scope_bare_and_without_an_or() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename, policyname, coalesce(qual, '') || coalesce(with_check, '') from pg_policies"
        )
        for table, policy, text in cursor.fetchall():
            assert " OR " not in text, (table, policy)


def test_outside_a_scope_a_query_raises(world: World) -> None:
    with pytest.raises(ScopeError):
        list(Process.objects.all())


def test_outside_a_scope_the_database_refuses_too(world: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), scopes_disabled():
        list(Process.objects.all())


def test_a_forgotten_filter_shows_only_the_own_company(world: World) -> None:
    with company_scope(world.home.company), scopes_disabled():
        assert {process.company_id for process in Process.objects.all()} == {world.home.company.pk}
        assert Process.objects.filter(pk=world.other.processes["dora"].pk).count() == 0


def test_customers_see_their_own_and_visitors_what_a_number_opened(world: World) -> None:
    alice = world.home.customers["alice"]
    process = world.home.processes["alice"]
    with company_scope(world.home.company, role=PORTAL, customers=[alice.pk]), scopes_disabled():
        assert list(Process.objects.values_list("pk", flat=True)) == [process.pk]
        assert list(Customer.objects.all()) == [alice]
        assert Notice.objects.count() == 1
    with company_scope(world.home.company, role=PORTAL), scopes_disabled():
        assert not Process.objects.exists()
        assert not Customer.objects.exists()
    with company_scope(world.home.company, role=VISITOR), scopes_disabled():
        assert not Process.objects.values("pk").exists()
    with company_scope(world.home.company, role=VISITOR, records=[process.pk]), scopes_disabled():
        assert list(Process.objects.values_list("pk", flat=True)) == [process.pk]
        assert Notice.objects.values("title").count() == 1
    with company_scope(world.other.company, role=VISITOR, records=[process.pk]), scopes_disabled():
        assert not Process.objects.values("pk").exists()


@pytest.mark.parametrize("column", ["customer_id", "title", "registry_number", "registry_key"])
def test_a_number_opens_no_name_and_no_registry_key(world: World, column: str) -> None:
    process = world.home.processes["alice"]
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        company_scope(world.home.company, role=VISITOR, records=[process.pk]),
    ):
        list(Process.objects.values_list(column))


def test_a_visitor_cannot_read_customers_or_users(world: World) -> None:
    for table in ("customers_customer", "customers_contact", "users_user", "notifications_outboxmessage"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            company_scope(world.home.company, role=VISITOR),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select * from {table}")


def test_a_row_of_another_company_is_refused_on_write(world: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), company_scope(world.home.company):
        Customer.objects.create(company=world.other.company, name="Stray", country="PT")


def test_a_foreign_key_stays_inside_the_company(world: World) -> None:
    dora = world.other.customers["dora"]
    with pytest.raises(IntegrityError), transaction.atomic(), company_scope(world.home.company):
        Contact.objects.create(customer_id=dora.pk, name="Stray")
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
    with pytest.raises(IntegrityError), transaction.atomic(), company_scope(world.home.company):
        make_process(world.home, world.home.customers["alice"], phase_id=world.other.phases[0].pk)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


def test_a_child_has_the_customer_of_its_parent_whoever_says_otherwise(world: World) -> None:
    process, charlie = world.home.processes["alice"], world.home.customers["charlie"]
    with company_scope(world.home.company):
        notice = Notice.objects.create(process=process, title="A", body="B", customer=charlie)
        notice.refresh_from_db()
        assert notice.customer_id == process.customer_id
        assert notice.company_id == world.home.company.pk


def test_the_same_number_is_free_in_another_company(world: World) -> None:
    number = new_lookup_number()
    for side, name in ((world.home, "alice"), (world.other, "dora")):
        with company_scope(side.company):
            make_process(side, side.customers[name], lookup_number=number)


def test_written_phases_and_history_are_kept(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        entry = PhaseEntry.objects.create(process=process, phase=process.phase, entered_on=process.opened_on)
        for statement in (
            "update processes_phaseentry set entered_on = now() where id = %s",
            "delete from processes_phaseentry where id = %s",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [entry.pk])
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("truncate processes_phaseentry")


def test_the_application_owns_nothing_and_bypasses_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls, rolinherit from pg_roles where rolname = 'balcao_app'")
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("select distinct tableowner from pg_tables where schemaname = 'public'")
        assert cursor.fetchall() == [("balcao_owner",)]


def test_history_is_written_by_trigger_in_the_scope_of_whoever_changed(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        Process.objects.filter(pk=process.pk).update(title="Changed behind the model's back")
        event = process.events.order_by("pgh_id").last()
        assert event.title == "Changed behind the model's back"
    with company_scope(world.other.company), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from processes_processevent where company_id = %s", [world.home.company.pk]
        )
        assert cursor.fetchone() == (0,)


def test_an_unknown_record_opens_nothing(world: World) -> None:
    with company_scope(world.home.company, role=VISITOR, records=[uuid4()]), scopes_disabled():
        assert not Process.objects.values("pk").exists()


def test_looking_behind_the_walls_is_for_tests_only() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("balcao_owner",)
