"""Help in the back office: a company's own words about a screen, and what its people asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from portal_modules.core.models import CompanyOwned


class OwnHelp(CompanyOwned):
    """The help of one screen in the company's own words, in place of what came with the portal.

    `shipped` is the mark of the text that it was made from: another one came with the portal since then, where
    it differs.
    """

    key = models.CharField(_("screen"), max_length=120, editable=False)
    title = models.CharField(_("title"), max_length=120)
    what = models.TextField(_("what it is"), max_length=600)
    how = RichTextField(_("how to use it"), features=["bold", "italic", "ol", "ul", "link"])
    shipped = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("help in own words")
        verbose_name_plural = _("help in own words")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["company", "key"], name="help_one_own_text_per_screen")
        ]

    def __str__(self) -> str:
        return self.title or self.key


class HelpQuestion(CompanyOwned):
    """What somebody of the staff asked about a screen."""

    screen = models.CharField(_("screen"), max_length=200)
    address = models.CharField(_("address"), max_length=500, blank=True)
    text = models.TextField(_("question"), max_length=4000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("by"), related_name="+"
    )
    asked_at = models.DateTimeField(_("asked on"), auto_now_add=True)

    class Meta:
        verbose_name = _("question about a screen")
        verbose_name_plural = _("questions about screens")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.screen}: {self.text[:60]}"
