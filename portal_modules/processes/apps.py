"""Manifest of the processes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import Function, MenuEntry, NumberLookup, PortalModule, StaffRight

_WORKING = frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.PLATFORM})


class ProcessesModule(PortalModule):
    name = "portal_modules.processes"
    label = "processes"
    title = verbose_name = _("Processes")
    summary = _("Matters that go through phases, which customers follow by number or in their area.")
    icon = "folder-open-inverse"
    category = _("Services")
    depends = ("customers", "documents", "notifications", "conversations")
    records = ("models.Process",)
    menu = (
        MenuEntry(
            label=_("My business"),
            url_name="processes:list",
            lookup_url_name="processes:lookup_process",
            icon="folder",
            order=10,
            level=Level.REGISTERED,
        ),
    )
    lookup = NumberLookup("processes.lookup", "processes:lookup", "processes:lost_number")
    functions = (Function("processes.lookup", _("Follow a business by its number")),)
    rights = (
        StaffRight("processes.view", _("See processes"), frozenset(StaffRole)),
        StaffRight("processes.edit", _("Work on processes"), _WORKING),
        StaffRight(
            "processes.configure",
            _("Change kinds of processes and their phases"),
            frozenset({StaffRole.MANAGER, StaffRole.PLATFORM}),
        ),
    )

    def ready(self) -> None:
        """Listen to what processes announce."""
        from portal_modules.processes import receivers  # noqa: F401

        super().ready()
