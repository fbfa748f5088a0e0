"""Words of the kernel: countries, currencies, purposes of channels, roles of staff."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Country(models.TextChoices):
    """Where a company is established (ISO 3166)."""

    BRAZIL = "BR", _("Brazil")
    PORTUGAL = "PT", _("Portugal")
    SPAIN = "ES", _("Spain")
    CHILE = "CL", _("Chile")


class Currency(models.TextChoices):
    """What a company bills in (ISO 4217)."""

    EURO = "EUR", _("Euro")
    REAL = "BRL", _("Brazilian real")
    CHILEAN_PESO = "CLP", _("Chilean peso")
    DOLLAR = "USD", _("US dollar")


# What a company of a country starts with: currency, time zone, languages (the first is its own).
COUNTRY_DEFAULTS: dict[str, tuple[str, str, list[str]]] = {
    Country.BRAZIL: (Currency.REAL, "America/Sao_Paulo", ["pt", "es", "en"]),
    Country.PORTUGAL: (Currency.EURO, "Europe/Lisbon", ["pt", "es", "en"]),
    Country.SPAIN: (Currency.EURO, "Europe/Madrid", ["es", "pt", "en"]),
    Country.CHILE: (Currency.CHILEAN_PESO, "America/Santiago", ["es", "pt", "en"]),
}


class ChannelPurpose(models.TextChoices):
    """What somebody calls about."""

    ACCESS = "access", _("Getting in")
    FINANCE = "finance", _("Invoices and payments")
    RETURNS = "returns", _("Returns")
    SUPPORT = "support", _("Support")
    GENERAL = "general", _("Anything else")


class ChannelKind(models.TextChoices):
    """How they reach the company."""

    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("E-mail")
    WEBSITE = "website", _("Website")


class SocialNetwork(models.TextChoices):
    """Where a company shows itself."""

    WEBSITE = "website", _("Website")
    INSTAGRAM = "instagram", "Instagram"
    FACEBOOK = "facebook", "Facebook"
    LINKEDIN = "linkedin", "LinkedIn"
    YOUTUBE = "youtube", "YouTube"
    X = "x", "X"
    TIKTOK = "tiktok", "TikTok"


class StaffRole(models.TextChoices):
    """A set of rights in one company. Modules say which of their rights a role has."""

    MANAGER = "manager", _("Manager")
    EDITOR = "editor", _("Editor")
    OPERATOR = "operator", _("Operator")
    FINANCE = "finance", _("Finance")
    READER = "reader", _("Reader")
    PLATFORM = "platform", _("Platform administrator, for a while")


# Who looks after pages, images and documents: these roles have a Wagtail group in each company.
EDITORIAL_ROLES = (StaffRole.MANAGER, StaffRole.EDITOR, StaffRole.PLATFORM)
ASSIGNABLE_ROLES = (
    StaffRole.MANAGER,
    StaffRole.EDITOR,
    StaffRole.OPERATOR,
    StaffRole.FINANCE,
    StaffRole.READER,
)


class JobState(models.TextChoices):
    """How far a piece of long work is."""

    WAITING = "waiting", _("Waiting its turn")
    RUNNING = "running", _("At work")
    DONE = "done", pgettext_lazy("job", "Done")
    CANCELLED = "cancelled", pgettext_lazy("job", "Stopped")
    FAILED = "failed", _("Stopped by a fault")


OPEN_JOBS = (JobState.WAITING, JobState.RUNNING)
