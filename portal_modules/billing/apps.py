"""Manifest of billing."""

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

_LOOKING = frozenset(
    {StaffRole.MANAGER, StaffRole.FINANCE, StaffRole.OPERATOR, StaffRole.READER, StaffRole.PLATFORM}
)
_FINANCE = frozenset({StaffRole.MANAGER, StaffRole.FINANCE, StaffRole.PLATFORM})
_INVOICE = {
    "number": _("its number"),
    "amount": _("what is open of it"),
    "due": _("the day it is due on"),
}


class BillingModule(PortalModule):
    name = "portal_modules.billing"
    label = "billing"
    title = verbose_name = _("Invoices")
    summary = _("What customers owe: invoices, fiscal notes, boletos, statements and reminders.")
    icon = "doc-full"
    category = _("Finance")
    depends = ("customers", "documents", "notifications", "conversations")
    # Who runs the works has no need to know what they cost.
    seen_by = frozenset({CustomerRole.OWNER, CustomerRole.FINANCE, CustomerRole.VIEWER})
    records = ("models.Invoice",)
    menu = (
        MenuEntry(
            label=_("Finance"),
            url_name="billing:finance",
            icon="invoice",
            order=20,
            level=Level.REGISTERED,
        ),
    )
    functions = (
        Function("billing.notes", _("Fiscal notes")),
        Function("billing.statement", _("Statement with running balance")),
        Function("billing.second_copy", _("Second copies of invoices, boletos and fiscal notes")),
        Function("billing.exports", _("Take lists and files of invoices along")),
        Function("billing.public_page", _("Page to pay one invoice without signing in")),
        Function("billing.reminders", _("Reminders by mail")),
    )
    guarded = (
        Guarded(
            "billing.papers",
            _("Open and download invoices, fiscal notes and boletos"),
            (
                "invoice_paper",
                "invoice_page",
                "invoice_file",
                "second_copy",
                "slip_file",
                "note_xml",
                "note_print",
                "statement_file",
                "export",
                "papers",
            ),
        ),
        Guarded(
            "billing.packs",
            _("Download everything of a month"),
            ("packs", "monthly_packs", "pack_file", "pack_row"),
            Level.PASSWORD,
        ),
    )
    settings = (
        Setting(
            "billing.days_to_pay",
            _("A new invoice is due after"),
            default=15,
            kind=SettingKind.NUMBER,
            least=0,
            most=180,
            unit=_("days"),
        ),
        Setting(
            "billing.number_prefix",
            _("Beginning of the numbers of invoices"),
            default="",
            kind=SettingKind.TEXT,
            most=8,
            help=_("Such as FT- for FT-000123. Numbers that were given stay as they are."),
            is_for_all=True,
        ),
        Setting(
            "billing.design",
            _("Design of the invoice"),
            default="classic",
            kind=SettingKind.CHOICE,
            choices=(("classic", _("Classic")), ("modern", _("Modern")), ("compact", _("Compact"))),
            is_for_all=True,
        ),
    )
    rights = (
        StaffRight("billing.view", _("See invoices"), _LOOKING),
        StaffRight("billing.edit", _("Issue, cancel and credit invoices"), _FINANCE),
        StaffRight(
            "billing.collect",
            _("Collect: calls, promises, disputes"),
            _FINANCE | {StaffRole.OPERATOR},
        ),
        StaffRight(
            "billing.configure", _("Change bank accounts, late fees, reminders, closed months"), _FINANCE
        ),
    )
    notices = (
        NoticeKind("billing.issued", _("There is a new invoice"), _("With its number and a link."), _INVOICE),
        NoticeKind(
            "billing.reminded",
            _("An invoice is due"),
            _("Before it is due, and when it is overdue."),
            can_switch_off=False,
            worded_at="wagtailsnippets_billing_reminderstep:list",
        ),
    )
    periodic = (
        Periodic("portal_modules.billing.tasks.remind_all", seconds=60 * 30),
        Periodic("portal_modules.billing.tasks.make_packs", seconds=60 * 60 * 6),
        Periodic("portal_modules.billing.tasks.tidy_up", seconds=60 * 60 * 24),
        Periodic("portal_modules.billing.tasks.fold_sums", seconds=60 * 60),
    )
