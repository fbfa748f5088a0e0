"""Collecting: reminders, what was said on the phone, texts to copy, and months that are closed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from portal_modules.core.models import CompanyOwned
from portal_modules.customers.models import Customer, CustomerOwned, RecordChild

from ..choices import Pause, ReminderState
from .invoices import Invoice


class ReminderStep(CompanyOwned):
    """A day, counted from the due date, on which customers are reminded, and in which words."""

    days = models.SmallIntegerField(
        _("days after the due date"), help_text=_("Below zero is before: -3 is three days before it is due.")
    )
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(
        _("text"),
        max_length=4000,
        help_text=_("Gaps: {customer_name}, {number}, {amount}, {due}, {days}, {link}."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("step of the reminders")
        verbose_name_plural = _("steps of the reminders")
        ordering = ["days", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="billing_step_of_company"),
            models.UniqueConstraint(
                fields=["company", "days"],
                name="billing_one_step_per_day",
                violation_error_message=_("There is a step for this day already."),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=-60, days__lte=720),
                name="billing_step_in_bounds",
                violation_error_message=_("From 60 days before to 720 days after."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days:+d}: {self.subject}"


class Reminder(RecordChild):
    """One time that a customer was reminded of an invoice, or was not, and why."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="reminders")
    step = models.ForeignKey(ReminderStep, on_delete=models.PROTECT, related_name="+")
    # The due date that it is about: an invoice in parts has several.
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=6, choices=ReminderState)
    pause = models.CharField(_("not sent because"), max_length=8, choices=Pause, blank=True)
    sent_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "invoice", "step", "due_on"], name="billing_reminded_once"
            ),
            models.CheckConstraint(
                condition=Q(state=ReminderState.SENT, pause="")
                | Q(state=ReminderState.PAUSED) & ~Q(pause=""),
                name="billing_paused_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.step}"


class CallNote(CustomerOwned):
    """What was said about what a customer owes. For staff only, and never changed."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="call_notes"
    )
    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("invoice"),
        related_name="call_notes",
    )
    text = models.TextField(_("what was said"), max_length=2000)
    promised_on = models.DateField(_("payment promised for"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    author_name = models.CharField(_("by"), max_length=160, blank=True, editable=False)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("note of a call")
        verbose_name_plural = _("notes of calls")
        ordering = ["-created_at", "-pk"]
        # The calls with a customer.
        indexes = [models.Index(fields=["customer", "-created_at"], name="billing_calls_with")]
        triggers = [pgtrigger.Protect(name="keep_calls", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.text[:80]


class ReadyText(CompanyOwned):
    """A text with the link to pay, which people of finance copy into their own mails and signatures."""

    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(
        _("text"), max_length=2000, help_text=_("{link} becomes the address of your invoices page.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("ready text")
        verbose_name_plural = _("ready texts")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class ClosedMonth(CompanyOwned):
    """A month whose books are closed: nothing gets a date in it any more."""

    month = models.DateField(_("month"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed on"), auto_now_add=True)

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "month"],
                name="billing_month_closed_once",
                violation_error_message=_("This month is closed already."),
            ),
            models.CheckConstraint(
                condition=Q(month=TruncMonth("month")), name="billing_month_is_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
