"""Where a company was found before, and the host name of its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .owned import CompanyOwned


class HostState(models.TextChoices):
    """What the DNS said of a host name."""

    WAITING = "waiting", _("Not found yet")
    FOUND = "found", _("Found: the name is yours")
    WRONG = "wrong", _("There is a record, but with another text")
    SILENT = "silent", _("The DNS did not answer")
    TAKEN = "taken", _("Another company of this portal has this name")


class FormerAlias(CompanyOwned):
    """An alias that a company had: it leads to the new one, and is nobody else's for ever.

    The database writes it whenever an alias changes.
    """

    alias = models.CharField(_("alias"), max_length=40, unique=True)
    retired_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("former alias")
        verbose_name_plural = _("former aliases")
        ordering = ["-retired_at", "-pk"]

    def __str__(self) -> str:
        return self.alias


class CompanyHost(CompanyOwned):
    """The host name that a company wants to be found at. Once it is proved, the company's own row has it."""

    name = models.CharField(_("host name"), max_length=253)
    state = models.CharField(_("state"), max_length=8, choices=HostState, default=HostState.WAITING)
    asked_at = models.DateTimeField(_("asked on"))
    checked_at = models.DateTimeField(_("looked up on"), null=True, blank=True)

    class Meta:
        verbose_name = _("host name of a company")
        verbose_name_plural = _("host names of companies")
        constraints = [models.UniqueConstraint(fields=["company"], name="core_one_host_per_company")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_being_looked_up(self) -> bool:
        """Has somebody asked, and nobody answered yet?"""
        return self.checked_at is None or self.checked_at < self.asked_at
