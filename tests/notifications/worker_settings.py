"""For a worker of its own process: the embedded settings, and a mail server that takes its time."""

from __future__ import annotations

import os
from pathlib import Path

from cms.settings.embedded import *  # noqa: F403
from cms.settings.embedded import INSTALLED_APPS as APPS

INSTALLED_APPS = [*APPS, "tests.notifications.known_event.KnownEvent"]
VAR = Path(os.environ["MAILBOX_VAR"])
PLATFORM_HOST = "portal.test"
EMAIL_BACKEND = "tests.notifications.lingering.LingeringBackend"
