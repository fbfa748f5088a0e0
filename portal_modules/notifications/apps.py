"""Manifest of the notifications."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import MenuEntry, Periodic, PortalModule, StaffRight
from portal_modules.notifications.mails import load_emails


class NotificationsModule(PortalModule):
    name = "portal_modules.notifications"
    label = "notifications"
    title = verbose_name = _("Messages sent")
    summary = _("What is told to whom, and whether it arrived.")
    icon = "mail"
    optional = False
    depends = ("customers",)
    periodic = (Periodic("portal_modules.notifications.tasks.sweep", seconds=60),)
    account_menu = (
        MenuEntry(label=_("What we mail you"), url_name="notifications:preferences", icon="email", order=20),
    )
    rights = (
        StaffRight("notifications.view", _("See the messages sent"), frozenset(StaffRole)),
        StaffRight(
            "notifications.resend",
            _("Send messages again that failed"),
            frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.PLATFORM}),
        ),
        StaffRight(
            "notifications.word",
            _("Change the words of the mails"),
            frozenset({StaffRole.MANAGER, StaffRole.EDITOR, StaffRole.PLATFORM}),
        ),
        StaffRight(
            "notifications.connect",
            _("Say which mail provider may tell what came back"),
            frozenset({StaffRole.MANAGER, StaffRole.PLATFORM}),
        ),
    )

    def ready(self) -> None:
        super().ready()
        load_emails()
