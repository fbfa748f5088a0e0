"""Who works where, and as what."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import StaffRole

from .owned import CompanyOwned


@pghistory.track()
class StaffMembership(CompanyOwned):
    """One person working in one company, in one role.

    A platform administrator who enters a company gets one too, with the role `platform` and an end:
    entering is a row that the company's own people can see.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("person"), related_name="+"
    )
    role = models.CharField(_("role"), max_length=12, choices=StaffRole)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "user"],
                name="core_one_membership_per_person",
                violation_error_message=_("This person works here already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    def is_current(self, at: datetime) -> bool:
        """Does it hold at that time?"""
        return self.until is None or at < self.until
