"""What the tests run on: the embedded servers, with a data folder of their own."""

from __future__ import annotations

import os
from pathlib import Path

from cms.embedded.paths import project_folder, socket_folder

os.environ.setdefault("BALCAO_TEST_VAR", str(project_folder() / "var" / "test"))
os.environ["BALCAO_VAR"] = os.environ["BALCAO_TEST_VAR"]

from .embedded import *  # noqa: E402,F403
from .embedded import SOCKETS  # noqa: E402

VAR = Path(os.environ["BALCAO_TEST_VAR"])
assert socket_folder(VAR) == SOCKETS

SECRET_KEY = "only for tests, where nothing is worth protecting"
PUBLIC_ORIGIN = "http://localhost:8000"
PLATFORM_HOST = "portal.test"
PLATFORM_HOSTS = ["localhost", "127.0.0.1", "testserver", "portal.test", ".portal.test"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_NAME = "balcao_session"
CSRF_COOKIE_NAME = "balcao_csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "portal_modules.core.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = False
