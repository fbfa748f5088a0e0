"""Verbs of billing. The company's staff scope has to be in force.

Each locks what it changes and returns it as it is afterwards; a refusal leaves everything as it was.
"""

from ..days import billing_day, overdue_from
from ..owing import owed_on
from ..owing import policy_in_scope as late_fee_policy
from ..papers.pix import txid_of
from .auditing import Check, other_checks
from .closing import close_month, is_closed_month, open_month, refuse_closed_month
from .collecting import (
    dispute_invoice,
    give_to_agency,
    note_call,
    promise_payment,
    settle_dispute,
    take_from_agency,
)
from .copies import addresses_on_file, mail_second_copy, why_no_copy
from .drafting import Claim, Part, change_draft, discard_draft, draft_invoice, locked
from .issuing import (
    cancel_invoice,
    check_cancel,
    check_credit,
    check_issue,
    credit_invoice,
    give_credit,
    issue_invoice,
)
from .notes import cancel_note, keep_note, link_note, take_in_note
from .ordering import write_order
from .packs import (
    ask_for_pack,
    end_packs,
    finish_pack,
    forget_packs,
    make_monthly_packs,
    may_have_packs,
    subscribe_to_packs,
)
from .papers import Sheet, Table, draw_sheet
from .reminding import may_remind, other_pauses, remind
from .settling import parts_of, settle, settle_paid, shares_of
from .slips import keep_slip, withdraw_slip
from .stating import Moved, ledgers

__all__ = [
    "Check",
    "Claim",
    "Moved",
    "Part",
    "Sheet",
    "Table",
    "addresses_on_file",
    "ask_for_pack",
    "billing_day",
    "cancel_invoice",
    "cancel_note",
    "change_draft",
    "check_cancel",
    "check_credit",
    "check_issue",
    "close_month",
    "credit_invoice",
    "discard_draft",
    "dispute_invoice",
    "draft_invoice",
    "draw_sheet",
    "end_packs",
    "finish_pack",
    "forget_packs",
    "give_credit",
    "give_to_agency",
    "is_closed_month",
    "issue_invoice",
    "keep_note",
    "keep_slip",
    "late_fee_policy",
    "ledgers",
    "link_note",
    "locked",
    "mail_second_copy",
    "make_monthly_packs",
    "may_have_packs",
    "may_remind",
    "note_call",
    "open_month",
    "other_checks",
    "other_pauses",
    "overdue_from",
    "owed_on",
    "parts_of",
    "promise_payment",
    "refuse_closed_month",
    "remind",
    "settle",
    "settle_dispute",
    "settle_paid",
    "shares_of",
    "subscribe_to_packs",
    "take_from_agency",
    "take_in_note",
    "txid_of",
    "why_no_copy",
    "withdraw_slip",
    "write_order",
]
