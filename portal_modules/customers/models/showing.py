"""What a company shows its customers of itself: who is there for them, and the words of their home page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.models import CompanyOwned
from portal_modules.core.models.company import touches_company

from ..choices import HomeState

if TYPE_CHECKING:
    from portal_modules.core.companies import CompanyCard

_NOT_DIALLED = re.compile(r"[^\d+]")
_PLACEHOLDERS = re.compile(r"\{[^{}]*\}?|\}")


def photo_path(profile: StaffProfile, filename: str) -> str:
    """A name made here: nothing of what was uploaded reaches the file system."""
    return f"brand/people/{uuid4().hex}.webp"


class StaffProfile(CompanyOwned):
    """What customers see of somebody who works for the company: the face and the ways to reach them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("person"), related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("As customers know them."))
    job_title = models.CharField(_("role"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    whatsapp = models.CharField(
        _("WhatsApp"), max_length=40, blank=True, help_text=_("With the country, such as +351 910 000 701.")
    )
    photo = models.ImageField(_("photo"), upload_to=photo_path, blank=True, max_length=120)
    is_shown = models.BooleanField(_("shown to customers"), default=True)

    class Meta:
        verbose_name = _("person of the team")
        verbose_name_plural = _("team")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "user"],
                name="customers_one_profile_per_person",
                violation_error_message=_("This person is in the team already."),
            )
        ]
        triggers = [touches_company()]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def team(cls, card: CompanyCard) -> dict[int, dict[str, Any]]:
        """Everybody whom customers may see, as cards by their user; kept until the company changes anything."""

        def read() -> dict[int, dict[str, Any]]:
            return {each.user_id: each.as_card() for each in cls.objects.filter(is_shown=True)}

        team: dict[int, dict[str, Any]] = card.remember(f"team:{get_language()}", read)
        return team

    @property
    def initials(self) -> str:
        """Two letters where there is no photo."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    @property
    def phone_url(self) -> str:
        """What a phone dials."""
        return f"tel:{_NOT_DIALLED.sub('', self.phone)}" if self.phone else ""

    @property
    def whatsapp_url(self) -> str:
        """Where a conversation on WhatsApp begins."""
        digits = re.sub(r"\D", "", self.whatsapp)
        return f"https://wa.me/{digits}" if digits else ""

    def as_card(self) -> dict[str, Any]:
        """What `components/person-card.html` takes."""
        return {
            "name": self.name,
            "role": self.job_title,
            "initials": self.initials,
            "photo_url": self.photo.url if self.photo else "",
            "phone": self.phone,
            "phone_url": self.phone_url,
            "whatsapp_url": self.whatsapp_url,
        }


class HomeText(CompanyOwned):
    """What the customer's home page says on top, by what waits for them. Without one it says something usual."""

    state = models.CharField(_("when"), max_length=8, choices=HomeState)
    title = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("words of the customer's home page")
        verbose_name_plural = _("words of the customer's home page")
        ordering = ["state"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "state"],
                name="customers_one_home_text_per_state",
                violation_error_message=_("There are words for this already."),
            )
        ]
        triggers = [touches_company()]

    def __str__(self) -> str:
        return str(self.get_state_display())

    def clean(self) -> None:
        """Only the customer's name can be put into the words, and braces mean nothing else."""
        wrong = {}
        for field in [f"{name}_{code}" for name in ("title", "text") for code in PUBLIC_LANGUAGES]:
            if set(_PLACEHOLDERS.findall(getattr(self, field, None) or "")) - {"{customer_name}"}:
                wrong[field] = _("Only {customer_name} can stand in braces.")
        if wrong:
            raise ValidationError(wrong)
