"""Payments in the back office: registers and the pages beside them."""

from .bank import BankFileRegister, BankLineRegister

__all__ = ["BankFileRegister", "BankLineRegister"]
