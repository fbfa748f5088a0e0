"""Asking the DNS for the texts of a name (TXT records), by dnspython.

See `docs/decisions/0012-the-dns-is-asked-by-dnspython.md`. It waits for the outside world, so it is never called
inside a transaction.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from dns.exception import DNSException
from dns.name import from_text
from dns.nameserver import Do53Nameserver
from dns.resolver import NXDOMAIN, Resolver

SECONDS: Final = 3.0  # for one answer of one server
_LIFETIME: Final = 6.0  # for all of them
_PORT: Final = 53


class NoAnswer(Exception):
    """Nobody answered, or not in a way that can be read."""


def texts_of(name: str) -> list[str]:
    """The TXT records of a host name; none where there is no such name. Raises `NoAnswer`."""
    if not name:
        raise NoAnswer(name)
    try:
        answer = _resolver().resolve(
            from_text(name), "TXT", lifetime=_LIFETIME, search=False, raise_on_no_answer=False
        )
        return [b"".join(each.strings).decode("utf-8", "replace") for each in answer]
    except NXDOMAIN:
        return []
    except (DNSException, OSError, ValueError):
        raise NoAnswer(name) from None


def _resolver() -> Resolver:
    """One that asks `DNS_SERVERS` of the settings (`address` or `address:port`), else those of this machine."""
    servers = list(settings.DNS_SERVERS)
    resolver = Resolver(configure=not servers)
    if servers:
        resolver.nameservers = [Do53Nameserver(*_place(each)) for each in servers]
    resolver.timeout = SECONDS
    return resolver


def _place(server: str) -> tuple[str, int]:
    host, colon, port = server.rpartition(":")
    if colon and port.isdigit() and ":" not in host:
        return host, int(port)
    return server, _PORT
