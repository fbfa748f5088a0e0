"""The company: the tenant of the installation, and how it can be reached."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, RegexValidator, URLValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal_modules.core.alias import validate_alias
from portal_modules.core.choices import ChannelKind, ChannelPurpose, Country, Currency, SocialNetwork
from portal_modules.core.languages import LANGUAGE_CHOICES, spoken_language

from .owned import CompanyOwned


def validate_time_zone(name: str) -> None:
    """Refuse what the machine's zone tables do not know."""
    if name not in available_timezones():
        raise ValidationError(_("%(name)s is not a time zone, such as Europe/Lisbon."), params={"name": name})


def touches_company(*, company: str = "company_id") -> pgtrigger.Trigger:
    """Raise the company's version with each change of a row that its pages show, so that caches notice."""
    return pgtrigger.Trigger(
        name="touch_company",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=pgtrigger.Func(  # type: ignore[no-untyped-call]  # of a library without types
            "update core_company set version = version + 1 "
            f"where id = coalesce(new.{company}, old.{company}); return null;"
        ),
    )


class CompanyGroup(models.Model):
    """Sister companies: being known to one of them opens what the others show of the same person."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("group of companies")
        verbose_name_plural = _("groups of companies")

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["version", "uuid"])
class Company(models.Model):
    """One company: its staff, customers, pages and everything else hang from this row.

    It is closed, never deleted.
    """

    # What services of others are told of it: it stays when the alias changes, and counts nobody.
    uuid = models.UUIDField(unique=True, db_default=RandomUUID(), editable=False)
    name = models.CharField(_("name"), max_length=120)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    alias = models.CharField(
        _("alias"),
        max_length=40,
        unique=True,
        validators=[validate_alias],
        help_text=_("Its address: /p/<alias>/ and <alias>.<host>."),
    )
    own_host = models.CharField(
        _("host name of its own"), max_length=253, unique=True, null=True, blank=True, editable=False
    )
    tax_id = models.CharField(_("tax id"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    languages = ArrayField(
        models.CharField(max_length=2, choices=LANGUAGE_CHOICES),
        verbose_name=_("languages"),
        help_text=_("The first one is its own."),
    )
    color = models.CharField(
        _("colour"),
        max_length=7,
        default="#1f5f4a",
        validators=[RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", _("A colour is written like #1f5f4a."))],
    )
    logo = models.ImageField(
        _("logo"),
        upload_to="brand/",
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg", "webp"])],
    )
    address = models.TextField(_("address"), blank=True, help_text=_("Shown at the foot of every mail."))
    group = models.ForeignKey(
        CompanyGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("group"),
        related_name="companies",
    )
    site = models.OneToOneField(
        "wagtailcore.Site", on_delete=models.PROTECT, null=True, editable=False, related_name="company"
    )
    version = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def language(self) -> str:
        """Its own language, one of the public ones."""
        return self.languages[0]

    def spoken(self, public: str) -> str:
        """The catalogue that its readers of a public language get."""
        return spoken_language(public, self.country)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Its time zone, for every date that it shows."""
        return ZoneInfo(self.time_zone)

    @property
    def path_prefix(self) -> str:
        """Where its pages are on the platform's own host."""
        return f"/p/{self.alias}"


class Channel(CompanyOwned):
    """One way to reach the company for one purpose: a phone with its menu option, WhatsApp, an address."""

    purpose = models.CharField(_("purpose"), max_length=12, choices=ChannelPurpose)
    kind = models.CharField(_("kind"), max_length=12, choices=ChannelKind)
    value = models.CharField(_("number or address"), max_length=200)
    menu_path = models.CharField(
        _("menu options"), max_length=80, blank=True, help_text=_("Such as: option 6, item 1.")
    )
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["purpose", "position", "pk"]
        triggers = [touches_company()]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.value}"

    def clean(self) -> None:
        """A phone number has digits, and a website an address that a browser can open."""
        digits = sum(character.isdigit() for character in self.value)
        if self.kind in {ChannelKind.PHONE, ChannelKind.WHATSAPP} and not 3 <= digits <= 15:
            raise ValidationError(
                {"value": _("Write the number with its country code, such as +351 210 000 000.")}
            )
        if self.kind == ChannelKind.EMAIL and "@" not in self.value:
            raise ValidationError({"value": _("Write an e-mail address.")})
        if self.kind == ChannelKind.WEBSITE:
            _https(self.value, "value")

    @property
    def url(self) -> str:
        """What a tap on it opens."""
        digits = "".join(character for character in self.value if character.isdigit())
        plus = "+" if self.value.strip().startswith("+") else ""
        return {
            ChannelKind.PHONE: f"tel:{plus}{digits}",
            ChannelKind.WHATSAPP: f"https://wa.me/{digits}",
            ChannelKind.EMAIL: f"mailto:{self.value}",
            ChannelKind.WEBSITE: self.value,
        }[ChannelKind(self.kind)]


class SocialLink(CompanyOwned):
    """Where the company is found elsewhere: its website and social networks."""

    network = models.CharField(_("network"), max_length=12, choices=SocialNetwork)
    url = models.CharField(_("address"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("social network")
        verbose_name_plural = _("social networks")
        ordering = ["position", "pk"]
        triggers = [touches_company()]

    def __str__(self) -> str:
        return f"{self.get_network_display()}: {self.url}"

    def clean(self) -> None:
        """Only addresses that a browser can open safely."""
        _https(self.url, "url")


def _https(url: str, field: str) -> None:
    try:
        URLValidator(schemes=["https"])(url)
    except ValidationError:
        raise ValidationError({field: _("Write the whole address, beginning with https://.")}) from None
