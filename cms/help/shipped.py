"""The help that comes with the portal: that of its own pages here, that of each module beside its manifest."""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.help import HelpText, help_of_modules

SITE_HELP = (
    HelpText(
        key="my_home",
        title=_("Your home page"),
        what=_("What waits for you stands first; below it is all that is yours, and the latest news."),
        steps=(
            _("Sign in. You come to this page by yourself."),
            _("Begin at the top: it says what you have to do, and until when."),
            _("Open a card to see the whole of it: its state, its files and what was written about it."),
        ),
        more=(_("If nothing waits for you, the page says so. There is nothing to keep in mind then."),),
        icon="home",
        level=Level.REGISTERED,
    ),
    HelpText(
        key="news",
        title=_("News"),
        what=_(
            "What the company has to tell its customers: new rules, changed times, things to watch out for."
        ),
        steps=(
            _("Open News in the menu. The newest stand on top."),
            _("Choose a title to read it whole."),
        ),
        more=(_("Some news are for customers only: sign in to see those too."),),
    ),
    HelpText(
        key="support",
        title=_("Support materials"),
        what=_("Articles, files and short films that explain each step, and answers to frequent questions."),
        steps=(
            _("Open Support in the menu and type a word or two into the search, such as birth certificate."),
            _("Or choose a section and read what stands in it."),
            _("Files open in the browser and can be kept; films have captions in three languages."),
        ),
        more=(
            _(
                "Accents and capital letters make no difference to the search, and small mistakes are forgiven."
            ),
            _("If you do not find it, the page says whom you can ask."),
        ),
    ),
    HelpText(
        key="advantages",
        title=_("Advantage programmes"),
        what=_("What you get because you are a customer: discounts and services, for as long as they run."),
        steps=(
            _("Open Advantages in the menu. You see those that are running and meant for you."),
            _("Choose one: it says how to use it, until when, and under which conditions."),
        ),
        more=(_("What is over disappears from the list. Sign in to see what is meant for customers."),),
    ),
)


@cache
def shipped_help() -> tuple[HelpText, ...]:
    """All of it, the site's own first."""
    return (*SITE_HELP, *help_of_modules())
