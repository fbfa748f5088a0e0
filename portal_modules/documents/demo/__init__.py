"""Documents of the demo world that were asked for: some to send, one late, one refused, some accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from portal_modules.core.access import ActorKind
from portal_modules.core.addresses import whole_address
from portal_modules.core.choices import StaffRole
from portal_modules.core.demo import LANGUAGES, DemoWorld, Shown, Words, staff_address
from portal_modules.core.models import Company
from portal_modules.core.modules import modules
from portal_modules.core.records import records
from portal_modules.customers.demo import login_of
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import telling_nobody

from ..actions import accept_document, ask_for_document, refuse_document, send_document
from ..models import DocumentRequest
from .drawn import certificate, paper
from .facts import PAPERS, STORIES, AskedFacts

_OF_A_CUSTOMER = 2
_FEWER = 3  # where no story is written, so many records get one


def load_beside(company: Company, world: DemoWorld, rng: Random) -> None:
    """What was asked for the records that the other modules have made."""
    staff = world.working_as(StaffRole.OPERATOR, StaffRole.MANAGER)
    stories = STORIES.get(company.alias, STORIES[""][:_FEWER])
    with telling_nobody():
        for record, story in zip(_records(), stories, strict=False):
            for asked in story:
                _ask(company, world, record, asked, staff)


def show(company: Company, world: DemoWorld, shown: Shown) -> None:
    """The customer's list, one of it, and the register."""
    shown.urls |= {
        "my_documents": whole_address(company, company.language, "documents:list"),
        "register_documents": staff_address("documents_documentrequest_modeladmin_index"),
    }
    requests = DocumentRequest.objects.order_by("number")
    mine = requests.filter(customer__contacts__email=_first_login(world))
    for state in ("asked", "refused"):
        if own := mine.filter(state=state).first():
            shown.urls[f"my_document_{state}"] = whole_address(
                company, company.language, "documents:detail", own.pk
            )
        if asked := requests.filter(state=state).first():
            shown.urls[f"register_document_{state}"] = staff_address(
                "documents_documentrequest_modeladmin_inspect", asked.pk
            )


def _first_login(world: DemoWorld) -> str:
    """Whose pages the printed table leads to."""
    people = (person for customer in world.customers for person in customer.people if person.signs_in)
    return next((person.email for person in people), "")


def _records() -> Iterable[Any]:
    """The records of modules above this one: two of each customer, the first customers first."""
    for record in records:
        if not modules.get(record._meta.app_label).optional:
            continue
        seen: Counter[int] = Counter()
        rows = record.objects.select_related("customer")
        for row in rows.order_by("customer_id", *record._meta.ordering)[:100]:
            seen[row.customer_id] += 1
            if seen[row.customer_id] <= _OF_A_CUSTOMER:
                yield row


def _ask(company: Company, world: DemoWorld, record: Any, facts: AskedFacts, staff: Any) -> None:
    paper_facts = PAPERS[facts.paper]
    at = _at(company, world, facts.asked_days_ago)
    asked = ask_for_document(
        record.customer,
        title=_by_code(paper_facts.title),
        reason=_by_code(paper_facts.reason),
        example=_by_code(paper_facts.example),
        due_on=world.today + timedelta(days=facts.due_in),
        record=record,
        by=staff,
        at=at,
    )
    for number, reason in enumerate(facts.rounds):
        sent_at = min(at + timedelta(days=2 * number + 2), timezone.now())
        _send(company, asked, paper_facts.file_name, sent_at, number)
        if reason == "accepted":
            accept_document(asked, by=staff, at=min(sent_at + timedelta(days=1), timezone.now()))
        elif reason:
            words = dict(zip(LANGUAGES, reason, strict=True))
            said = words[company.language]
            refuse_document(
                asked, reason=said, by=staff, at=min(sent_at + timedelta(hours=20), timezone.now())
            )


def _send(company: Company, asked: DocumentRequest, name: str, at: datetime, number: int) -> None:
    contact = Contact.objects.filter(customer=asked.customer).order_by("pk").first()
    user = login_of(contact) if contact else None
    drawn = certificate(asked.title, number) if name.endswith(".jpg") else paper(asked.title)
    send_document(
        asked,
        files=[ContentFile(drawn, name=name)],
        by=user,
        actor=ActorKind.CONTACT,
        author_name=contact.name if contact else asked.customer.name,
        at=at,
    )


def _at(company: Company, world: DemoWorld, days_ago: int) -> datetime:
    day = world.today - timedelta(days=days_ago)
    return min(datetime.combine(day, time(10, 20), company.zone), timezone.now())


def _by_code(words: Words) -> dict[str, str]:
    return dict(zip(LANGUAGES, words, strict=True))
