"""Records: what customers see, registered once by each module.

Search, the cards of the home page, recent activity, export and the page of one customer come from
this registry, and none of them starts from `objects.all()`: each record says what is visible to whom.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from portal_modules.core.exceptions import RegistryError

if TYPE_CHECKING:
    from django.db import models

    from portal_modules.core.access import Access


class PortalRecord:
    """What every record answers, in the words of the customer. Mixed into a model."""

    _meta: Any
    record_icon: ClassVar[str] = "file"

    @classmethod
    def record_type(cls) -> str:
        """The name under which threads, files and links keep it."""
        return str(cls._meta.label_lower)

    def record_title(self) -> str:
        """What it is, such as "Citizenship by descent"."""
        return str(self)

    def record_number(self) -> str:
        """The number that people quote."""
        raise NotImplementedError

    def record_state(self) -> str:
        """Its state in the customer's words."""
        raise NotImplementedError

    def record_date(self) -> date | datetime | None:
        """The date that orders it among others."""
        raise NotImplementedError

    def record_amount(self) -> tuple[Decimal, str] | None:
        """An amount with its currency (ISO 4217), where it has one."""
        return None

    def next_action(self) -> str:
        """What the customer can do now; empty when nothing waits for them."""
        return ""

    def record_sections(self) -> tuple[str, ...]:
        """The modules that somebody has to see to be told of it: its own, and that of what it is about."""
        return (str(self._meta.app_label),)

    def is_at(self, sites: Collection[int], user_id: int | None = None) -> bool:
        """Is it at one of these sites of its customer, or this person's own? What knows no sites is everywhere."""
        return not hasattr(self, "site_id") or self.site_id in sites

    def record_url(self) -> str:
        """Its page in the customer's area."""
        raise NotImplementedError


class RecordRegistry:
    """The record classes, by their type."""

    def __init__(self) -> None:
        self._classes: dict[str, type[Any]] = {}

    def register(self, record: type[Any]) -> None:
        """Add one; refuses a second of the same type."""
        name = record.record_type()
        if name in self._classes and self._classes[name] is not record:
            raise RegistryError(f"The record {name} is registered twice.")
        self._classes[name] = record

    def get(self, name: str) -> type[Any]:
        """The class of a type."""
        try:
            return self._classes[name]
        except KeyError:
            known = ", ".join(sorted(self._classes)) or "none"
            raise RegistryError(f"There is no record {name!r}; known: {known}.") from None

    def __iter__(self) -> Iterator[type[Any]]:
        return iter(self._classes.values())

    def types_outside(self, on: Set[str]) -> list[str]:
        """The types of modules that are not among these: what hangs from such a record is not shown either."""
        return [name for name, record in self._classes.items() if record._meta.app_label not in on]

    def visible_to(self, name: str, access: Access) -> models.QuerySet[Any]:
        """The records of one type that whoever is looking may see."""
        queryset: models.QuerySet[Any] = self.get(name).objects.visible_to(access)
        return queryset

    def titled(self, name: str, access: Access) -> models.QuerySet[Any]:
        """The same, with what a list of titles and states asks of each: rows that it points at come along."""
        beside = [
            field.name
            for field in self.get(name)._meta.concrete_fields
            if field.is_relation and not field.null and field.name != "company"
        ]
        return self.visible_to(name, access).select_related(*beside)

    def find(self, name: str, pk: UUID, access: Access, modules: frozenset[str]) -> Any | None:
        """One record that whoever is looking may see, of a module that is on; None for all others alike."""
        record = self._classes.get(name)
        if record is None or record._meta.app_label not in modules:
            return None
        return record.objects.visible_to(access).filter(pk=pk).first()


records = RecordRegistry()
