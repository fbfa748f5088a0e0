"""The access policy of a company: five ways to begin with, in plain words, and what each is good for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .doors import Door, doors


@dataclass(frozen=True, slots=True)
class Preset:
    """A choice of doors, named for whoever has never heard of one."""

    name: str
    label: Promise
    words: Promise
    doors: tuple[str, ...]


PRESETS: Final = (
    Preset(
        "register",
        _("They register by themselves"),
        _(
            "With the e-mail of the contract and a code of six digits; then with a password. Good for private people."
        ),
        ("email",),
    ),
    Preset(
        "first_access",
        _("They create their access with tax number and e-mail"),
        _(
            "Both have to be on file. A mail leads to the password; afterwards e-mail and password are enough."
        ),
        ("tax_id_email",),
    ),
    Preset(
        "access_code",
        _("You give each customer an access code"),
        _("One code for a whole company, mailed to the addresses you choose. It never signs or pays."),
        ("access_code",),
    ),
    Preset(
        "three",
        _("Tax number, e-mail and password together"),
        _("For customers with several people. A device can be remembered for 30 days."),
        ("tax_id_password",),
    ),
    Preset(
        "link",
        _("Tax number and a link by mail"),
        _("Nobody needs a password: the link goes to a registered address. The safe choice for invoices."),
        ("tax_id_link",),
    ),
)


def door_groups() -> list[Door]:
    """All doors, in the order in which they are offered."""
    return list(doors)


def preset_of(names: list[str]) -> str:
    """The preset that these doors are; "" for a choice of one's own."""
    return next((preset.name for preset in PRESETS if list(preset.doors) == names), "")
