"""Second factors that a company requires: of roles of its staff, and of its customers, all or by role.

Who lacks one is led to set it up, and gets nothing else before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from portal_modules.core.access import Access, Level
from portal_modules.core.choices import StaffRole
from portal_modules.core.doors import proof_in_session

if TYPE_CHECKING:
    from portal_modules.core.companies import CompanyCard

# Settings: roles of staff; roles of customers' people, or everybody of theirs.
STAFF_FACTOR: Final = "accounts.staff_factor"
CUSTOMER_FACTOR: Final = "accounts.customer_factor"
EVERYBODY: Final = "all"

# Where a factor is set up, more is proved, and one leaves.
_WAYS_OUT: Final = frozenset(
    {
        "accounts:more_proof",
        "accounts:more_proof_password",
        "accounts:resume",
        "accounts:resume_give_up",
        "accounts:sign_out",
        "accounts:agree",
    }
)
_FILES: Final = "/files/"
# One's own login, below the language: it is the person's, and not a customer's of any company.
_OWN_LOGIN: Final = ("access/second-factor/", "access/again/", "access/sessions/", "access/password/")


def staff_lack_factor(request: Any, card: CompanyCard, role: StaffRole) -> bool:
    """Works somebody here in a role that needs a second factor, in a session that has shown none?

    Whoever runs the platform does so with one as soon as any role needs it.
    """
    required: list[str] = card.setting(STAFF_FACTOR)
    if not required or (role != StaffRole.PLATFORM and role not in required):
        return False
    return proof_in_session(request, request.user) < Level.SECOND_FACTOR


def customers_lack_factor(card: CompanyCard, access: Access) -> bool:
    """Is somebody of a customer's here with less than the second factor that the company asks of them?"""
    if not access.is_customers or access.level >= Level.SECOND_FACTOR:
        return False
    required = set(card.setting(CUSTOMER_FACTOR))
    if EVERYBODY in required:
        return True
    return any(not required.isdisjoint(grant.roles) for grant in access.held)


def is_private(request: Any, view: Any) -> bool:
    """Is this a page that a required factor stands before?"""
    match = request.resolver_match
    if match and match.view_name in _WAYS_OUT:
        return False
    needed = getattr(view, "required_level", Level.ANONYMOUS)
    return needed >= Level.REGISTERED or request.path_info.startswith(_FILES)


def is_own_login(path: str) -> bool:
    """Is this a page about one's own login, which staff have as well?"""
    return path.lstrip("/").partition("/")[2].startswith(_OWN_LOGIN)
