"""How customers write and read messages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.help import HelpText

HELP = (
    HelpText(
        key="conversations:my_messages",
        title=_("Messages"),
        what=_("All that you and we have written to one another, each conversation beside what it is about."),
        steps=(
            _("Open Messages in the menu. What you have not read stands first."),
            _("Choose a conversation to read it, and write your answer below it."),
            _("Add files to a message if you need to."),
        ),
    ),
)
