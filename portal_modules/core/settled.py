"""Settings: what a value is, and where it comes from.

Manifests declare them with the platform's value (`core.modules.Setting`). A company may have its own, and so
may a group of its customers and one customer: the nearest value counts. A level is written "" for the company,
`group:7` and `customer:42` for the others; whoever may have values of their own registers a `Holder`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal_modules.core.exceptions import RegistryError
from portal_modules.core.modules import Setting, Text, modules

PLATFORM = "platform"
COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Settled:
    """A value and its source: "platform", "company", or the kind of holder, such as "group"."""

    value: Any
    source: str


def settle(kept: Mapping[tuple[str, str], Any], name: str, levels: Sequence[str] = ()) -> Settled:
    """The value of the nearest of the levels that has one, else the company's, else the platform's.

    `kept` has the values of a company by name and level. An unknown name is an error.
    """
    for level in (*levels, ""):
        if (name, level) in kept:
            return Settled(kept[name, level], level.partition(":")[0] or COMPANY)
    return Settled(platform_value(name), PLATFORM)


def platform_value(name: str) -> Any:
    """What a setting is where no company said otherwise."""
    kind, _colon, function_name = name.partition(":")
    for module in modules:
        if kind == "function":
            for function in module.functions:
                if function.name == function_name:
                    return function.default
        for setting in module.settings:
            if setting.name == name:
                return setting.default
    raise KeyError(f"No module declares the setting {name!r}.")


def declared(name: str) -> Setting:
    """What a manifest says of a setting."""
    for module in modules:
        for setting in module.settings:
            if setting.name == name:
                return setting
    raise RegistryError(f"No module declares the setting {name!r}.")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may have values of their own, beside the company: a group of customers, a customer.

    `find` gives the row of an id in the company in scope, or None, and `search` rows by what somebody typed,
    those to begin with where nothing was. `above` names the levels whose values the
    row inherits, the nearest first, the company not among them. `url` is its page in the back office.
    """

    kind: str
    label: Text
    source: Text
    find: Callable[[int], Any | None]
    search: Callable[[str], QuerySet[Any]]
    above: Callable[[Any], Sequence[str]]
    url: Callable[[Any], str]

    def level(self, row: Any) -> str:
        """How its level is written."""
        return f"{self.kind}:{row.pk}"


class HolderRegistry:
    """The holders, by kind."""

    def __init__(self) -> None:
        self._holders: dict[str, Holder] = {}

    def register(self, holder: Holder) -> None:
        """Add one; refuses a second of the same kind."""
        if holder.kind in self._holders:
            raise RegistryError(f"The holder of settings {holder.kind!r} is registered twice.")
        self._holders[holder.kind] = holder

    def get(self, kind: str) -> Holder | None:
        """The holder of a kind, if there is one."""
        return self._holders.get(kind)

    def __iter__(self) -> Iterator[Holder]:
        return iter(self._holders.values())


holders = HolderRegistry()
