"""How people choose what they are told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.help import HelpText

HELP = (
    HelpText(
        key="notifications:bell",
        title=_("The bell"),
        what=_("What is new in your matters, the latest first, since you last looked."),
        steps=(
            _("Open the bell at the top of any page. The number says how much is new."),
            _("Choose a line to go where it happened."),
        ),
        icon="bell",
        level=Level.REGISTERED,
    ),
    HelpText(
        key="notifications:preferences",
        title=_("What we mail you"),
        what=_("You choose what we write to you about; the bell shows everything all the same."),
        steps=(
            _("Open What we mail you in the menu of your account."),
            _("Switch off what you do not want to be mailed, and save."),
        ),
        more=(_("The last line of each mail leads here, too."),),
        icon="email",
        level=Level.REGISTERED,
    ),
)

OFFICE_HELP = (
    HelpText(
        key="notifications_outboxmessage_modeladmin_index",
        title=_("Messages sent"),
        what=_("What was mailed to whom, and whether it arrived."),
        steps=(
            _("Search by address to answer somebody who got nothing."),
            _("What failed says why. Correct the address and send it again, one or all of them."),
        ),
        more=(_("Codes and links of mails are never shown here."),),
        also=("notifications_*",),
    ),
    HelpText(
        key="notifications_hooks",
        title=_("Mail that comes back"),
        what=_("Your mail provider tells the portal which mails could not be delivered."),
        steps=(
            _("Choose your provider, and keep the signing key that it shows, or have a password made."),
            _("Paste the address into the provider's list of webhooks, for bounces and rejected mails."),
            _("Send a mail to an address that does not exist: the page says when something was told last."),
        ),
        more=(
            _("What came back is marked on the customer's page, among the messages sent, and in its wave."),
            _("Keys and passwords are kept encrypted. Nobody is shown them again; make new ones instead."),
        ),
    ),
    HelpText(
        key="wagtailsnippets_notifications_messagewords:list",
        title=_("Words of the mails"),
        what=_("What the portal mails, in your own words and in each language."),
        steps=(
            _(
                "Choose a mail: its fields show what is mailed today. Change subject, title and text in the tab of "
                "a language. What you leave as it is goes on as shipped."
            ),
            _(
                "Placeholders such as {customer_name} are filled in. One that the mail does not know is refused."
            ),
            _("Look at the mail as it arrives, and send a test to yourself."),
            _("Back to the shipped words takes away what you wrote."),
        ),
        also=(
            "wagtailsnippets_notifications_messagewords:*",
            "notifications_try_words",
            "notifications_sample",
            "notifications_shipped_words",
        ),
    ),
)
