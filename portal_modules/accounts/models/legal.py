"""The company's terms, and who accepted which."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.core.models.company import touches_company

from ..choices import LegalKind
from ..querysets import LegalTextQuerySet


class LegalText(CompanyOwned):
    """One version of a company's terms or privacy notice. Once it is out, it is never changed."""

    kind = models.CharField(_("kind"), max_length=8, choices=LegalKind)
    version = models.PositiveIntegerField(_("version"), editable=False)
    body = RichTextField(_("text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link"], blank=True)
    changes = models.TextField(
        _("what is new"),
        max_length=600,
        blank=True,
        help_text=_("Two or three sentences, shown to whoever accepted an earlier version."),
    )
    must_accept = models.BooleanField(
        _("has to be accepted"),
        default=True,
        help_text=_("Everybody is asked at their next sign-in. Leave it out for a corrected spelling."),
    )
    published_at = models.DateTimeField(_("published on"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("published by"),
        related_name="+",
    )
    created_at = models.DateTimeField(_("begun on"), auto_now_add=True)

    objects: ClassVar[Any] = CompanyManager(LegalTextQuerySet)

    class Meta:
        verbose_name = _("terms and privacy")
        verbose_name_plural = _("terms and privacy")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="accounts_text_of_company"),
            models.UniqueConstraint(
                fields=["company", "kind", "version"], name="accounts_one_text_per_version"
            ),
            # Two drafts of one kind would both want to be the next version.
            models.UniqueConstraint(
                fields=["company", "kind"],
                condition=Q(published_at=None),
                name="accounts_one_draft_per_kind",
                violation_error_message=_("There is a draft of the next version already."),
            ),
        ]
        triggers = [
            touches_company(),
            pgtrigger.Protect(
                name="keep_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return _("%(kind)s, version %(version)s") % {
            "kind": self.get_kind_display(),
            "version": self.version,
        }

    @property
    def is_published(self) -> bool:
        """Is it out?"""
        return self.published_at is not None


class LegalAcceptance(CompanyOwned):
    """Somebody accepted one version, in the language in which they read it. Never changed."""

    text = models.ForeignKey(LegalText, on_delete=models.PROTECT, related_name="acceptances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    accepted_at = models.DateTimeField(_("accepted on"), db_default=Now())

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["-accepted_at"]
        constraints = [
            models.UniqueConstraint(fields=["text", "user"], name="accounts_accepted_once"),
        ]
        # What somebody who signs in has accepted already.
        indexes = [models.Index(fields=["user", "company"], name="accounts_acceptances_of")]
        triggers = [pgtrigger.Protect(name="keep_acceptances", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user}: {self.text}"
