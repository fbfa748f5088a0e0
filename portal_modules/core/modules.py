"""Modules: what each declares, who needs whom, and which are on in a company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig, apps
from django.utils.functional import Promise, cached_property
from django.utils.module_loading import import_string

from portal_modules.core.access import Level
from portal_modules.core.exceptions import RegistryError
from portal_modules.core.records import records

if TYPE_CHECKING:
    from portal_modules.core.models import Company

Text = str | Promise


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the customer's menu: shown where its module is on, to those whom it is for.

    `lookup_url_name` is where it leads for somebody who only knows a number; without one they do not
    see it. `only_with` is the type of a record without which there is nothing to see or do there
    ("visits.visit"): who has none does not see it.
    """

    label: Text
    url_name: str
    icon: str
    order: int = 100
    level: Level = Level.REGISTERED
    roles: frozenset[str] = frozenset()
    lookup_url_name: str = ""
    only_with: str = ""


@dataclass(frozen=True, slots=True)
class NumberLookup:
    """A lookup by number, which the home page offers to everybody: where it is posted, and what if it is lost."""

    function: str
    url_name: str
    lost_url_name: str


@dataclass(frozen=True, slots=True)
class StaffRight:
    """A right of staff, `<module>.<verb>`, and the roles that have it unless a company says otherwise."""

    name: str
    label: Text
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Function:
    """A part of a module that customers see and a company can switch off by itself."""

    name: str
    label: Text
    default: bool = True


@dataclass(frozen=True, slots=True)
class Guarded:
    """Something that customers do, for which a company can ask for more proof than usual: `<module>.<what>`.

    `views` are the names of its addresses in the module, and `usual` is the level that they need anyway. For all
    that a module shows there is the module itself.
    """

    name: str
    label: Text
    views: Sequence[str]
    usual: Level = Level.REGISTERED


class SettingKind(Enum):
    """What a setting is: it decides the field that asks for it."""

    YES_OR_NO = "yes or no"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a module, with the platform's value: see `core.settled`.

    `least` and `most` bound a number, and `most` the letters of a text; `unit` stands after a number.
    `choices` are values with what each is called. What has no value of its own for some customers
    `is_for_all`. A list has a page of its own, and does not stand among the others.
    """

    name: str
    label: Text
    default: Any
    kind: SettingKind = SettingKind.YES_OR_NO
    help: Text = ""
    least: int = 0
    most: int = 10_000
    unit: Text = ""
    choices: Sequence[tuple[str, Text]] = ()
    is_for_all: bool = False


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """Something that customers are told of by mail and in the portal: an event, in their words.

    `label` is read in the list of what is mailed and at the bell: "A new phase of your business".
    `placeholders` are what an editor may write as `{name}` into the words of the mail, each with what it
    stands for; the mail's writer fills them. What has to arrive, such as a code, cannot be switched off.
    An event that says in its payload which `state` was reached may be told apart at the bell: `by_state`.
    `worded_at` names the page of the back office where its words are written, if it has one of its own.
    """

    event: str
    label: Text
    description: Text = ""
    placeholders: Mapping[str, Text] = field(default_factory=dict)
    can_switch_off: bool = True
    by_state: Mapping[str, Text] = field(default_factory=dict)
    worded_at: str = ""

    def at_bell(self, payload: Mapping[str, Any]) -> Text:
        """What the bell says of one that rang."""
        return self.by_state.get(str(payload.get("state", "")), self.label)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A task that runs again and again: its dotted path, and the seconds between two runs."""

    path: str
    seconds: int


