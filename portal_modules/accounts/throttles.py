"""How often somebody may try at a door. No account is ever locked: a pair of account and address waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from portal_modules.core.throttle import Limit, Tally, first_reached

_QUARTER_OF_AN_HOUR: Final = 15 * 60


# Failures at all doors of one company, and what each place is left with once there are so many.
SIEGE: Final = Limit("accounts.siege", 1000, _QUARTER_OF_AN_HOUR)
SIEGE_PLACE: Final = Limit("accounts.siege.place", 3, _QUARTER_OF_AN_HOUR)


@dataclass(frozen=True, slots=True)
class Attempts:
    """Failures at one kind of door: a narrow count, and a wide one that many narrow ones add up to.

    The narrow one is raised before the secret is looked at, so that a hundred attempts at the same moment
    are a hundred attempts, and begins anew with a success. The wide one counts failures only, and no
    success lowers it: an attacker's own account must not reset it.
    """

    narrow: Limit
    wide: Limit

    def begin(self, narrow: tuple[object, ...], wide: object, company: object = None) -> int:
        """Count an attempt. Returns the seconds to wait, 0 when it may go on.

        While a company is besieged, each place has only a few attempts: whoever tries from thousands of places
        at once gets little, and a customer, who needs one or two, still comes in.
        """
        siege = () if company is None else (SIEGE.looking(company),)
        reached = first_reached(self.wide.looking(wide), self.narrow.counting(*narrow), *siege)
        if reached is not None and reached.limit is SIEGE:
            reached = first_reached(SIEGE_PLACE.counting(company, wide))
        return reached.seconds if reached else 0

    def failed(self, wide: object, company: object = None) -> None:
        """It was wrong."""
        siege = () if company is None else (SIEGE.noting(company),)
        first_reached(self.wide.noting(wide), *siege)

    def succeeded(self, narrow: tuple[object, ...]) -> None:
        """It was right."""
        self.narrow.forget(*narrow)


# A password: one account from one address, and all accounts from one address. All doors share the counts.
SIGN_IN: Final = Attempts(
    narrow=Limit("accounts.sign_in", 10, _QUARTER_OF_AN_HOUR),
    wide=Limit("accounts.sign_in.address", 60, _QUARTER_OF_AN_HOUR),
)
# An access code: one customer of a company from one address, and all from one address.
BY_CODE: Final = Attempts(
    narrow=Limit("accounts.access_code", 10, _QUARTER_OF_AN_HOUR),
    wide=Limit("accounts.access_code.address", 40, _QUARTER_OF_AN_HOUR),
)
# A code, key or password again, by somebody whose password is known: one user from one address, and from all.
SECOND_STEP: Final = Attempts(
    narrow=Limit("accounts.second_step", 10, _QUARTER_OF_AN_HOUR),
    wide=Limit("accounts.second_step.user", 30, _QUARTER_OF_AN_HOUR),
)
# A code of an authenticator app opens once, at any door, while the app may still show it.
CODE_ONCE: Final = Limit("accounts.code_once", 1, 120)

_HOUR: Final = 60 * 60
# Asking for a code: one address typed from one place, one address from everywhere, and one place. Ten codes
# of five tries each are fifty guesses an hour, of a million.
ASK: Final = Limit("accounts.ask", 5, _HOUR)
ASK_EMAIL: Final = Limit("accounts.ask.email", 10, _HOUR)
ASK_ADDRESS: Final = Limit("accounts.ask.address", 40, _HOUR)
# Between two mails to the same address lies at least this pause.
ASK_PAUSE: Final = Limit("accounts.ask.pause", 1, 30)
# Five wrong tries close a code; somebody who collects codes in many browsers is counted by where they are.
CODE_TRIES: Final = Limit("accounts.code", 5, _HOUR)
CODE_ADDRESS: Final = Limit("accounts.code.address", 40, _QUARTER_OF_AN_HOUR)
LINK_ADDRESS: Final = Limit("accounts.link.address", 40, _QUARTER_OF_AN_HOUR)
# Mails to an address that is not on file: its owner did not ask for any of our mail.
STRANGERS_MAIL: Final = Limit("accounts.not_on_file", 3, 24 * _HOUR)
# Invitations that the owners of one customer send: mails of ours to addresses that they choose.
COLLEAGUES: Final = Limit("accounts.colleagues", 30, _HOUR)

# Records that are shared from one customer: mails of ours to addresses that they choose.
SHARES: Final = Limit("accounts.shares", 30, _HOUR)

# Typing tax ids, right or wrong, from one place: a door that asks for nothing else is where lists are tried.
TAX_ID_ADDRESS: Final = Limit("accounts.tax_id.address", 40, _QUARTER_OF_AN_HOUR)
# The same number again and again from one place: each try is a look at who is behind it.
TAX_ID: Final = Limit("accounts.tax_id", 20, _HOUR)
# Saying that an address is missing: what follows is read by people.
MISSING_ADDRESS: Final = Limit("accounts.missing.address", 5, _HOUR)
MISSING_WHO: Final = Limit("accounts.missing.who", 3, 24 * _HOUR)
MISSING_COMPANY: Final = Limit("accounts.missing.company", 200, _HOUR)
# All that one company's doors are asked for: numbers typed, codes and links to be mailed.
ASKED_OF_COMPANY: Final = Limit("accounts.asked_of_company", 3000, _HOUR)


def first_wait(*tallies: Tally) -> int:
    """The seconds to wait at the first of these limits that is reached, 0 when none is."""
    reached = first_reached(*tallies)
    return reached.seconds if reached else 0


def wait_at_door(company: object, place: object, *tallies: Tally) -> int:
    """Hold against these limits, and the company's own, what a door is asked for: the seconds to wait, 0 for none.

    Beyond the company's limit each place is left with a few, so that a customer still gets theirs.
    """
    reached = first_reached(*tallies, ASKED_OF_COMPANY.counting(company))
    if reached is not None and reached.limit is ASKED_OF_COMPANY:
        reached = first_reached(SIEGE_PLACE.counting(company, place))
    return reached.seconds if reached else 0
