"""Counting attempts, in PostgreSQL and beside the request, so that nothing undoes the count."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from portal_modules.core.connections import aside

_ENDLESS: Final = 2**31 - 2  # attempts: more than anybody makes


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `attempts` in a window of `seconds`, which begins with the first of them."""

    name: str
    attempts: int
    seconds: int

    def hit(self, *who: object) -> int:
        """Count one, and return how many there are in the window now."""
        with aside() as cursor:
            cursor.execute("select core_throttle_hit(%s, %s)", [self._key(who), self.seconds])
            return int(cursor.fetchone()[0])

    def wait(self, *who: object) -> int:
        """Seconds until there may be another attempt; 0 when there may be one now."""
        with aside() as cursor:
            cursor.execute(
                "select core_throttle_wait(%s, %s, %s)", [self._key(who), self.attempts, self.seconds]
            )
            return int(cursor.fetchone()[0])

    def forget(self, *who: object) -> None:
        """Begin anew, after somebody proved to be who they are."""
        with aside() as cursor:
            cursor.execute("select core_throttle_forget(%s)", [self._key(who)])

    def counting(self, *who: object) -> Tally:
        """One more of them, for `first_reached`: beyond the limit it is refused."""
        return Tally(self, self._key(who))

    def noting(self, *who: object) -> Tally:
        """One more of them, for `first_reached`, which is never refused."""
        return Tally(replace(self, attempts=_ENDLESS), self._key(who))

    def looking(self, *who: object) -> Tally:
        """How many there are, for `first_reached`: counted is nothing, and a limit that is reached refuses."""
        return Tally(self, self._key(who), counts=False)

    def _key(self, who: tuple[object, ...]) -> str:
        """What is counted is a digest: the table tells nobody's address."""
        text = "\x1f".join([self.name, *map(str, who)])
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Tally:
    """One counter of several that a request is held against."""

    limit: Limit
    key: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit that lets nobody through any more, for so many seconds."""

    limit: Limit
    seconds: int


def first_reached(*tallies: Tally) -> Reached | None:
    """Hold a request against several limits, in their order and with one statement; None when it may go on.

    What comes after the limit that refuses is not counted: whoever is stopped at one counter fills no other.
    """
    with aside() as cursor:
        cursor.execute(
            "select place, remaining from core_throttle_pass(%s, %s, %s, %s)",
            [
                [each.key for each in tallies],
                [each.limit.attempts for each in tallies],
                [each.limit.seconds for each in tallies],
                [each.counts for each in tallies],
            ],
        )
        row = cursor.fetchone()
    return Reached(tallies[row[0] - 1].limit, row[1]) if row else None


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: an IPv4 address, or the /64 of an IPv6 one, which a household owns.

    Behind proxies that are ours it is what the outermost of them saw; what the client itself wrote into
    the header is never believed.
    """
    hops = getattr(settings, "TRUSTED_PROXIES", 0)
    text = request.META.get("REMOTE_ADDR", "")
    if hops:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(forwarded) >= hops and forwarded[-hops]:
            text = forwarded[-hops]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
