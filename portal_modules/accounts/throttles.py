"""How often somebody may try at a door. No account is ever locked: a pair of account and address waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from portal_modules.core.throttle import Limit

_QUARTER_OF_AN_HOUR: Final = 15 * 60


@dataclass(frozen=True, slots=True)
class Attempts:
    """Failures at one kind of door: a narrow count, and a wide one that many narrow ones add up to.

    The narrow one is raised before the secret is looked at, so that a hundred attempts at the same moment
    are a hundred attempts, and begins anew with a success. The wide one counts failures only, and no
    success lowers it: an attacker's own account must not reset it.
    """

    narrow: Limit
    wide: Limit

    def begin(self, narrow: tuple[object, ...], wide: object) -> int:
        """Count an attempt. Returns the seconds to wait, 0 when it may go on."""
        if seconds := self.wide.wait(wide):
            return seconds
        if self.narrow.hit(*narrow) > self.narrow.attempts:
            return max(1, self.narrow.wait(*narrow))
        return 0

    def failed(self, wide: object) -> None:
        """It was wrong."""
        self.wide.hit(wide)

    def succeeded(self, narrow: tuple[object, ...]) -> None:
        """It was right."""
        self.narrow.forget(*narrow)


# A password: one account from one address, and all accounts from one address. All doors share the counts.
SIGN_IN: Final = Attempts(
    narrow=Limit("accounts.sign_in", 10, _QUARTER_OF_AN_HOUR),
    wide=Limit("accounts.sign_in.address", 60, _QUARTER_OF_AN_HOUR),
)
# A code, key or password again, by somebody whose password is known: one user from one address, and from all.
SECOND_STEP: Final = Attempts(
    narrow=Limit("accounts.second_step", 10, _QUARTER_OF_AN_HOUR),
    wide=Limit("accounts.second_step.user", 30, _QUARTER_OF_AN_HOUR),
)
# A code of an authenticator app opens once, at any door, while the app may still show it.
CODE_ONCE: Final = Limit("accounts.code_once", 1, 120)
