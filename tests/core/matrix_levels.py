"""Which proof and which roles the private addresses of a company need, as data: see `test_matrix_levels`.

Written down here and not read from the code: whoever lowers one changes this table, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from portal_modules.core.access import Level

ROLES: Final = ("owner", "finance", "operations", "viewer")
LEVELS: Final = (Level.ANONYMOUS, Level.TAX_ID, Level.REGISTERED, Level.PASSWORD, Level.SECOND_FACTOR)

EVERYBODY: Final = frozenset(ROLES)
MONEY: Final = frozenset({"owner", "finance", "viewer"})
BUSINESS: Final = frozenset({"owner", "operations", "viewer"})
OWNERS: Final = frozenset({"owner"})


@dataclass(frozen=True, slots=True)
class Need:
    """The level that addresses of a form need, and the roles for which they exist."""

    form: str
    level: Level
    roles: frozenset[str] = EVERYBODY

    def fits(self, address: str) -> bool:
        """Is the address of this form?"""
        return re.match(f"<lang>/{self.form}", address) is not None


# The first that fits. An address that none fits is open to visitors: a door, or a page of the company.
NEEDS: Final = (
    Need(r"access/(?:account|again|password|requests|second-factor|sessions)/", Level.PASSWORD),
    Need(r"access/(?:log|more-proof|resume)/", Level.REGISTERED),
    Need(r"access/tax-id/open/", Level.TAX_ID),
    Need(r"my/billing/packs/", Level.PASSWORD, MONEY),
    Need(r"my/billing/", Level.REGISTERED, MONEY),
    Need(r"my/payments/methods/", Level.PASSWORD, MONEY),
    Need(r"my/payments/", Level.REGISTERED, MONEY),
    Need(r"my/processes/", Level.REGISTERED, BUSINESS),
    Need(r"my/team/$", Level.PASSWORD, OWNERS),
    # These ask for proof of the last minutes before they look whose customer it is.
    Need(r"my/team/", Level.PASSWORD),
    Need(r"my/shared/<record_type>/<pk>/$", Level.PASSWORD),
    Need(r"my/", Level.REGISTERED),
)

# Lists and forms that open at once to who may, so that the table is not kept by refusing everybody.
SHOWN: Final = frozenset(
    f"<lang>/{path}"
    for path in (
        "access/account/",
        "access/log/",
        "access/requests/",
        "access/sessions/",
        "access/second-factor/",
        "my/",
        "my/billing/",
        "my/billing/copies/",
        "my/billing/invoices/<pk>/",
        "my/billing/notes/",
        "my/billing/packs/",
        "my/billing/statement/",
        "my/conversations/",
        "my/documents/",
        "my/documents/<pk>/",
        "my/notifications/",
        "my/notifications/preferences/",
        "my/payments/",
        "my/payments/<pk>/",
        "my/payments/credit/",
        "my/processes/",
        "my/processes/<pk>/",
        "my/processes/reviews/",
        "my/shared/",
        "my/team/",
    )
)


def need_of(address: str) -> Need | None:
    """What an address needs; None where it is open to visitors."""
    return next((need for need in NEEDS if need.fits(address)), None)
