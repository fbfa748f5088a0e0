"""Help: what each section of the portal is for and how it is used.

A module's help is a file `help.py` beside its manifest, found by its presence, with `HELP: Sequence[HelpText]`.
The texts become pages that editors can change; where there is no page, the text itself is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.utils.functional import Promise

from portal_modules.core.access import Level
from portal_modules.core.modules import modules

Text = str | Promise


@dataclass(frozen=True, slots=True)
class HelpText:
    """The help of one section.

    `key` is the name of the section's address, such as `processes:list`; `also` are other addresses that the
    same page helps with. `what` says in a sentence or two what it is, `steps` how it is used, one after the
    other, and `more` what else is good to know, a paragraph each. What has an `icon` is listed among all that
    the portal can do although it has no entry in the menu; `level` is what its address needs.
    """

    key: str
    title: Text
    what: Text
    steps: Sequence[Text]
    more: Sequence[Text] = ()
    also: Sequence[str] = ()
    icon: str = ""
    level: Level = Level.ANONYMOUS


def help_of_modules() -> Iterator[HelpText]:
    """The texts of all modules, in the order of their dependencies."""
    for module in modules:
        name = f"{module.name}.help"
        if find_spec(name) is not None:
            yield from import_module(name).HELP
