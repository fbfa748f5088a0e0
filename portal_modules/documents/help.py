"""How customers send documents and find their files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.help import HelpText

HELP = (
    HelpText(
        key="documents:list",
        title=_("Documents"),
        what=_("What we ask you for, with the reason and the day, and what became of what you sent."),
        steps=(
            _("Open Documents in the menu. What is still missing stands on top."),
            _("Choose one: it says what it is for, what it looks like and until when."),
            _("Take a photograph with your phone or choose a file, and send it."),
            _("If something will not do, we say why, and you send it again."),
        ),
        more=(_("Only you and those who work on your matter see what you send."),),
        also=("documents:detail",),
    ),
)

OFFICE_HELP = (
    HelpText(
        key="documents_documentrequest_modeladmin_index",
        title=_("Documents asked for"),
        what=_("What customers were asked for, what they sent, and what still has to be looked at."),
        steps=(
            _("Open one that was sent, look at the file, and accept it, or refuse it with the reason."),
            _("Ask for another one on the page of the process or of the customer: which, why, and by when."),
        ),
        more=(
            _(
                "Customers are reminded by themselves, some days before and on the day. How many "
                "days is a setting."
            ),
        ),
        also=(
            "documents_*",
            "staff_file*",
        ),
    ),
)
