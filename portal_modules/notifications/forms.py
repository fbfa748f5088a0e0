"""What people choose to be mailed of, and the words that a company chooses for a mail."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Access
from portal_modules.core.admin import CompanyModelForm
from portal_modules.core.companies import CompanyCard, card_in_scope
from portal_modules.core.languages import LANGUAGE_CHOICES, PUBLIC_LANGUAGES
from portal_modules.core.modules import NoticeKind, Text, modules
from portal_modules.core.sections import is_there

from .models import MessageWords
from .wording import COMMON, unknown_in


@dataclass(frozen=True, slots=True)
class Choices:
    """The switches of one module, under its name."""

    title: Text
    fields: list[BoundField]


class MailsForm(forms.Form):
    """A switch for each event of the modules that are on and there for a role; what has to arrive has none."""

    def __init__(
        self,
        *args: Any,
        card: CompanyCard,
        access: Access,
        refused: Set[str] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._modules = [
            module for module in modules if module.label in card.modules and is_there(module.label, access)
        ]
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


class WordsForm(CompanyModelForm):
    """The words of one mail in each language. What stands in braces has to mean something."""

    instance: MessageWords

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = card_in_scope().modules
        offered = [notice for module in modules if module.label in on for notice in module.notices]
        self.fields["event"] = forms.ChoiceField(
            label=_("mail"),
            choices=[(notice.event, notice.label) for notice in offered],
            help_text=_what_can_be_written(offered),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a placeholder that this mail does not know, at the field and by its name."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        event = data.get("event")
        for field in ("subject", "title", "body") if event else ():
            for language in PUBLIC_LANGUAGES:
                name = f"{field}_{language}"
                if unknown := unknown_in(data.get(name) or "", str(event)):
                    self.add_error(
                        name,
                        _(
                            "This mail does not know %(unknown)s. See which placeholders it has beside its name."
                        )
                        % {"unknown": ", ".join(unknown)},
                    )
        return data


def _what_can_be_written(offered: list[NoticeKind]) -> str:
    """The placeholders of every mail, then those of each, with what they stand for."""
    lists = [(_("In every mail"), COMMON), *((notice.label, notice.placeholders) for notice in offered)]
    return format_html_join(
        "",
        "<p><strong>{}</strong> {}</p>",
        (
            (title, format_html_join(", ", "<code>{{{}}}</code> {}", placeholders.items()))
            for title, placeholders in lists
            if placeholders
        ),
    )


class TestMailForm(forms.Form):
    """In which language the test is written."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)
