"""How customers follow their business."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.help import HelpText

HELP = (
    HelpText(
        key="processes:list",
        title=_("My business"),
        what=_("Where each matter that we look after for you stands, what comes next and when."),
        steps=(
            _("Sign in and open My business in the menu."),
            _("If you have several, choose the one that you want to follow."),
            _(
                "The steps show which phase it is in. Each says what happens in it and how long that usually takes."
            ),
            _("Notices stand in a blue box. While there is none, there is nothing that you have missed."),
        ),
        more=(
            _("The number after the # opens this one matter without a password, for whoever you give it to."),
            _("If a phase takes longer than usual the page says so, and you need not do anything."),
        ),
        also=("processes:detail",),
    ),
    HelpText(
        key="processes:reviews",
        title=_("Ask for a review"),
        what=_("Tell us when something of yours is missing here, or when something that is shown is wrong."),
        steps=(
            _("Open My business and follow the link to a review at the end of the page."),
            _("Choose what it is about, describe it, and add a file if one shows it."),
            _("You get a number at once, and our answer stands on the same page."),
        ),
        also=("processes:review", "processes:review_new"),
        icon="refresh",
        level=Level.REGISTERED,
    ),
    HelpText(
        key="processes:lookup",
        title=_("Follow your business by its number"),
        what=_("See where one matter stands without an account, with the number that we sent you by e-mail."),
        steps=(
            _("Type the number on the home page. Capital letters, spaces and hyphens make no difference."),
            _("You see the phase that it is in, what comes next, and notices that are meant for this page."),
            _("When you are done, close it: on a computer that others use, this matters."),
        ),
        more=(_("A number shows no name, no file and no amount. For those, sign in."),),
        also=("processes:lookup_process", "processes:lost_number", "processes:lost_number_done"),
    ),
)
