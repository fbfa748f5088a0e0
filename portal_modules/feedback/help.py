"""How staff read opinions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.help import HelpText

OFFICE_HELP = (
    HelpText(
        key="feedback_opinion_modeladmin_index",
        title=_("Opinions"),
        what=_(
            "What people say in the box at the corner of your pages, with the average by week and by page."
        ),
        steps=(
            _("Narrow the list at the side: the averages are those of what is listed."),
            _("Where somebody left an address, open the opinion and answer by mail."),
        ),
        more=(_("Who came by a number is not known. Nobody can change what was said."),),
        also=("feedback_*",),
    ),
)
