"""A question that was written once is answered like one that is written anew: for each company, person and language."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet
from django.utils import translation

from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.compiled import compiled
from portal_modules.core.exceptions import RegistryError
from portal_modules.core.presence import which_have_rows
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Customer
from portal_modules.processes.models import Notice, Process
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db


def _mine(access: Access) -> QuerySet[Process]:
    return Process.objects.visible_to(access).select_related("kind", "customer").order_by("pk")


mine = compiled(_mine)


@compiled
def one(access: Access, pk: UUID) -> QuerySet[Process]:
    return Process.objects.visible_to(access).filter(pk=pk)


@compiled
def with_ids(ids: tuple[UUID, ...], most: int) -> QuerySet[Any]:
    return Process.objects.filter(pk__in=ids).order_by("pk").select_related("kind")[:most]


@compiled
def since(day: date) -> QuerySet[Process]:
    return Process.objects.filter(opened_on__gte=day).order_by("pk")


@compiled
def forgetful(access: Access, pk: UUID) -> QuerySet[Process]:
    return Process.objects.visible_to(access)


def access_of(side: CompanyWorld, *names: str, roles: tuple[str, ...] = (CustomerRole.OWNER,)) -> Access:
    """Somebody of these customers."""
    grants = tuple(MembershipGrant(side.customers[name].pk, frozenset(roles)) for name in names)
    return Access(
        company=side.company,
        actor=ActorKind.CONTACT,
        user_id=1,
        memberships=grants,
        level=Level.PASSWORD,
    )


def ask(access: Access, question: Any, *values: Any) -> list[Any]:
    """As the portal of that company asks."""
    assert access.company is not None
    with company_scope(access.company, role=PORTAL, customers=access.customer_ids):
        return list(question(*values))


def test_each_person_and_company_gets_their_own_rows(world: World) -> None:
    home, other = world.home, world.other
    people = [access_of(home, "alice"), access_of(other, "dora"), access_of(home, "charlie")]
    for access in [*people, access_of(home, "alice", "charlie"), *people]:
        found = ask(access, mine, access)
        assert [row.pk for row in found] == [row.pk for row in ask(access, _mine, access)]
        assert len(found) == len(access.memberships)
        assert {row.customer_id for row in found} == set(access.customer_ids)
        assert found[0].kind.company_id == access.company.pk  # type: ignore[union-attr]


def test_somebody_without_a_customer_sees_nothing_and_the_next_one_sees_theirs(world: World) -> None:
    nobody = Access(company=world.home.company, actor=ActorKind.CONTACT, user_id=1, level=Level.PASSWORD)
    assert ask(nobody, mine, nobody) == []
    alice = access_of(world.home, "alice")
    assert len(ask(alice, mine, alice)) == 1


def test_what_a_role_does_not_see_is_another_form(world: World) -> None:
    owner, viewer = access_of(world.home, "alice"), access_of(world.home, "alice", roles=())
    assert ask(owner, mine, owner)
    assert [row.pk for row in ask(viewer, mine, viewer)] == [row.pk for row in ask(viewer, _mine, viewer)]


def test_a_foreign_id_is_put_in_as_given(world: World) -> None:
    alice = access_of(world.home, "alice")
    own, foreign = world.home.processes["alice"].pk, world.home.processes["charlie"].pk
    assert [row.pk for row in ask(alice, one, alice, own)] == [own]
    assert ask(alice, one, alice, foreign) == []
    assert ask(alice, one, alice, world.other.processes["dora"].pk) == []


def test_ids_of_any_number_and_words_of_each_language(world: World) -> None:
    home = world.home
    ids = sorted(process.pk for process in home.processes.values())
    assert len(ids) >= 2
    access = access_of(home, *home.customers)
    for count in (1, 2, len(ids), 1):
        wanted = (*ids[:count], *(uuid4() for _stranger in range(3)))
        for language, word in (("en", "Citizenship"), ("pt-br", "Nacionalidade")):
            with translation.override(language):
                found = ask(access, with_ids, wanted, 50)
                assert [row.pk for row in found] == ids[:count]
                assert all(row.kind.name.startswith(word) for row in found)
    assert len(ask(access, with_ids, tuple(ids), 1)) == 1


def test_days_are_put_in(world: World) -> None:
    access = access_of(world.home, "alice")
    opened = world.home.processes["alice"].opened_on
    assert ask(access, since, opened)
    assert not ask(access, since, opened.replace(year=opened.year + 1))
    assert ask(access, since, opened)


def test_a_value_that_is_not_handed_on_is_refused(world: World) -> None:
    alice = access_of(world.home, "alice")
    with pytest.raises(RegistryError, match="forgetful does not hand on 1 of its values"):
        ask(alice, forgetful, alice, uuid4())


def test_the_walls_stand_where_the_question_asks_for_too_much(world: World) -> None:
    """Whoever builds an access by mistake still reads nothing behind the walls."""
    alice, both = access_of(world.home, "alice"), access_of(world.home, "alice", "charlie")
    with company_scope(world.home.company, role=PORTAL, customers=alice.customer_ids):
        assert {row.customer_id for row in mine(both)} == set(alice.customer_ids)


def test_rows_are_as_good_as_others(world: World) -> None:
    alice = access_of(world.home, "alice")
    (process,) = ask(alice, mine, alice)
    with company_scope(world.home.company):
        process.title = "Changed"
        process.save()
        assert Process.objects.get(pk=process.pk).title == "Changed"
        assert Notice.objects.filter(process=process).exists()
        assert Customer.objects.get(pk=process.customer_id) == process.customer


def test_whether_there_are_rows_is_asked_of_the_first_few_too(world: World) -> None:
    alice = world.home.processes["alice"].pk
    with company_scope(world.home.company):
        assert which_have_rows([with_ids.about((alice,), 1), with_ids.about((uuid4(),), 1)]) == [True, False]
