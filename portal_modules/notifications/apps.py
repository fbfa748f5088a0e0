"""Manifest of the notifications."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import PortalModule, StaffRight


class NotificationsModule(PortalModule):
    name = "portal_modules.notifications"
    label = "notifications"
    title = verbose_name = _("Messages sent")
    summary = _("What is told to whom, and whether it arrived.")
    icon = "mail"
    optional = False
    depends = ("customers",)
    periodic = ("portal_modules.notifications.tasks.sweep",)
    rights = (StaffRight("notifications.view", _("See the messages sent"), frozenset(StaffRole)),)
