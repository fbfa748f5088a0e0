"""One machine with nothing installed: PostgreSQL and Valkey come from wheels and live under var/."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from cms.embedded.paths import socket_folder, var_folder

from . import environment
from .base import *  # noqa: F403
from .base import DATABASE_ENGINE
from .stores import caches, databases, queues

VAR: Path = var_folder()


def _secret_key(folder: Path) -> str:
    """The key of this installation, made at the first start and kept beside its data."""
    file = folder / "secret_key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"secret_key.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was quicker: its key is the one
        finally:
            draft.unlink()
    return file.read_text()


DEBUG = False
DEMO = True
SECRET_KEY = environment.text("SECRET_KEY", "") or _secret_key(VAR)
PLATFORM_HOST = environment.text("PLATFORM_HOST", "localhost")
PORT = environment.number("PORT", 8000)
PUBLIC_ORIGIN = environment.text("PUBLIC_ORIGIN", f"http://{PLATFORM_HOST}:{PORT}")
PLATFORM_HOSTS = environment.words(
    "ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]", PLATFORM_HOST, f".{PLATFORM_HOST}")
)
DNS_SERVERS = environment.words("DNS_SERVERS")
WAGTAILADMIN_BASE_URL = PUBLIC_ORIGIN

SOCKETS = socket_folder(VAR)
DATABASES = databases(
    DATABASE_ENGINE,
    environment.database("DATABASE_URL", f"postgresql://balcao_app@/balcao?host={SOCKETS}"),
    environment.database("DATABASE_OWNER_URL", f"postgresql://balcao_owner@/balcao?host={SOCKETS}"),
)
DATABASE_ADMIN_URL = environment.text("DATABASE_ADMIN_URL", f"postgresql://postgres@/postgres?host={SOCKETS}")
REDIS_URL = environment.text("REDIS_URL", f"unix://{SOCKETS}/valkey.sock?db=0")
CACHES = caches(REDIS_URL)
RQ_QUEUES = queues(REDIS_URL)

MEDIA_ROOT = VAR / "media"
PRIVATE_ROOT = VAR / "private"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "portal_modules.core.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60

EMAIL_BACKEND = "portal_modules.notifications.mailbox.DemoMailboxBackend"
# Every browser keeps one cookie jar for all ports of localhost: two demos must not share a session.
_mark = hashlib.sha256(str(VAR).encode()).hexdigest()[:8]
SESSION_COOKIE_NAME = f"balcao_session_{_mark}"
CSRF_COOKIE_NAME = f"balcao_csrf_{_mark}"
