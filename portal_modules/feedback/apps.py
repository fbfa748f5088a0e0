"""Manifest of the opinion box."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import Function, PortalModule, StaffRight


class FeedbackModule(PortalModule):
    name = "portal_modules.feedback"
    label = "feedback"
    title = verbose_name = _("Opinions")
    summary = _("A box at the corner of the page, in which whoever came in says how it was.")
    icon = "comment"
    category = _("Services")
    depends = ("customers", "notifications")
    functions = (Function("feedback.box", _("Opinion box at the bottom right")),)
    rights = (
        StaffRight("feedback.view", _("See the opinions"), frozenset(StaffRole)),
        StaffRight(
            "feedback.answer",
            _("Answer opinions by mail"),
            frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.PLATFORM}),
        ),
    )
