"""Manifest of the conversations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import Guarded, MenuEntry, NoticeKind, PortalModule, StaffRight


class ConversationsModule(PortalModule):
    name = "portal_modules.conversations"
    label = "conversations"
    title = verbose_name = _("Conversations")
    summary = _("A thread on every record: messages, notes of the staff, changes of state, files.")
    icon = "comment"
    optional = False
    depends = ("customers", "notifications", "documents")
    menu = (MenuEntry(label=_("Messages"), url_name="conversations:my_messages", icon="chat", order=60),)
    guarded = (Guarded("conversations.write", _("Write messages and send files"), ("write",)),)
    rights = (
        StaffRight("conversations.view", _("Read conversations"), frozenset(StaffRole)),
        StaffRight("conversations.edit", _("Answer customers"), frozenset(StaffRole) - {StaffRole.READER}),
    )
    notices = (
        NoticeKind(
            "conversations.message_written",
            _("We wrote to you"),
            _("A new message about something of yours."),
            {"about": _("what the message is about")},
        ),
    )

    def ready(self) -> None:
        """Stand beside every record."""
        from portal_modules.conversations import panels  # noqa: F401

        super().ready()
