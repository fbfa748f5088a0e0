"""Conversations of the demo world, beside the records that the other modules have made."""

from __future__ import annotations

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
from portal_modules.documents.demo.drawn import certificate, paper
from portal_modules.notifications.actions import telling_nobody

from ..actions import write_message
from ..choices import MessageKind
from .talks import BUSINESS_TALKS, TALKS, SaidFacts


def load_beside(company: Company, world: DemoWorld, rng: Random) -> None:
    """What was said about the records, by both sides."""
    staff = world.working_as(StaffRole.OPERATOR, StaffRole.MANAGER)
    found = [
        row for record in records if modules.get(record._meta.app_label).optional for row in _rows(record)
    ]
    talks = TALKS if company.alias == "castro-lima" else BUSINESS_TALKS
    with telling_nobody():
        for record, talk in zip(found, talks, strict=False):
            contact = Contact.objects.filter(customer=record.customer).order_by("pk").first()
            for said in talk:
                _say(company, world, record, contact, staff, said)


def show(company: Company, world: DemoWorld, shown: Shown) -> None:
    """The customer's list, and that of the staff."""
    shown.urls |= {
        "my_messages": whole_address(company, company.language, "conversations:my_messages"),
        "register_conversations": staff_address("conversations_thread_modeladmin_index"),
    }


def _rows(record: Any) -> list[Any]:
    ordered = record.objects.select_related("customer").order_by("customer_id", *record._meta.ordering)
    return list(ordered[: len(TALKS)])


def _say(
    company: Company, world: DemoWorld, record: Any, contact: Contact | None, staff: Any, said: SaidFacts
) -> None:
    language = (contact.reads if contact else "") or company.language
    text, file = _in(language, said.text), _in(language, said.file) if said.file else ""
    customer = login_of(contact) if contact else None
    day = world.today - timedelta(days=said.days_ago)
    at = datetime.combine(day, time(9 + said.days_ago % 8, 17), company.zone)
    write_message(
        record,
        body=text,
        files=[_file(file, text)] if file else [],
        by=staff if said.by_staff else customer,
        actor=ActorKind.STAFF if said.by_staff else ActorKind.CONTACT,
        author_name=str(staff) if said.by_staff else (contact.name if contact else record.customer.name),
        kind=MessageKind.NOTE if said.is_note else MessageKind.MESSAGE,
        at=min(at, timezone.now()),
    )


def _in(language: str, words: Words) -> str:
    return dict(zip(LANGUAGES, words, strict=True))[language]


def _file(name: str, title: str) -> ContentFile[bytes]:
    drawn = certificate(title[:30], 1) if name.endswith(".jpg") else paper(title[:60])
    return ContentFile(drawn, name=name)
