"""What people choose to be mailed of, and the words that a company chooses for a mail."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Access
from portal_modules.core.admin import CompanyModelForm
from portal_modules.core.companies import CompanyCard, card_in_scope
from portal_modules.core.languages import LANGUAGE_CHOICES, PUBLIC_LANGUAGES
from portal_modules.core.modules import NoticeKind, Text, modules
from portal_modules.core.sections import is_there

from .models import MessageWords
from .wording import COMMON, TEXTS, shipped_words, unknown_in


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
        card = card_in_scope()
        self._company = card.company
        offered = [
            notice
            for module in modules
            if module.label in card.modules
            for notice in module.notices
            if not notice.worded_at
        ]
        named = [notice for notice in offered if notice.event == self.instance.event]
        self.fields["event"] = forms.ChoiceField(
            label=_("mail"),
            choices=[(notice.event, notice.label) for notice in named or offered],
            initial=self.instance.event,
            help_text=_what_can_be_written(named or offered),
        )
        if named:
            for code in PUBLIC_LANGUAGES:
                body = self.fields[f"body_{code}"]
                body.help_text = format_html("{} {}", body.help_text, _gaps_of(named[0]))
        # One edits from the words that are shipped, not from empty fields.
        for name, words in self._shipped(self.instance.event).items():
            if not self.initial.get(name):
                self.initial[name] = words

    def _shipped(self, event: str) -> dict[str, str]:
        """The words of a mail as they are shipped, by the names of the fields."""
        found = {}
        for code in PUBLIC_LANGUAGES if event else ():
            with translation.override(self._company.spoken(code)):
                for text, words in (shipped_words(event) or {}).items():
                    found[f"{text}_{code}"] = words
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse a placeholder that this mail does not know, at the field and by its name.

        What is left as it is shipped is not kept: it goes on with the portal.
        """
        data: dict[str, Any] = super().clean() or self.cleaned_data
        event = str(data.get("event") or "")
        for name, words in self._shipped(event).items():
            if _same(data.get(name) or "", words):
                data[name] = ""
        for text in TEXTS if event else ():
            for language in PUBLIC_LANGUAGES:
                name = f"{text}_{language}"
                if unknown := unknown_in(data.get(name) or "", event):
                    self.add_error(
                        name,
                        _(
                            "This mail does not know %(unknown)s. See which placeholders it has beside its name."
                        )
                        % {"unknown": ", ".join(unknown)},
                    )
        return data


def _same(one: str, other: str) -> bool:
    """Do two texts say the same, however a browser ends its lines?"""
    return one.split() == other.split()


def _gaps_of(notice: NoticeKind) -> str:
    """What can be written into one mail, beside where it is written."""
    known = {**COMMON, **notice.placeholders}
    shown = format_html_join(", ", "<code>{{{}}}</code> {}", known.items())
    return format_html("{} {}", _("You can write:"), shown)


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
