"""A mail server that takes a mail and then keeps the worker waiting, so that it can be killed meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.core.mail import EmailMessage
from django.db import connection

from portal_modules.core.scope import NOBODY, current_scope
from portal_modules.notifications.mailbox import DemoMailboxBackend


class LingeringBackend(DemoMailboxBackend):
    """Keeps the mail, notes in `wire.log` that it came, and lingers."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """As the demonstration's, but slowly, and only outside a transaction."""
        if connection.in_atomic_block or current_scope().role != NOBODY:
            raise RuntimeError("A mail is sent inside a transaction.")
        kept = super().send_messages(email_messages)
        folder = Path(os.environ["MAILBOX_VAR"])
        with (folder / "wire.log").open("a") as log:
            for message in email_messages:
                log.write(f"{message.extra_headers['Message-ID']}\n")
        time.sleep(float(os.environ.get("LINGER", "0")))
        return kept
