"""Manifest of the ${plural}."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import MenuEntry, NoticeKind, PortalModule, StaffRight

_WORKING = frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.PLATFORM})


class ${Module}Module(PortalModule):
    name = "portal_modules.${name}"
    label = "${name}"
    title = verbose_name = _("${Plural}")
    summary = _("${Plural} of customers, which they follow in their area.")
    icon = "doc-full"
    category = _("Services")
    depends = ("customers", "notifications")
    records = ("models.${Record}",)
    menu = (
        MenuEntry(
            label=_("${Plural}"),
            url_name="${name}:list",
            icon="file",
            order=100,
            level=Level.REGISTERED,
        ),
    )
    rights = (
        StaffRight("${name}.view", _("See ${plural}"), frozenset(StaffRole)),
        StaffRight("${name}.edit", _("Work on ${plural}"), _WORKING),
    )
    notices = (
        NoticeKind(
            "${name}.opened",
            _("Something was opened for you"),
            placeholders={"number": _("its number")},
        ),
    )
