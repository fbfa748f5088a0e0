"""Terms and privacy notices of the demo world, and who has accepted them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from portal_modules.core.actions import change_settings
from portal_modules.core.addresses import whole_address
from portal_modules.core.choices import StaffRole
from portal_modules.core.companies import card_in_scope
from portal_modules.core.demo import DemoWorld, Shown, by_language, staff_address
from portal_modules.core.models import Company
from portal_modules.customers.demo import customer_of, login_of
from portal_modules.customers.models import Customer, Membership

from ..access_codes import code_of, written
from ..actions import make_access_code
from ..choices import LegalKind
from ..doors import doors
from ..models import AccessCode, LegalAcceptance, LegalText
from . import law_en, law_es, law_pt, others
from .writing import Section, as_html

LAW_FIRM = "castro-lima"
# How each company lets its customers in; the law firm's is the portal's usual way.
DOORS = {
    "altura": ["tax_id_email"],
    "verde": ["access_code", "tax_id_email"],
    "estudio": ["tax_id_password"],
    "pepino-tech": ["tax_id_link", "tax_id_only"],
}
# Its first customer is one of its sister company too.
WITH_SISTERS = "altura"
_BOOKS = (law_pt, law_es, law_en)
# Has not been here since the newest version: signing in shows what is asked then.
LATE = "rui.cordeiro@example.com"


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """Two versions of the law firm's terms, one of everything else; everybody but one has accepted them."""
    change_settings(company, {"accounts.doors": DOORS.get(company.alias, ["email"])}, by=None)
    _give_out_codes(company, world)
    begun = datetime.combine(world.today - timedelta(days=730), time(10, 0), company.zone)
    renewed = datetime.combine(world.today - timedelta(days=96), time(9, 30), company.zone)
    by = world.working_as(StaffRole.MANAGER)
    if company.alias == LAW_FIRM:
        first = [[section for section in book.TERMS if section != book.TERMS[5]] for book in _BOOKS]
        earlier = _write(LegalKind.TERMS, 1, first, begun, by)
        notice = _write(LegalKind.PRIVACY, 1, [book.PRIVACY for book in _BOOKS], begun, by)
        words = (law_pt.CHANGES, law_es.CHANGES, law_en.CHANGES)
        terms = _write(LegalKind.TERMS, 2, [book.TERMS for book in _BOOKS], renewed, by, changes=words)
    else:
        terms = _write(LegalKind.TERMS, 1, others.terms_of(company.alias, company.legal_name), begun, by)
        notice = _write(LegalKind.PRIVACY, 1, others.privacy_of(company.alias, company.legal_name), begun, by)
        earlier = terms
    # By their cards: the logins of customers are not the staff's to see.
    for membership in Membership.objects.select_related("contact"):
        _accept(membership, [earlier, notice], begun + timedelta(days=rng.randint(1, 500)))
        if membership.contact is None or membership.contact.email != LATE:
            _accept(membership, [terms], renewed + timedelta(days=rng.randint(1, 80)))


def show(company: Company, world: DemoWorld, shown: Shown) -> None:
    """The doors' pages, what people carry to them, one's own account, the texts and their catalogue."""
    language = company.language
    for wanted in world.customers if company.alias in DOORS else ():
        carried = _carried(customer_of(wanted.people[0].email))
        shown.carried |= {person.email: carried for person in wanted.people}
    shown.urls["ways_in"] = staff_address("accounts_ways_in")
    open_doors = doors.open_in(card_in_scope())
    named = [page for door in open_doors for page in (door.page, door.register, door.forgotten) if page]
    for page in [*named, "accounts:missing", "accounts:terms", "accounts:privacy"]:
        shown.urls[page.removeprefix("accounts:")] = whole_address(company, language, page)
    customer = customer_of(world.customers[0].people[0].email)
    own: list[tuple[str, str, tuple[Any, ...]]] = [
        ("my_account", "account", ()),
        ("my_access_log", "access_log", ()),
        ("my_requests", "requests", ()),
        ("my_team_invite", "my_team_invite", (customer.uuid,)),
    ]
    for contact in customer.contacts.exclude(memberships=None).order_by("pk")[:1]:
        if login := login_of(contact):
            own.append(("my_team_change", "my_team_change", (customer.uuid, login.uuid)))
    for name, page, places in own:
        shown.urls[name] = whole_address(company, language, f"accounts:{page}", *places)
    shown.urls |= {
        "register_legal_texts": staff_address("wagtailsnippets_accounts_legaltext:list"),
        "view_as_customer": staff_address("accounts_view_as", customer.pk),
        "share_choose": staff_address("accounts_share_choose", customer.pk),
    }
    if company.alias == WITH_SISTERS:
        shown.urls["my_everywhere"] = whole_address(company, language, "accounts:everywhere")
    if "access_code" in DOORS.get(company.alias, ()):
        shown.urls["access_code"] = staff_address("accounts_access_code", customer.pk)


def _carried(customer: Customer) -> dict[str, str]:
    """A customer's tax id, and the access code where there is one."""
    code = AccessCode.objects.good().filter(customer=customer).first()
    return {
        "tax_id": customer.tax_id_shown,
        **({"access_code": written(code_of(code.pk))} if code else {}),
    }


def _give_out_codes(company: Company, world: DemoWorld) -> None:
    """Where customers come in by a code, each has one, mailed to the first of their people."""
    if "access_code" not in DOORS.get(company.alias, ()):
        return
    for wanted in world.customers:
        email = wanted.people[0].email
        make_access_code(
            customer_of(email),
            emails=[email],
            expires_at=timezone.now() + timedelta(days=365),
            by=world.working_as(StaffRole.MANAGER),
        )


def _write(
    kind: LegalKind,
    version: int,
    texts: Sequence[Sequence[Section]],
    at: datetime,
    by: object,
    *,
    changes: tuple[str, str, str] = ("", "", ""),
) -> LegalText:
    bodies = by_language("body", (as_html(texts[0]), as_html(texts[1]), as_html(texts[2])))
    text: LegalText = LegalText.objects.create(
        kind=kind,
        version=version,
        published_at=at,
        published_by=by,
        **bodies,
        **by_language("changes", changes),
    )
    return text


def _accept(membership: Membership, texts: Sequence[LegalText], at: datetime) -> None:
    """Once for each person and version, whichever customers they belong to."""
    language = (membership.contact and membership.contact.language) or "pt"
    LegalAcceptance.objects.bulk_create(
        [
            LegalAcceptance(text=text, user_id=membership.user_id, language=language, accepted_at=at)
            for text in texts
        ],
        ignore_conflicts=True,
    )
