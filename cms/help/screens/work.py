"""The manual of the daily work: the start, tasks, imports, the search, one's account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.help import HelpText

WORK = (
    HelpText(
        key="wagtailadmin_home",
        title=_("Your day"),
        what=_("The first page of the back office: what waits for you, and the numbers of the company."),
        steps=(
            _("Begin at the top of the list. Each line leads to the place where it is done."),
            _("Open a number to see the rows behind it."),
            _(
                "Use the menu at the side for everything else. The strip at the top says which "
                "company you are working in."
            ),
        ),
        more=(
            _("What you see depends on your role. If something is missing, ask whoever runs the company."),
        ),
        also=("wagtailadmin_*",),
    ),
    HelpText(
        key="core_views",
        title=_("Kept views"),
        what=_("A list as you need it again and again: its filters, its columns, its order, its groups."),
        steps=(
            _("Filter and sort a list, choose its columns, and keep it as a view under a name."),
            _("Choose a view above the list. What you change then is kept only when you say so."),
            _("Mark one as usual, and the list begins with it whenever you open it."),
        ),
        more=(_("A view is yours alone, unless whoever may share it shows it to all who work here."),),
        also=("core_view",),
    ),
    HelpText(
        key="core_jobs",
        title=_("Tasks"),
        what=_(
            "Work that takes longer than a page: imports, changes of many rows, invitations "
            "and large exports."
        ),
        steps=(
            _("Open a task to see how far it is. You may close the page meanwhile."),
            _("When it is done, the report says what was refused: the row, and why."),
        ),
        more=(
            _("A task that was interrupted goes on by itself from where it stopped. Nothing is done twice."),
        ),
        also=(
            "core_job",
            "core_job_*",
        ),
    ),
    HelpText(
        key="core_import",
        title=_("Import from a spreadsheet"),
        what=_("Bring customers, contacts or processes in from a CSV or XLSX file, as often as you like."),
        steps=(
            _("Choose what the file has, and the file."),
            _("Say which column is which. The portal remembers it for the next time."),
            _("Try it first: the trial shows what would be made, changed and refused, and keeps nothing."),
            _("Start it, and read the report of the refused rows. Correct them and send the file again."),
        ),
        more=(_("The same file twice changes nothing."),),
        also=("core_import*",),
    ),
    HelpText(
        key="core_find",
        title=_("Find a customer"),
        what=_("One box for a name, a tax id, a number or a phone."),
        steps=(
            _("Type what you have. Dots, hyphens and accents make no difference."),
            _("Choose the customer: its page shows all that there is about it."),
        ),
        also=("core_find*",),
    ),
    HelpText(
        key="wagtailadmin_account",
        title=_("Your account"),
        what=_("Your name, your language and how the back office looks for you."),
        steps=(
            _("Change what you want, and press the button at the bottom."),
            _("The theme can be light, dark, or as your computer has it."),
        ),
    ),
    HelpText(
        key="help_manual",
        title=_("The manual"),
        what=_("How each screen is used. The question mark at the top of a screen opens its page."),
        steps=(
            _("Type a word of what you want to do, and choose a screen."),
            _("If that does not help, press Ask about this screen. The answer comes by e-mail."),
        ),
        more=(
            _(
                "Editors can write a text in the company's own words. When the portal's text "
                "changes later, they are told."
            ),
        ),
        also=(
            "help_*",
            "wagtailsnippets_help_ownhelp:*",
        ),
    ),
)
