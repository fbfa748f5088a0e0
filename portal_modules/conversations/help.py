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

OFFICE_HELP = (
    HelpText(
        key="conversations_thread_modeladmin_index",
        title=_("Conversations"),
        what=_("All that customers wrote, with who waits for an answer first."),
        steps=(
            _("Open one: it leads to the record that it is about."),
            _("Write an answer, or a note that only staff see. Files can go along."),
            _("If no answer is needed, press the button that says so."),
        ),
        also=("conversations_*",),
    ),
)
