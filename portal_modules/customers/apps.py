"""Manifest of the customers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import PortalModule, Setting, StaffRight


class CustomersModule(PortalModule):
    name = "portal_modules.customers"
    label = "customers"
    title = verbose_name = _("Customers")
    summary = _("Customers and suppliers, their people, addresses and sites.")
    icon = "group"
    optional = False
    depends = ("users",)
    rights = (
        StaffRight("customers.view", _("See customers"), frozenset(StaffRole)),
        StaffRight(
            "customers.edit",
            _("Change customers and their contacts"),
            frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.FINANCE, StaffRole.PLATFORM}),
        ),
        StaffRight(
            "customers.access",
            _("Give people access to a customer"),
            frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.PLATFORM}),
        ),
        StaffRight(
            "customers.present",
            _("Change the team and the words of the customers' home page"),
            frozenset({StaffRole.MANAGER, StaffRole.EDITOR, StaffRole.PLATFORM}),
        ),
    )
    settings = (
        Setting(
            "customers.show_person",
            _("Show who is in charge"),
            default=True,
            help=_("With face, phone and WhatsApp, on the home page and beside each business."),
        ),
    )

    def ready(self) -> None:
        """Let groups and customers have settings of their own."""
        super().ready()
        # Not above: the models are loaded by then.
        from portal_modules.customers import holders  # noqa: F401
