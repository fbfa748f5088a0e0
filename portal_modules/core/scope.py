"""Who may see what, told to PostgreSQL: the only place that sets a role or a scope.

A scope is a database role and the ids that its policies compare with. It is set inside a
transaction, with one statement, and COMMIT or ROLLBACK drops it: a kept connection carries
nothing over to the next request. Outside a scope every walled table refuses to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction
from django_scopes import get_scope, scope, scopes_disabled

if TYPE_CHECKING:
    from portal_modules.core.models import Company

STAFF = "balcao_staff"
PORTAL = "balcao_portal"
VISITOR = "balcao_visitor"
ROLES = (STAFF, PORTAL, VISITOR)
NOBODY = "none"

# Wagtail's root page and root collection belong to the platform. Everybody reads them, and only a
# platform action, which has this among its companies, may hang something below them.
PLATFORM = 0

_SET = (
    "select set_config('role', %s, true), set_config('app.company', %s, true), "
    "set_config('app.companies', %s, true), set_config('app.customers', %s, true), "
    "set_config('app.records', %s, true), set_config('app.parts', %s, true)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """A role, and the ids of what it may reach.

    `companies` are those whose rows are seen, `company` is the one that new rows belong to. `records`
    are the single records that a number or a link has opened, and `parts` what of them a link shows besides.
    """

    role: str = NOBODY
    company: int | None = None
    companies: tuple[int, ...] = ()
    customers: tuple[int, ...] = ()
    records: tuple[UUID, ...] = ()
    parts: tuple[str, ...] = ()

    def parameters(self) -> list[str]:
        """The role, the company and the arrays as PostgreSQL writes them."""
        arrays = (self.companies, self.customers, self.records)
        lists = ("{%s}" % ",".join(map(str, array)) for array in arrays)
        return [self.role, str(self.company or ""), *lists, ",".join(self.parts)]

    def apply(self) -> None:
        """Tell the database, until the end of the transaction or savepoint."""
        with connection.preparing(), connection.cursor() as cursor:  # type: ignore[attr-defined]  # of core.pg
            cursor.execute(_SET, self.parameters())

    def as_json(self) -> dict[str, Any]:
        """For the luggage of a task."""
        return {
            "role": self.role,
            "company": self.company,
            "companies": list(self.companies),
            "customers": list(self.customers),
            "records": [str(record) for record in self.records],
            "parts": list(self.parts),
        }

    @classmethod
    def from_json(cls, luggage: dict[str, Any]) -> Scope:
        """The scope that `as_json` packed."""
        return cls(
            role=luggage["role"],
            company=luggage["company"],
            companies=tuple(luggage["companies"]),
            customers=tuple(luggage["customers"]),
            records=tuple(UUID(record) for record in luggage["records"]),
            parts=tuple(luggage.get("parts", ())),
        )


_current: ContextVar[Scope] = ContextVar("scope", default=Scope())


def as_role(sql: str) -> str:
    """A statement to prepare, with the role in it: PostgreSQL plans it anew whenever another role runs it.

    At its end: pghistory tells by the first word that it only reads, and need not know who is at work.
    """
    return f"{sql} /* {_current.get().role} */"


def current_scope() -> Scope:
    """The scope in force; `Scope()` when there is none."""
    return _current.get()


@contextmanager
def database_scope(wanted: Scope) -> Iterator[None]:
    """Run the body in one transaction, with the walls set to what is wanted.

    Nested in another scope the body is a savepoint: on success the outer scope is set back, on an
    error the rollback does that by itself. At the top nothing is set back, so that deferred triggers
    still run in the scope; COMMIT drops it. An empty scope at the top needs no word to the database.
    """
    before = _current.get()
    nested = connection.in_atomic_block
    with transaction.atomic(savepoint=nested):
        if nested or wanted != Scope():
            wanted.apply()
        token = _current.set(wanted)
        try:
            yield
            if nested and not connection.needs_rollback:
                before.apply()
        finally:
            _current.reset(token)


def narrow(**changes: Any) -> None:
    """Set the running scope anew, once more is known of who is looking."""
    wanted = replace(_current.get(), **changes)
    if wanted != _current.get():
        wanted.apply()
        _current.set(wanted)


def scope_of(company: Company, role: str = STAFF, **more: Any) -> Scope:
    """The scope of one company."""
    return Scope(role=role, company=company.pk, companies=(company.pk,), **more)


@contextmanager
def company_scope(
    company: Company,
    role: str = STAFF,
    customers: Iterable[int] = (),
    records: Iterable[UUID] = (),
    parts: Iterable[str] = (),
) -> Iterator[None]:
    """Work inside one company: both django-scopes and the database know it.

    Staff see the whole company; pass `role=PORTAL` with customers, or `role=VISITOR` with records
    and their parts, to see what they see.
    """
    wanted = scope_of(company, role, customers=tuple(customers), records=tuple(records), parts=tuple(parts))
    with database_scope(wanted), scope(company=company):
        yield


@contextmanager
def platform_scope() -> Iterator[None]:
    """Work on all companies at once: for making one, for the demo, for jobs that list them.

    It is the staff role with every company's id, not a way around the walls. A new row has to say which
    company it belongs to.
    """
    with database_scope(Scope(role=STAFF)):
        with connection.cursor() as cursor:
            cursor.execute("select id from core_all_companies()")
            companies = tuple(row[0] for row in cursor.fetchall())
        narrow(companies=(PLATFORM, *companies))
        with scopes_disabled():
            yield


@dataclass(frozen=True, slots=True)
class Luggage:
    """A scope to be entered later: after the commit, in a stream, in a task."""

    scope: Scope
    dimensions: dict[str, Any]

    @contextmanager
    def unpacked(self) -> Iterator[None]:
        """A transaction of its own with the scope that was packed."""
        with database_scope(self.scope), scope(**self.dimensions):
            yield


def pack() -> Luggage:
    """The running scope, for later."""
    return Luggage(_current.get(), dict(get_scope()))


def carried(function: Callable[[], Any]) -> Callable[[], Any]:
    """The function, to be run in the scope that is in force now; itself outside of one."""
    luggage = pack()
    if luggage.scope.role == NOBODY:
        return function

    def run() -> Any:
        with luggage.unpacked():
            return function()

    return run


def carried_stream(content: Iterable[bytes]) -> Iterator[bytes]:
    """A streamed body, which the server pulls when the request's transaction is over."""
    luggage = pack()

    def pull() -> Iterator[bytes]:
        with luggage.unpacked():
            yield from content

    return pull()
