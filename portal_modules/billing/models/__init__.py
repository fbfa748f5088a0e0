"""Billing: what customers owe, the fiscal notes and boletos beside it, and how it is collected."""

from .banks import BankAccount, BankSlip, LateFeePolicy
from .collecting import CallNote, ClosedMonth, ReadyText, Reminder, ReminderStep
from .copies import SecondCopy
from .credits import Credit
from .invoices import Instalment, Invoice, InvoiceLine
from .notes import FiscalAddress, FiscalDocument
from .packs import AccountantPack, PackSubscription
from .tallies import Tally

__all__ = [
    "AccountantPack",
    "BankAccount",
    "BankSlip",
    "CallNote",
    "ClosedMonth",
    "Credit",
    "FiscalAddress",
    "FiscalDocument",
    "Instalment",
    "Invoice",
    "InvoiceLine",
    "LateFeePolicy",
    "ReadyText",
    "PackSubscription",
    "Reminder",
    "ReminderStep",
    "SecondCopy",
    "Tally",
]
