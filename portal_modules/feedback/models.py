"""What people said of the portal and the company, in the box at the corner."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.customers.models import Contact, Customer

from .choices import Mark, Mode
from .querysets import OpinionQuerySet


class Opinion(CompanyOwned):
    """One mark, with or without words, from somebody who came in by a number or by a login.

    Who it was is known of a login only; a number names nobody. Never changed afterwards.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.PositiveSmallIntegerField(_("mark"), choices=Mark)
    text = models.TextField(_("what they say"), max_length=2000, blank=True)
    email = models.EmailField(_("e-mail for an answer"), max_length=254, blank=True)
    page = models.CharField(_("page"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    mode = models.CharField(_("came in"), max_length=6, choices=Mode)
    customer = models.ForeignKey(
        Customer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("customer"),
        related_name="+",
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("who"), related_name="+"
    )
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    objects: ClassVar[Any] = CompanyManager(OpinionQuerySet)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="feedback_opinion_of_company"),
            models.CheckConstraint(condition=Q(mark__gte=1, mark__lte=5), name="feedback_mark_of_five"),
            models.CheckConstraint(
                condition=Q(mode=Mode.LOGIN) | Q(contact__isnull=True, customer__isnull=True),
                name="feedback_number_names_nobody",
            ),
        ]
        # The register, newest first.
        indexes = [models.Index(fields=["company", "-created_at"], name="feedback_newest")]

    def __str__(self) -> str:
        return f"{self.mark}/5 · {self.text[:60]}" if self.text else f"{self.mark}/5"


class OpinionAnswer(CompanyOwned):
    """What the company mailed to somebody who left an address with an opinion. Never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opinion = models.ForeignKey(
        Opinion, on_delete=models.PROTECT, verbose_name=_("opinion"), related_name="answers"
    )
    text = models.TextField(_("answer"), max_length=4000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("by"), related_name="+"
    )
    answered_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer to an opinion")
        verbose_name_plural = _("answers to opinions")
        ordering = ["answered_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
