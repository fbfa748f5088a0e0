"""For the workers of a drill: the embedded settings, and a mail server that is really spoken to."""

from __future__ import annotations

import os

from cms.settings.embedded import *  # noqa: F403
from cms.settings.embedded import INSTALLED_APPS as APPS

INSTALLED_APPS = [*APPS, "tests.notifications.known_event.KnownEvent"]
PLATFORM_HOST = "portal.test"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["DRILL_SMTP_PORT"])
EMAIL_TIMEOUT = 10
