"""How a number opens a process to whoever knows it, and what keeps guessers out.

A number that is easy to guess is always answered by asking for a second datum, whether it exists or not;
and nobody learns which of the two was wrong.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
import unicodedata
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer
from django.db import connection
from django.http import HttpRequest

from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.core.tax_ids import last_four
from portal_modules.core.throttle import Limit, client_address

from .models import Process
from .numbers import is_guessable, readings

ADDRESS_MISSES = Limit("processes.lookup.address", attempts=10, seconds=60)
NETWORK_MISSES = Limit("processes.lookup.network", attempts=60, seconds=60)
COMPANY_MISSES = Limit("processes.lookup.company", attempts=300, seconds=60)

# While a company is under attack, each try has to be sent a second time, this many seconds later.
PATIENCE = 2
_STAMP_LASTS = 60 * 30
_SIGNER = Signer(salt="processes.lookup")


@dataclass(frozen=True, slots=True)
class Found:
    """What a number was answered with: a process, or the question for a second datum, or neither."""

    process: UUID | None = None
    asks_for_proof: bool = False


def open_by_number(company: Company, typed: str, proof: str | None) -> Found:
    """The process of a number that is known and, if need be, proved. Known or not, the work is the same."""
    numbers = list(readings(typed))
    rows = [row for number in numbers for row in _rows(number)]
    process, needs_proof = rows[0] if rows else (None, False)
    if process and not needs_proof:
        return Found(process)
    if not needs_proof and not (any(map(is_guessable, numbers)) and has_guessable_numbers(company)):
        return Found()
    if proof is None:
        return Found(asks_for_proof=True)
    return Found(process) if _is_proved(company, process, proof) else Found()


def has_guessable_numbers(company: Company) -> bool:
    """Did the company bring numbers of a former system that are easy to guess?"""
    with company_scope(company):
        return bool(Process.objects.filter(needs_second_datum=True).order_by().exists())


def seconds_to_wait(request: HttpRequest) -> int:
    """How long nothing is answered to this address or its network; 0 when they may try."""
    address = client_address(request)
    return max(ADDRESS_MISSES.wait(address), NETWORK_MISSES.wait(_network(address)))


def count_miss(request: HttpRequest, company: Company) -> int:
    """Count a wrong number, and return how many came from this address within the minute."""
    address = client_address(request)
    NETWORK_MISSES.hit(_network(address))
    COMPANY_MISSES.hit(company.pk)
    return ADDRESS_MISSES.hit(address)


def is_under_attack(company: Company) -> bool:
    """Were there so many wrong numbers at this company that each try has to take its time?"""
    return COMPANY_MISSES.wait(company.pk) > 0


def stamp(request: HttpRequest, company: Company, *typed: str) -> str:
    """A signed note of when this very try was made first: it is good for no other."""
    return _SIGNER.sign(f"{time.time():.2f}/{_digest(request, company, typed)}")


def seconds_since(stamped: str, request: HttpRequest, company: Company, *typed: str) -> float | None:
    """How long ago this very try was stamped; None when it was not, or too long ago."""
    try:
        at, _slash, digest = _SIGNER.unsign(stamped).partition("/")
    except BadSignature:
        return None
    seconds = time.time() - float(at)
    return seconds if seconds <= _STAMP_LASTS and digest == _digest(request, company, typed) else None


def _rows(number: str) -> list[tuple[UUID, bool]]:
    with connection.cursor() as cursor:
        cursor.execute("select id, needs_second_datum from processes_by_number(%s)", [number])
        rows: list[tuple[UUID, bool]] = cursor.fetchall()
    return rows


def _is_proved(company: Company, process: UUID | None, proof: str) -> bool:
    """Are these the last four characters of the tax id on file? Without one on file nothing is."""
    with company_scope(company):
        wanted = Process.objects.filter(pk=process or uuid4()).order_by()
        tax_id = wanted.values_list("customer__tax_id", flat=True).first() or ""
    typed = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", proof).upper()))
    right = last_four(tax_id) if process else ""
    return len(right) == 4 and hmac.compare_digest(last_four(typed).encode(), right.encode())


def _digest(request: HttpRequest, company: Company, typed: tuple[str, ...]) -> str:
    text = "\x1f".join([str(company.pk), client_address(request), *typed])
    return hashlib.sha256(text.encode()).hexdigest()


def _network(address: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one."""
    try:
        bits = 24 if ipaddress.ip_address(address).version == 4 else 48
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
