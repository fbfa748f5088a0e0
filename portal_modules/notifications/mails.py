"""Which function writes the mail of which event, and what a mail consists of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from portal_modules.core.exceptions import RegistryError
from portal_modules.core.modules import modules

if TYPE_CHECKING:
    from portal_modules.notifications.models import OutboxMessage

Text = str | Promise
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do. Its page asks again before it changes anything: mail scanners open links."""

    label: Text
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://")):
            raise ValueError("The button of a mail needs a whole address: see core.addresses.whole_address.")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with a mail. It is made when the mail leaves, so none is kept."""

    name: str
    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One purpose, one button: what the frame in `templates/mail/` is filled with.

    `title` is the first line, `facts` are pairs of label and value, and `reason` says why the reader gets
    it; how to change that is the frame's to say. `values` are those of the placeholders that the manifest
    names for the event: a company may have put its own words in the place of subject, title and paragraphs.
    """

    subject: Text
    title: Text
    paragraphs: Sequence[Text]
    reason: Text
    facts: Sequence[tuple[Text, Text]] = ()
    button: Button | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()


def parted(text: str) -> list[str]:
    """The paragraphs of a text, which empty lines tell apart."""
    return [part for part in _EMPTY_LINES.split(text) if part.strip()]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a mail that a company may write anew: as they are shipped, with the values in their places."""

    subject: Text
    title: Text
    paragraphs: Sequence[Text] = ()

    def mail(self, **more: Any) -> Mail:
        """The mail with these words, parted at empty lines. `more` is the rest of what it is filled with."""
        parts = [part for each in self.paragraphs for part in parted(str(each))]
        return Mail(subject=self.subject, title=self.title, paragraphs=parts, **more)


MailWriter = Callable[["OutboxMessage"], Mail | None]
# Makes the words from the values of the placeholders, in the language in force.
WordsMaker = Callable[[Mapping[str, Text]], Words]


class MailRegistry:
    """Events by name, and the one function that writes the mail of each."""

    def __init__(self) -> None:
        self._writers: dict[str, MailWriter] = {}
        self._words: dict[str, WordsMaker] = {}
        self._about: dict[str, Text] = {}

    def for_event(
        self, event: str, words: WordsMaker | None = None, *, about: Text = ""
    ) -> Callable[[MailWriter], MailWriter]:
        """Have a function write the mails of an event.

        `words` makes what the mail says from the values of its placeholders; the writer calls it with those of a
        row, and the catalogue of the mails with the placeholders themselves, to show what is shipped.

        It is called at delivery, inside the company's scope, in the reader's language and the company's
        time zone. None means that there is nothing to say any more: the message is dropped.

        `about` is what staff read of it among the messages, where no notice of a manifest says so.
        """

        def add(writer: MailWriter) -> MailWriter:
            known = self._writers.get(event)
            if known is not None:
                raise RegistryError(
                    f"The mail of {event!r} is written twice: by {_name(known)} and by {_name(writer)}."
                )
            self._writers[event] = writer
            if words is not None:
                self._words[event] = words
            if about:
                self._about[event] = about
            return writer

        return add

    def get(self, event: str) -> MailWriter:
        """The function that writes the mail of an event; an unknown name is an error that names the known."""
        try:
            return self._writers[event]
        except KeyError:
            known = ", ".join(sorted(self._writers)) or "none"
            raise RegistryError(
                f"Nobody writes the mail of {event!r}; known: {known}. "
                "It needs a function in the emails.py of its module, marked with mails.for_event."
            ) from None

    def words_of(self, event: str) -> WordsMaker | None:
        """What makes the shipped words of an event's mail; None where they are different each time."""
        return self._words.get(event)

    def about(self, event: str) -> str:
        """What an event's mail is about; empty where a notice of a manifest says it."""
        return str(self._about.get(event, ""))

    def __contains__(self, event: str) -> bool:
        return event in self._writers

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._writers))


def _name(writer: MailWriter) -> str:
    return f"{writer.__module__}.{writer.__qualname__}"


mails = MailRegistry()


def load_emails() -> None:
    """Import the `emails.py` of every module that has one. No query is made."""
    for module in modules:
        if find_spec(f"{module.name}.emails"):
            import_module(f"{module.name}.emails")
