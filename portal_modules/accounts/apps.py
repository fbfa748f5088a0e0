"""Manifest of the accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import (
    Function,
    Guarded,
    MenuEntry,
    NoticeKind,
    Periodic,
    PortalModule,
    Setting,
    SettingKind,
    StaffRight,
)
from portal_modules.customers.choices import CustomerRole


class AccountsModule(PortalModule):
    name = "portal_modules.accounts"
    label = "accounts"
    title = verbose_name = _("Ways in")
    summary = _("Registering, signing in, second factors, sessions, terms and privacy.")
    icon = "key"
    optional = False
    depends = ("users", "customers", "notifications")
    periodic = (
        Periodic("portal_modules.accounts.tasks.forget_old_proofs", seconds=60 * 60),
        Periodic("portal_modules.accounts.tasks.forget_old_accesses", seconds=60 * 60 * 24),
    )
    rights = (
        StaffRight("accounts.view", _("See terms and privacy"), frozenset(StaffRole)),
        StaffRight(
            "accounts.edit",
            _("Write and publish terms and privacy"),
            frozenset({StaffRole.MANAGER, StaffRole.EDITOR, StaffRole.PLATFORM}),
        ),
        StaffRight(
            "accounts.access_codes",
            _("Make and send access codes"),
            frozenset({StaffRole.MANAGER, StaffRole.PLATFORM}),
        ),
        StaffRight(
            "accounts.view_as_customer",
            _("See the portal as a customer does"),
            frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.PLATFORM}),
        ),
        StaffRight(
            "accounts.share",
            _("Share links to records of customers"),
            frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.PLATFORM}),
        ),
    )
    notices = (
        NoticeKind(
            "accounts.invitation",
            _("You are invited to the portal"),
            _("With the link to choose a password."),
            {
                "portal_address": _("the address of the portal"),
                "who_invites": _("who opens the account, as a sentence"),
                "day": _("the day until which the link is good"),
            },
            can_switch_off=False,
        ),
    )
    account_menu = (
        MenuEntry(
            label=_("People with access"),
            url_name="accounts:my_team",
            icon="users",
            order=10,
            level=Level.REGISTERED,
            roles=frozenset({CustomerRole.OWNER.value}),
        ),
        MenuEntry(
            label=_("Shared links"),
            url_name="accounts:my_links",
            icon="external",
            order=20,
            level=Level.REGISTERED,
        ),
    )
    guarded = (
        Guarded(
            "accounts.team",
            _("Invite, change and remove people with access"),
            (
                "my_team",
                "my_team_again",
                "my_team_take_back",
                "my_team_invite",
                "my_team_change",
                "my_team_remove",
                "requests",
                "request_let_in",
                "request_decline",
            ),
            Level.PASSWORD,
        ),
        Guarded("accounts.share", _("Share a record by a link"), ("share",), Level.PASSWORD),
        Guarded("accounts.log", _("Read who signed in and who looked"), ("access_log",)),
    )
    functions = (Function("accounts.register", _("Customers register by themselves")),)
    # Names of doors, the first of which the home page shows: see `accounts.doors`.
    settings = (
        Setting("accounts.doors", _("Ways in"), default=["email"], kind=SettingKind.LIST, is_for_all=True),
        # What is asked beyond the usual, as "<module>:<level>": see `core.proof`.
        Setting(
            "accounts.levels", _("More proof than usual"), default=[], kind=SettingKind.LIST, is_for_all=True
        ),
        # Roles that need a second factor, of staff and of customers' people: see `core.factors`.
        Setting(
            "accounts.staff_factor",
            _("Second factor for staff"),
            default=[],
            kind=SettingKind.LIST,
            is_for_all=True,
        ),
        Setting(
            "accounts.customer_factor",
            _("Second factor for customers"),
            default=[],
            kind=SettingKind.LIST,
            is_for_all=True,
        ),
        Setting(
            "accounts.invitation_days",
            _("The link of an invitation is good for"),
            default=14,
            kind=SettingKind.NUMBER,
            least=1,
            most=90,
            unit=_("days"),
            help=_("After that it has to be sent again. It opens once, whenever it is used."),
            is_for_all=True,
        ),
        Setting(
            "accounts.access_log_days",
            _("Keep who signed in and who looked for"),
            default=365,
            kind=SettingKind.NUMBER,
            least=31,
            most=1825,
            unit=_("days"),
            help=_("Customers read it of themselves. Older lines are deleted every night."),
            is_for_all=True,
        ),
    )

    def ready(self) -> None:
        super().ready()
        # Not above: the models of the texts are loaded by then.
        from portal_modules.accounts.agreeing import has_agreed, legal_links
        from portal_modules.core.looking import may_follow
        from portal_modules.core.shell import legal_source

        legal_source.append(legal_links)
        may_follow.append(has_agreed)
