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
        function="processes.reviews",
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
        function="processes.lookup",
    ),
)

OFFICE_HELP = (
    HelpText(
        key="processes_process_modeladmin_index",
        title=_("Processes"),
        what=_("Everything that goes through phases for your customers."),
        steps=(
            _("Narrow the list at the side by phase, kind or state, or search by number and customer."),
            _("Open a row to work on it."),
            _(
                "To change many, tick them, choose what to do, and read the count and the faults "
                "before you confirm."
            ),
        ),
        also=(
            "processes_process_modeladmin_*",
            "processes_bulk*",
        ),
    ),
    HelpText(
        key="processes_process_modeladmin_inspect",
        title=_("The page of a process"),
        what=_("Where it stands, what can be done, and what was said: one page for the daily work."),
        steps=(
            _(
                "The buttons on top are what is possible now: move it, write a notice, ask for a "
                "document, close it."
            ),
            _("Customers are told by themselves, each in their language."),
            _("Answer below in the conversation. A staff note is seen by nobody outside."),
        ),
        also=(
            "processes_process_modeladmin_edit",
            "processes_process_modeladmin_create",
            "processes_process_modeladmin_history",
        ),
    ),
    HelpText(
        key="processes_paste",
        title=_("Many processes by their numbers"),
        what=_("Paste the registry numbers that you got, and move all of them to a phase at once."),
        steps=(
            _(
                "Paste one number in each line, and choose the phase, or have each go to the next one of its kind."
            ),
            _("Read how many were found, and which were not, before you confirm."),
            _("The report says what became of each. Customers are told."),
        ),
        also=("processes_paste*",),
    ),
    HelpText(
        key="processes_board",
        title=_("The board"),
        what=_("Open processes by phase, a column for each."),
        steps=(
            _("Drag a card to another phase. With the keyboard, choose the card and then the phase."),
            _("The customer is told, as with the button of the page."),
        ),
        also=("processes_board*",),
    ),
    HelpText(
        key="processes_reviewrequest_modeladmin_index",
        title=_("Reviews"),
        what=_("What customers asked you to look at again."),
        steps=(
            _("Take one, look at it, and answer in its conversation."),
            _("Close it with the answer. It can be opened again."),
        ),
        also=("processes_reviewrequest_*",),
    ),
    HelpText(
        key="wagtailsnippets_processes_processkind:list",
        title=_("Kinds of processes and phases"),
        what=_("What you do for customers, in which phases, and which documents everybody is asked for."),
        steps=(
            _("Write the name and description in the tab of each language."),
            _("Add the phases in their order, with what happens in each and the usual days."),
            _("The checklist asks each new customer for documents by itself."),
        ),
        also=("wagtailsnippets_processes_processkind:*",),
    ),
    HelpText(
        key="wagtailsnippets_processes_reviewsubject:list",
        title=_("Subjects of reviews"),
        what=_("What a customer can choose when asking for a review."),
        steps=(
            _("Write each subject in all languages, and put them in order."),
            _("One that is not offered any more stays with the reviews that have it."),
        ),
        also=("wagtailsnippets_processes_reviewsubject:*",),
    ),
)
