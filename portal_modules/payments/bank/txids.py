"""The reference that a Pix code of the company's own key carries, by which the bank's file names an invoice."""

from __future__ import annotations

from portal_modules.billing.actions import txid_of

__all__ = ["txid_of"]
