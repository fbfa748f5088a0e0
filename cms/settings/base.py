"""What is the same on every installation. The three settings beside this file add what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pghistory
from csp.constants import NONCE, NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from portal_modules.core.languages import named_in

PROJECT = Path(__file__).resolve().parent.parent.parent

# A new module is one line here; the rest of it registers itself. Modules from outside the
# repository join by the entry-point group `balcao.modules` (core.modules.outside_modules).
GROUND_FLOOR = [
    "portal_modules.core",
    "portal_modules.users",
    "portal_modules.customers",
    "portal_modules.notifications",
    "portal_modules.accounts",
    "portal_modules.documents",
    "portal_modules.conversations",
]
MODULES = [
    "portal_modules.processes",
    "portal_modules.billing",
    "portal_modules.payments",
    "portal_modules.feedback",
]

INSTALLED_APPS = [
    *GROUND_FLOOR,
    *MODULES,
    "cms",
    "cms.home",
    "cms.news",
    "cms.support",
    "cms.advantages",
    "cms.help",
    "cms.plain",
    "modeltranslation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_rq",
    "django_rq",
    "django_htmx",
    "csp",
    "pghistory",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "portal_modules.accounts.library_apps.SessionListConfig",  # allauth.usersessions
    # Installed for the filters of registers, which look its label up; its address is not mounted.
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "portal_modules.core.middleware.KnownHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal_modules.core.middleware.CompanyPathMiddleware",
    "portal_modules.core.hooks.HooksMiddleware",
    "portal_modules.core.middleware.ScopeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal_modules.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal_modules.core.middleware.AccessMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal_modules.core.middleware.PrivatePagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal_modules.core.admin_scripts.AdminNonceMiddleware",
    "portal_modules.core.admin.gaps.LibraryGapsMiddleware",
    "portal_modules.core.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal_modules.core.shell.shell",
            ],
            # Serves all templates, those of libraries too.
            "libraries": {"i18n": "portal_modules.core.templatetags.words"},
        },
    }
]

# Our `i18n` stands before Django's on purpose.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# ---- people ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "portal_modules.core.rights.StaffRightsBackend",
    "portal_modules.accounts.backends.DoorBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "portal_modules.accounts.adapter.PortalAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = False  # portal_modules.core.throttle counts, in PostgreSQL
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Balcão"
MFA_TOTP_TOLERANCE = 1  # a code is good for half a minute more: clocks drift, and people type
MFA_ADAPTER = "portal_modules.accounts.adapter.PortalMFAAdapter"
USERSESSIONS_TRACK_ACTIVITY = False
LOGIN_URL = reverse_lazy("accounts:sign_in")
LOGIN_REDIRECT_URL = reverse_lazy("my_home")
WAGTAILADMIN_LOGIN_URL = reverse_lazy("staff_sign_in")

SESSION_ENGINE = "portal_modules.core.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal_modules.core.errors.csrf_failure"

# ---- languages and time ----------------------------------------------------------------------
# Addresses know pt, es and en. Behind pt a company of Brazil gets pt-br and one of Portugal pt-pt
# (core.languages); plain pt is there for Wagtail's content, and is shown to nobody.
LANGUAGE_CODE = "pt-br"
LANGUAGES = [
    ("pt", _("Portuguese")),
    ("pt-br", _("Portuguese (Brazil)")),
    ("pt-pt", _("Portuguese (Portugal)")),
    ("es", _("Spanish")),
    ("en", _("English")),
]
WAGTAIL_CONTENT_LANGUAGES = [("pt", _("Portuguese")), ("es", _("Spanish")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("pt-br", _("Portuguese (Brazil)")),
    ("pt-pt", _("Portuguese (Portugal)")),
    ("es", _("Spanish")),
    ("en", _("English")),
]
MODELTRANSLATION_LANGUAGES = ("pt", "es", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "pt"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("pt", "es", "en")
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = named_in
# What the libraries do not say in our languages lies behind our own words (core.library_words).
LOCALE_PATHS = [PROJECT / "locales", PROJECT / "locales" / "libraries"]
USE_I18N = True
FORMAT_MODULE_PATH = ["cms.formats"]
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "UTC"
# Places only: browsers know neither "localtime" nor the old names without one.
WAGTAIL_USER_TIME_ZONES = sorted(
    name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))
)

# ---- the back office -------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Balcão"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # it would tell a stranger which staff work here
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "cms.CompanyImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif", "heic"]
WAGTAILDOCS_DOCUMENT_MODEL = "cms.CompanyDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx", "mp4", "webm", "vtt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []  # nothing is fetched on a user's word
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAILADMIN_BASE_URL = ""

# ---- files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [PROJECT / "cms" / "static"]
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "portal_modules.core.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal_modules.core.uploads.CarefulUploadHandler",
]

# ---- addresses -------------------------------------------------------------------------------
# Companies bring host names of their own, which the database knows: `core.middleware.KnownHostMiddleware`
# answers for this one. `PLATFORM_HOSTS` are those of the installation itself.
ALLOWED_HOSTS = ["*"]
# Who is asked for DNS records; those of the machine where none is named.
DNS_SERVERS: list[str] = []

# ---- security --------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A browser holds this against where a form is sent on to, too: the payment pages of Stripe.
        "form-action": [SELF, "https://checkout.stripe.com", "https://billing.stripe.com"],
        "frame-ancestors": [NONE],
    }
}

# ---- data ------------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ENGINE = "portal_modules.core.pg"
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGTRIGGER_INSTALL_ON_MIGRATE = False

# ---- work outside the request -----------------------------------------------------------------
TASKS = {"default": {"BACKEND": "portal_modules.core.tasks.ScopedRQBackend", "QUEUES": ["mail", "default"]}}
RQ = {"JOB_CLASS": "portal_modules.core.tasks.ScopedJob"}

# ---- mail ------------------------------------------------------------------------------------
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = "Balcão <no-reply@localhost>"
# Who helps the staff of all companies; where nobody is named, a question goes to who runs the company.
SUPPORT_EMAIL = ""

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "portal_modules.core.logs.RedactingFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "rq.worker": {"level": "WARNING"},
    },
}
