"""View as customer: somebody of the staff sees the portal of one customer for a while, and changes nothing.

The session keeps who looks at whom and until when. While it lasts, whatever is asked of that company's pages is
answered as for an owner of that customer, in a part of the transaction that PostgreSQL holds to be read only.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.db.utils import InternalError
from psycopg.errors import ReadOnlySqlTransaction

from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.companies import workplaces_of
from portal_modules.core.doors import owes_proof
from portal_modules.core.modules import modules
from portal_modules.core.rights import rights_of

if TYPE_CHECKING:
    from portal_modules.core.models import Company

_VIEWING: Final = "access.viewing"
MINUTES: Final = 15
RIGHT: Final = "accounts.view_as_customer"
# The one page that may be sent something meanwhile, below the language.
END: Final = "access/viewing/end/"
# One's own login is nobody's to look at: the pages of the doors and of the account.
_CLOSED: Final = "access/"


@dataclass(frozen=True, slots=True)
class Viewing:
    """Whose portal is looked at in a session, and until when."""

    company_id: int
    customer_id: int
    staff_id: int
    until: int

    @property
    def is_over(self) -> bool:
        """Is its time over?"""
        return self.until <= time.time()


def begin_viewing(request: Any, company: Company, customer_id: int) -> None:
    """Look at the portal of a customer from now on, in this browser; one at a time."""
    until = int(time.time()) + MINUTES * 60
    request.session[_VIEWING] = {
        "company": company.pk,
        "customer": customer_id,
        "staff": request.user.pk,
        "until": until,
    }
    request.session.cycle_key()


def viewing_in(session: SessionBase) -> Viewing | None:
    """What is looked at in a session, also when its time is over."""
    kept = session.get(_VIEWING)
    return Viewing(kept["company"], kept["customer"], kept["staff"], kept["until"]) if kept else None


def end_viewing(session: SessionBase) -> None:
    """Stop looking."""
    session.pop(_VIEWING, None)


def access_of_viewing(request: Any, company: Company) -> Access | None:
    """What somebody of the staff sees who looks as a customer; None for all others."""
    viewing = viewing_in(request.session)
    if viewing is None or viewing.is_over or viewing.company_id != company.pk:
        return None
    user = request.user
    if user.pk != viewing.staff_id or not user.is_active or owes_proof(request):
        return None
    places = [place for place in workplaces_of(user.pk) if place.company.id == company.pk]
    if not places or RIGHT not in rights_of(places[0].role):
        return None
    held = (MembershipGrant(viewing.customer_id, roles_of_owners()),)
    return Access(
        company=company,
        actor=ActorKind.CONTACT,
        memberships=held,
        held=held,
        level=Level.SECOND_FACTOR,
        viewed_by=user.pk,
    )


def roles_of_owners() -> frozenset[str]:
    """All roles that any section is for: an owner's eyes."""
    found: set[str] = {"owner"}
    for module in modules:
        found |= module.seen_by
    return frozenset(found)


def is_closed_to_viewing(path: str) -> bool:
    """Is this a page about somebody's own login?"""
    return path.lstrip("/").partition("/")[2].startswith(_CLOSED)


def is_end(path: str) -> bool:
    """Is this the button that ends it?"""
    return path.lstrip("/").partition("/")[2] == END


def wanted_to_write(exception: BaseException) -> bool:
    """Did a page try to change something while it was only looked at?"""
    return isinstance(exception, InternalError) and isinstance(exception.__cause__, ReadOnlySqlTransaction)
