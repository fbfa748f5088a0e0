"""Billing in the back office: registers, the form of an invoice, and what staff do with rows."""

from .banks import BankAccountRegister, SlipRegister
from .collecting import ReadyTextCatalogue, ReminderStepCatalogue
from .copies import CopyRegister
from .invoices import InvoiceRegister
from .notes import FiscalAddressRegister, NoteRegister

__all__ = [
    "BankAccountRegister",
    "CopyRegister",
    "FiscalAddressRegister",
    "InvoiceRegister",
    "NoteRegister",
    "ReadyTextCatalogue",
    "ReminderStepCatalogue",
    "SlipRegister",
]
