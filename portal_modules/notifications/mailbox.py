"""Where the mails of the demonstration and the tests go: a folder with one file each.

A file is named after the Message-ID, so that a mail which is sent twice is there once, as in a reader's
own mailbox.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_NAME = re.compile(r"[0-9a-f]{32}")
_URL = re.compile(r"https?://[^\s<>\"']+")


def mailbox_folder() -> Path:
    """The folder of the kept mails."""
    return Path(settings.VAR) / "mailbox"


class DemoMailboxBackend(BaseEmailBackend):
    """Keeps each mail as a file instead of sending it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep them; the number of those kept."""
        for message in email_messages:
            _keep(message)
        return len(email_messages)


def _keep(message: EmailMessage) -> None:
    """Write beside, then rename: a reader sees the whole mail or none."""
    parsed = message.message()
    folder = mailbox_folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(parsed["Message-ID"].encode()).hexdigest()[:32]
    draft = folder / f"{name}.{secrets.token_hex(4)}.draft"
    try:
        draft.write_bytes(parsed.as_bytes())
        os.replace(draft, folder / f"{name}.eml")
    finally:
        draft.unlink(missing_ok=True)


@dataclass(frozen=True)
class KeptMail:
    """One mail of the mailbox, read when it is asked for."""

    path: Path

    @property
    def name(self) -> str:
        """What its address ends with."""
        return self.path.stem

    @cached_property
    def _parsed(self) -> ParsedMessage:
        return message_from_bytes(self.path.read_bytes(), policy=policy.default)

    @cached_property
    def addresses(self) -> list[str]:
        """Whom it is addressed to, without their names."""
        header = self._parsed["To"]
        return [each.addr_spec for each in header.addresses] if header else []

    @property
    def sender(self) -> str:
        """The company, and the address that sent it."""
        return str(self._parsed["From"] or "")

    @property
    def sender_name(self) -> str:
        """The company."""
        header = self._parsed["From"]
        return header.addresses[0].display_name if header and header.addresses else ""

    @property
    def subject(self) -> str:
        """What it is about."""
        return str(self._parsed["Subject"] or "")

    @property
    def message_id(self) -> str:
        """What makes it one mail, however often it is sent."""
        return str(self._parsed["Message-ID"] or "")

    @cached_property
    def sent_at(self) -> datetime:
        """When it was sent; for a repetition, the last time."""
        try:
            found = parsedate_to_datetime(str(self._parsed["Date"]))
        except ValueError:
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    @cached_property
    def text(self) -> str:
        """The plain part."""
        return self._part("plain")

    @cached_property
    def html(self) -> str:
        """The HTML part."""
        return self._part("html")

    @property
    def links(self) -> list[str]:
        """All addresses of pages in the plain part, each once."""
        return list(dict.fromkeys(found.rstrip(".,;:!?)]") for found in _URL.findall(self.text)))

    def as_json(self) -> dict[str, str | list[str]]:
        """For programs that follow the links, such as the browser tests."""
        return {
            "to": ", ".join(self.addresses),
            "from": self.sender,
            "subject": self.subject,
            "date": self.sent_at.isoformat(),
            "message_id": self.message_id,
            "text": self.text,
            "html": self.html,
            "links": self.links,
        }

    def _part(self, kind: str) -> str:
        part = self._parsed.get_body((kind,))
        return str(part.get_content()) if part is not None else ""


def kept_mails(to: str = "") -> Iterator[KeptMail]:
    """The mails, newest first; of one address if it is given."""
    wanted = to.strip().lower()
    for path in sorted(mailbox_folder().glob("*.eml"), key=_age):
        mail = KeptMail(path)
        if not wanted or wanted in (address.lower() for address in mail.addresses):
            yield mail


def find_mail(name: str) -> KeptMail | None:
    """One mail by its name."""
    path = mailbox_folder() / f"{name}.eml"
    return KeptMail(path) if _NAME.fullmatch(name) and path.is_file() else None


def _age(path: Path) -> int:
    return -path.stat().st_mtime_ns
