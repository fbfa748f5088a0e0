"""Reviews: a customer says that a business is missing, or that something in one is wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.customers.models import CustomerRecord

from ..choices import ReviewState
from ..querysets import ReviewQuerySet
from .processes import Process

MOST_LETTERS = 5000


class ReviewSubject(CompanyOwned):
    """What a review can be about."""

    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("subject of reviews")
        verbose_name_plural = _("subjects of reviews")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["company", "id"], name="processes_subject_of_company")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class ReviewRequest(CustomerRecord):
    """A customer's request to look again: at a business that is wrong, or for one that is missing."""

    number = models.CharField(_("number"), max_length=20, editable=False)
    subject = models.ForeignKey(
        ReviewSubject, on_delete=models.PROTECT, verbose_name=_("subject"), related_name="+"
    )
    process = models.ForeignKey(
        Process,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("business"),
        related_name="reviews",
    )
    description = models.TextField(_("description"), max_length=MOST_LETTERS)
    state = models.CharField(
        _("state"), max_length=8, choices=ReviewState, default=ReviewState.RECEIVED, editable=False
    )
    answer = models.TextField(_("answer"), max_length=MOST_LETTERS, blank=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    # Staff do not read the logins of customers: the name as it was is for them.
    asked_by_name = models.CharField(_("asked by"), max_length=160, blank=True, editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        verbose_name=_("looked at by"),
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked on"))
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True, editable=False)

    record_icon = "help"

    objects: ClassVar[Any] = CompanyManager(ReviewQuerySet)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-asked_at", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="processes_review_of_customer"
            ),
            models.UniqueConstraint(fields=["company", "number"], name="processes_one_review_per_number"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.CLOSED, closed_at__isnull=False)
                | ~Q(state=ReviewState.CLOSED) & Q(closed_at__isnull=True),
                name="processes_closed_review_has_a_time",
            ),
        ]
        indexes = [
            # The register, those that wait first.
            models.Index(fields=["company", "state", "asked_at"], name="processes_reviews_waiting"),
            # The customer's list.
            models.Index(fields=["customer", "-asked_at"], name="processes_reviews_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.subject}"

    def record_title(self) -> str:
        """Its subject."""
        return str(self.subject.name)

    def record_number(self) -> str:
        """The number that people quote."""
        return self.number

    def record_state(self) -> str:
        """Its state in the customer's words."""
        return str(ReviewState(self.state).label)

    def record_date(self) -> datetime:
        """When it was asked for."""
        return self.asked_at

    def record_url(self) -> str:
        """Its page in the customer's area."""
        return reverse("processes:review", args=[self.pk])
