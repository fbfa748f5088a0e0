"""Help: what each section of the portal is for and how it is used.

A module's help is a file `help.py` beside its manifest, found by its presence, with `HELP: Sequence[HelpText]`.
The texts become pages that editors can change; where there is no page, the text itself is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.utils.functional import Promise

from portal_modules.core.access import Level
from portal_modules.core.companies import CompanyCard
from portal_modules.core.modules import modules

Text = str | Promise


@dataclass(frozen=True, slots=True)
class HelpText:
    """The help of one section.

    `key` is the name of the section's address, such as `processes:list`; `also` are other addresses that the
    same page helps with (for staff also patterns, `wagtailimages:*`). `what` says in a sentence or two what it
    is, `steps` how it is used, one after the other, and `more` what else is good to know, a paragraph each. What
    has an `icon` is listed among all that the portal can do although it has no entry in the menu; `level` is what
    its address needs. `function` is the switch of a company without which the section is not there, and `module`
    the one that tells of it.
    """

    key: str
    title: Text
    what: Text
    steps: Sequence[Text]
    more: Sequence[Text] = ()
    also: Sequence[str] = ()
    icon: str = ""
    level: Level = Level.ANONYMOUS
    function: str = ""
    module: str = ""

    def is_on(self, card: CompanyCard) -> bool:
        """Is its section there in a company?"""
        label = self.module or self.key.partition(":")[0]
        return (label not in modules or label in card.modules) and (
            not self.function or card.is_on(self.function)
        )

    def covers(self, name: str) -> int:
        """How well it fits the address of a name: 0 not at all, more for an address that it names more closely."""
        if name == self.key:
            return 1000
        found = [len(each) for each in self.also if fnmatchcase(name, each)]
        return max(found, default=0)


def help_of_modules() -> Iterator[HelpText]:
    """The texts for customers of all modules, in the order of their dependencies."""
    return _texts_of_modules("HELP")


def office_help_of_modules() -> Iterator[HelpText]:
    """The texts for staff: a module's `help.py` may have `OFFICE_HELP`, keyed by the screens of the back office."""
    return _texts_of_modules("OFFICE_HELP")


def _texts_of_modules(name: str) -> Iterator[HelpText]:
    for module in modules:
        place = f"{module.name}.help"
        if find_spec(place) is not None:
            for text in getattr(import_module(place), name, ()):
                yield replace(text, module=module.label)


# Tells where the "?" of a screen of the back office leads. `cms` registers it.
office_help_source: list[Callable[[Any], str]] = []
