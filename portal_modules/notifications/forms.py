"""What people choose to be mailed of."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from portal_modules.core.companies import CompanyCard
from portal_modules.core.modules import Text, modules


@dataclass(frozen=True, slots=True)
class Choices:
    """The switches of one module, under its name."""

    title: Text
    fields: list[BoundField]


class MailsForm(forms.Form):
    """A switch for each event of the modules that are on; what has to arrive has none."""

    def __init__(self, *args: Any, card: CompanyCard, refused: Set[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._modules = [module for module in modules if module.label in card.modules]
        for module in self._modules:
            for notice in module.notices:
                if notice.can_switch_off:
                    self.fields[notice.event] = forms.BooleanField(
                        label=str(notice.label),
                        help_text=str(notice.description),
                        required=False,
                        initial=notice.event not in refused,
                    )

    def groups(self) -> Iterator[Choices]:
        """The switches, by module."""
        for module in self._modules:
            fields = [self[notice.event] for notice in module.notices if notice.event in self.fields]
            if fields:
                yield Choices(module.title, fields)
