"""A server on the internet: everything that matters comes from the environment, or it does not start."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import environment
from .base import *  # noqa: F403
from .base import DATABASE_ENGINE
from .stores import caches, databases, queues

DEBUG = False
DEMO = False
SECRET_KEY = environment.text("SECRET_KEY")
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY is too short: use 40 random characters or more.")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")

PLATFORM_HOST = environment.text("PLATFORM_HOST")
PUBLIC_ORIGIN = environment.text("PUBLIC_ORIGIN", f"https://{PLATFORM_HOST}")
PLATFORM_HOSTS = environment.words("ALLOWED_HOSTS", (PLATFORM_HOST, f".{PLATFORM_HOST}"))
DNS_SERVERS = environment.words("DNS_SERVERS")
WAGTAILADMIN_BASE_URL = PUBLIC_ORIGIN
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN, f"{urlsplit(PUBLIC_ORIGIN).scheme}://*.{PLATFORM_HOST}"]

DATABASES = databases(
    DATABASE_ENGINE,
    environment.database("DATABASE_URL"),
    # Only `migrate` and its like ask for it; the web server and the worker do without.
    environment.database("DATABASE_OWNER_URL", environment.text("DATABASE_URL")),
)
DATABASE_ADMIN_URL = environment.text("DATABASE_ADMIN_URL", "-")
REDIS_URL = environment.text("REDIS_URL")
CACHES = caches(REDIS_URL)
RQ_QUEUES = queues(REDIS_URL)

DATA = Path(environment.text("DATA_FOLDER", "/srv/balcao"))
MEDIA_ROOT = DATA / "media"
PRIVATE_ROOT = DATA / "private"
STATIC_ROOT = Path(environment.text("STATIC_FOLDER", str(DATA / "static")))
_bucket = environment.text("S3_PRIVATE_BUCKET", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {"bucket_name": _bucket, "default_acl": "private", "querystring_auth": True},
        }
        if _bucket
        else {"BACKEND": "portal_modules.core.storage.PrivateStorage"}
    ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail goes through SMTP, or through the provider whose anymail backend is named.
EMAIL_BACKEND = environment.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"Balcão <no-reply@{PLATFORM_HOST}>")
SUPPORT_EMAIL = environment.text("SUPPORT_EMAIL", "")

# One proxy stands in front: its forwarded headers are believed, and overwritten by it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 1)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^api/", r"^hooks/"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-balcao-session"
CSRF_COOKIE_NAME = "__Host-balcao-csrf"