class PortalModule(AppConfig):
    """The manifest of a module: class attributes and nothing else.

    `depends` are labels of other modules. `optional` says whether a company may switch it off.
    `seen_by` are the roles of a customer's people for whom it is there; empty, it is for all of them.
    `account_menu` is what stands beside one's name at the top, for whoever is signed in.
    `records` are dotted names, loaded when all models are there.
    """

    default = False

    title: ClassVar[Text]
    summary: ClassVar[Text] = ""
    icon: ClassVar[str] = "folder-open-inverse"
    version: ClassVar[str] = "1.0"
    category: ClassVar[Text] = ""
    depends: ClassVar[Sequence[str]] = ()
    optional: ClassVar[bool] = True
    on_by_default: ClassVar[bool] = True
    seen_by: ClassVar[frozenset[str]] = frozenset()
    menu: ClassVar[Sequence[MenuEntry]] = ()
    account_menu: ClassVar[Sequence[MenuEntry]] = ()
    lookup: ClassVar[NumberLookup | None] = None
    admin_group: ClassVar[str] = ""
    records: ClassVar[Sequence[str]] = ()
    periodic: ClassVar[Sequence[Periodic]] = ()
    functions: ClassVar[Sequence[Function]] = ()
    guarded: ClassVar[Sequence[Guarded]] = ()
    rights: ClassVar[Sequence[StaffRight]] = ()
    settings: ClassVar[Sequence[Setting]] = ()
    notices: ClassVar[Sequence[NoticeKind]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # Without this an apps.py that imports PortalModule has two candidates, and Django would
        # silently fall back to a plain AppConfig.
        super().__init_subclass__(**kwargs)
        cls.default = True

    def ready(self) -> None:
        """Register what the manifest names, and wake who listens, adds to the frame or to another module (a file
        named after it), works long or takes files in.

        No query is made here: a forked worker would share its socket.
        """
        for name in self.records:
            records.register(import_string(f"{self.name}.{name}"))
        for door in ("receivers", "frame", "jobs", "imports"):
            if find_spec(f"{self.name}.{door}"):
                import_module(f"{self.name}.{door}")
        for bridge in self.bridges():
            import_module(bridge)

    def bridges(self) -> list[str]:
        """The files named after another module that is installed: what this one adds to it."""
        others = [config.label for config in apps.get_app_configs() if isinstance(config, PortalModule)]
        names = [f"{self.name}.{label}" for label in others if label != self.label]
        return [name for name in names if find_spec(name)]

    @property
    def urls_module(self) -> str:
        """Where its customers' addresses are, if it has any."""
        return f"{self.name}.urls"


class ModuleRegistry:
    """All modules, sorted so that each comes after what it depends on."""

    @cached_property
    def _sorted(self) -> dict[str, PortalModule]:
        found = {
            config.label: config for config in apps.get_app_configs() if isinstance(config, PortalModule)
        }
        return {label: found[label] for label in dependency_order(found)}

    def __iter__(self) -> Iterator[PortalModule]:
        return iter(self._sorted.values())

    def get(self, label: str) -> PortalModule:
        """One module; an unknown name is an error that names the known ones."""
        try:
            return self._sorted[label]
        except KeyError:
            raise RegistryError(f"There is no module {label!r}; known: {', '.join(self._sorted)}.") from None

    def __contains__(self, label: str) -> bool:
        return label in self._sorted

    def notice(self, event: str) -> NoticeKind:
        """What a manifest says of an event that customers are told of; an unknown one is an error."""
        try:
            return self._notices[event]
        except KeyError:
            known = ", ".join(sorted(self._notices)) or "none"
            raise RegistryError(
                f"No manifest names {event!r} in its notices; known: {known}. See core.modules.NoticeKind."
            ) from None

    def names(self, event: str) -> bool:
        """Does a manifest have this event among its notices?"""
        return event in self._notices

    def can_switch_off(self, event: str) -> bool:
        """May people choose not to be mailed of an event? What no manifest names has to arrive."""
        return event in self._notices and self._notices[event].can_switch_off

    @cached_property
    def _notices(self) -> dict[str, NoticeKind]:
        found: dict[str, NoticeKind] = {}
        for module in self:
            for notice in module.notices:
                if notice.event in found:
                    raise RegistryError(f"The event {notice.event!r} is in the notices of two manifests.")
                found[notice.event] = notice
        return found

    def guarding(self, view_name: str) -> str:
        """The name under which a company asks for more proof at an address, beside its module's; "" for none."""
        return self._guarding.get(view_name, "")

    @cached_property
    def _guarding(self) -> dict[str, str]:
        return {
            f"{module.label}:{view}": guarded.name
            for module in self
            for guarded in module.guarded
            for view in guarded.views
        }

    def dependants(self, label: str) -> list[PortalModule]:
        """The modules that cannot be on without this one, directly or through others."""
        needing = {label}
        for module in self:
            if needing.intersection(module.depends):
                needing.add(module.label)
        return [module for module in self if module.label in needing - {label}]

    def requirements(self, label: str) -> list[PortalModule]:
        """The modules that this one cannot be on without, directly or through others."""
        needed: set[str] = set()
        for module in reversed(list(self)):
            if module.label == label or module.label in needed:
                needed.update(module.depends)
        return [module for module in self if module.label in needed]


def dependency_order(found: dict[str, PortalModule]) -> list[str]:
    """The labels, each after what it depends on; unknown names and circles are refused."""
    for label, module in found.items():
        for needed in module.depends:
            if needed not in found:
                raise RegistryError(f"Module {label!r} depends on {needed!r}, which is not installed.")
    sorter = TopologicalSorter({label: sorted(module.depends) for label, module in sorted(found.items())})
    try:
        return list(sorter.static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise RegistryError(f"Modules depend on each other in a circle: {circle}.") from None


modules = ModuleRegistry()


def outside_modules() -> list[str]:
    """Modules of other packages, which join through the entry-point group `balcao.modules`."""
    return sorted(entry.value for entry in entry_points(group="balcao.modules"))


def switched_on(company: Company, switches: dict[str, bool]) -> frozenset[str]:
    """The labels that are on, given what the company switched. What a module needs being off turns it off."""
    on: set[str] = set()
    for module in modules:
        wanted = switches.get(module.label, module.on_by_default) if module.optional else True
        if wanted and on.issuperset(module.depends):
            on.add(module.label)
    return frozenset(on)


def account_entries(labels: Iterable[str]) -> list[MenuEntry]:
    """What the modules that are on add to the menu of one's own account, in their order."""
    entries = [entry for module in modules if module.label in labels for entry in module.account_menu]
    return sorted(entries, key=lambda entry: entry.order)


def menu_entries(labels: Iterable[str]) -> list[tuple[str, MenuEntry]]:
    """The customer's menu entries of the modules that are on, in their order."""
    entries = [(module.label, entry) for module in modules if module.label in labels for entry in module.menu]
    return sorted(entries, key=lambda pair: pair[1].order)
