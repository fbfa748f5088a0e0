"""Proving that one reads the mail of an address: by the code of a mail, or by its link."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from portal_modules.core.models import Company
from portal_modules.core.secrets import is_keyed_hash, keyed_hash
from portal_modules.customers.models import Customer
from portal_modules.notifications.actions import tell

from ..choices import ProofPurpose
from ..events import FIRST_ACCESS_ASKED, LINK_ASKED, REGISTRATION_ASKED, RESET_ASKED, STAFF_RESET_ASKED
from ..exceptions import CodeExpired, CodeUsed, TooManyTries, WrongCode
from ..models import AddressProof
from ..throttles import CODE_TRIES

DIGITS: Final = 6
_MAIL_OF: Final = {
    ProofPurpose.REGISTER: REGISTRATION_ASKED,
    ProofPurpose.RESET: RESET_ASKED,
    ProofPurpose.STAFF: STAFF_RESET_ASKED,
    ProofPurpose.FIRST: FIRST_ACCESS_ASKED,
    ProofPurpose.ENTER: LINK_ASKED,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that was asked for, and the half of it that the browser keeps: without it the code opens nothing."""

    proof: AddressProof
    browser: str


def code_of(proof: AddressProof) -> str:
    """The six digits of the mail, made from the row whenever they are needed."""
    digest = keyed_hash("accounts.code", proof.purpose, proof.pk)
    return f"{int(digest, 16) % 10**DIGITS:0{DIGITS}}"


def link_token_of(proof: AddressProof) -> str:
    """What stands at the end of the mail's link: the row, and 256 bits that only this installation can make."""
    return f"{proof.pk.hex}{keyed_hash('accounts.link', proof.purpose, proof.pk)}"


@transaction.atomic(savepoint=False)
def ask_for_proof(
    company: Company,
    *,
    purpose: ProofPurpose,
    email: str,
    language: str,
    customer: Customer | None = None,
    mail: str = "",
) -> Asked:
    """Write down that somebody asked for a code or a link, and have the mail sent.

    The same for every address, known or not: who it belongs to is looked up when the mail is written. With a
    tax id the customer says that it fits the address. A link to come in by takes the place of the one before.
    `mail` is the event of another mail than the purpose's own. The company's staff scope has to be in force, and
    the address as `normalize_email` returns it.
    """
    browser = secrets.token_urlsafe(24)
    if purpose == ProofPurpose.ENTER:
        AddressProof.objects.filter(email=email, purpose=purpose, used_at=None).update(used_at=Now())
    proof = AddressProof(company=company, purpose=purpose, email=email, customer=customer)
    proof.code_hash = keyed_hash("accounts.code.kept", proof.pk, code_of(proof))
    proof.link_hash = keyed_hash("accounts.link.kept", link_token_of(proof))
    proof.browser_hash = keyed_hash("accounts.browser", proof.pk, browser)
    proof.save(force_insert=True)
    tell(
        mail or _MAIL_OF[purpose],
        company=company,
        language=language,
        address=email,
        payload={"proof_id": proof.pk},
        once=str(proof.pk),
    )
    return Asked(proof, browser)


def give_up_proof(pk: UUID) -> None:
    """A newer code takes its place, or the person went away: it opens nothing any more."""
    AddressProof.objects.filter(pk=pk, used_at=None).update(used_at=Now())


def open_first_access(pk: UUID) -> AddressProof | None:
    """The row of a first access whose link was opened: it is good for two days, and only leads to a code."""
    found = AddressProof.objects.good_for_first_access().exclude(customer=None).filter(pk=pk)
    proof: AddressProof | None = found.first()
    return proof


def prove_by_code(pk: UUID, browser: str, *, purpose: ProofPurpose, code: str) -> AddressProof:
    """Take the code of a mail, in the browser that asked for it; it opens once.

    Raises `CodeRefused` with the reason. The try is counted beside the transaction, before anything is
    compared, so that a hundred at the same moment are a hundred.
    """
    proof = AddressProof.objects.filter(pk=pk, purpose=purpose).first()
    if proof is None or not is_keyed_hash(proof.browser_hash, "accounts.browser", proof.pk, browser):
        raise CodeExpired
    _refuse_closed(proof)
    tries = CODE_TRIES.hit(proof.pk)
    if tries > CODE_TRIES.attempts:
        raise TooManyTries
    if not is_keyed_hash(proof.code_hash, "accounts.code.kept", proof.pk, code):
        raise TooManyTries if tries == CODE_TRIES.attempts else WrongCode
    return _proved(proof)


def find_by_link(token: str, *, purpose: ProofPurpose) -> AddressProof | None:
    """The row of a link's token; None when it is of none, or was changed."""
    try:
        pk = UUID(hex=token[:32])
    except ValueError:
        return None
    proof: AddressProof | None = AddressProof.objects.filter(pk=pk, purpose=purpose).first()
    if proof is None or not is_keyed_hash(proof.link_hash, "accounts.link.kept", token):
        return None
    return proof


@transaction.atomic
def prove_by_link(pk: UUID, *, purpose: ProofPurpose) -> Asked:
    """Take the link of a mail, whose token was found before; it opens once. Raises `CodeRefused`.

    It goes on in the browser that opened the link: the one that asked has lost it.
    """
    proof = AddressProof.objects.filter(pk=pk, purpose=purpose).first()
    if proof is None:
        raise CodeExpired
    _refuse_closed(proof)
    _proved(proof)
    browser = secrets.token_urlsafe(24)
    proof.browser_hash = keyed_hash("accounts.browser", proof.pk, browser)
    proof.save(update_fields=["browser_hash"])
    return Asked(proof, browser)


def proved_in(pk: UUID, browser: str, *, purpose: ProofPurpose) -> AddressProof | None:
    """The proof that this browser gave a short while ago, and has not used."""
    proof: AddressProof | None = AddressProof.objects.proved().filter(pk=pk, purpose=purpose).first()
    if proof is None or not is_keyed_hash(proof.browser_hash, "accounts.browser", proof.pk, browser):
        return None
    return proof


def use_proof(proof: AddressProof) -> None:
    """Use it up, and with it all others of the address for the same end. Raises `CodeUsed` the second time."""
    if not AddressProof.objects.proved().filter(pk=proof.pk).update(used_at=Now()):
        raise CodeUsed
    others = AddressProof.objects.filter(email=proof.email, purpose=proof.purpose, used_at=None)
    others.update(used_at=Now())


def _refuse_closed(proof: AddressProof) -> None:
    if proof.proved_at or proof.used_at:
        raise CodeUsed
    if not AddressProof.objects.fresh().filter(pk=proof.pk).exists():
        raise CodeExpired


def _proved(proof: AddressProof) -> AddressProof:
    """Only one of two at the same moment gets through."""
    mine: Any = AddressProof.objects.open().fresh().filter(pk=proof.pk)
    if not mine.update(proved_at=Now()):
        raise CodeUsed
    return proof
