"""Access codes: made, mailed, replaced, ended; and the entry by one.

Whoever comes in by a code is the customer's technical user, whom nobody signs in as otherwise. Staff never see a
code: the mail makes it from its row. The company's staff scope has to be in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from portal_modules.core.actions import log
from portal_modules.core.scope import PORTAL, Scope, database_scope
from portal_modules.core.secrets import is_keyed_hash, keyed_hash
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Customer, Membership
from portal_modules.notifications.actions import tell
from portal_modules.users.models import User

from ..access_codes import code_of
from ..events import ACCESS_CODE_SENT
from ..exceptions import AccessCodeUnreadable, CustomerArchived, NoAccessCode, NotOnFile, WrongCode
from ..models import AccessCode
from ..tax_ids import NOBODY, TypedTaxId, has_number
from .sessions import end_grants

_KEPT: Final = "accounts.access_code.kept"
# Who has the code sees and does what a customer does every day; the team and the account are the owner's.
ROLES: Final = (CustomerRole.FINANCE, CustomerRole.OPERATIONS)


@transaction.atomic
def make_access_code(
    customer: Customer, *, emails: Sequence[str], expires_at: datetime, by: Any | None
) -> AccessCode:
    """Give a customer a code and mail it to these addresses; the one before ends with all that it had opened.

    Raises `CustomerArchived`, or `NotOnFile` for a customer without a tax id, whom no door would find.
    """
    locked = Customer.objects.select_for_update(of=("self",)).select_related("company").get(pk=customer.pk)
    if locked.archived_at:
        raise CustomerArchived
    if not locked.tax_id:
        raise NotOnFile
    is_another = bool(AccessCode.objects.current().filter(customer=locked).update(ended_at=Now()))
    code = AccessCode(customer=locked, company=locked.company, expires_at=expires_at, made_by=by)
    code.code_hash = keyed_hash(_KEPT, code.pk, code_of(code.pk))
    code.save(force_insert=True)
    user = _technical_user(locked)
    values = {"roles": list(ROLES), "until": expires_at, "granted_by": by, "contact": None}
    Membership.objects.update_or_create(customer=locked, user=user, defaults=values)
    end_grants(user.pk, locked.company_id)
    _mail(code, emails)
    log("accounts.replace_code" if is_another else "accounts.make_code", locked, by=by, addresses=len(emails))
    return code


@transaction.atomic
def send_access_code(code: AccessCode, *, emails: Sequence[str], by: Any | None) -> None:
    """Mail the code of a customer to more addresses.

    Raises `NoAccessCode` where it opens nothing any more, or `AccessCodeUnreadable` after a change of keys.
    """
    current = AccessCode.objects.good().select_related("customer", "company").filter(pk=code.pk).first()
    if current is None:
        raise NoAccessCode
    if not fits(current, code_of(current.pk)):
        raise AccessCodeUnreadable
    _mail(current, emails)
    log("accounts.send_code", current.customer, by=by, addresses=len(emails))


@transaction.atomic
def end_access_code(code: AccessCode, *, by: Any | None) -> None:
    """Take it back: it opens nothing any more, and whoever is in by it is out. Raises `NoAccessCode`."""
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=code.customer_id)
    if not AccessCode.objects.current().filter(pk=code.pk).update(ended_at=Now()):
        raise NoAccessCode
    user = _technical_user(customer)
    Membership.objects.filter(customer=customer, user=user).update(until=TransactionNow())
    end_grants(user.pk, customer.company_id)
    log("accounts.end_code", customer, by=by)


def enter_by_access_code(typed: TypedTaxId, code: str) -> User:
    """The technical user of whoever has this number, for the right code. Raises `WrongCode` for everything else.

    One statement, and a hash, for a number that nobody has as for a wrong code; the caller has counted the try.
    """
    customers = Customer.objects.active().filter(has_number(typed))
    given = list(AccessCode.objects.good().given_to(customers).order_by("pk")[: len(typed.readings)])
    if not given:
        is_keyed_hash(keyed_hash(_KEPT, NOBODY), _KEPT, NOBODY, code)
    found = next((each for each in given if fits(each, code)), None)
    if found is None:
        raise WrongCode
    AccessCode.objects.filter(pk=found.pk).update(last_used_at=Now())
    return _technical_user(found.customer)


def fits(row: AccessCode, code: str) -> bool:
    """Is it the code of this row?"""
    return is_keyed_hash(row.code_hash, _KEPT, row.pk, code)


def _mail(code: AccessCode, emails: Sequence[str]) -> None:
    for email in emails:
        tell(
            ACCESS_CODE_SENT,
            company=code.company,
            language=code.customer.language,
            address=email,
            payload={"access_code_id": code.pk},
        )


def _technical_user(customer: Customer) -> User:
    """The one login of all who come in by the customer's code."""
    email = f"code.{customer.uuid}@access.invalid"
    company = customer.company
    with translation.override(company.spoken(company.language)):
        name = _("%(customer)s (access code)") % {"customer": customer.name[:120]}
    with database_scope(Scope(role=PORTAL)):
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User(email=email, name=name[:160], language=customer.language, is_technical=True)
            user.set_unusable_password()
            user.save()
    return user
