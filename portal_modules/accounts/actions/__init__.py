"""Verbs of the accounts."""

from .legal import accept_texts, publish_text, refuse_draft, write_draft
from .logins import cards_without_access, contacts_of, login_of, may_sign_in
from .proving import (
    Asked,
    ask_for_proof,
    code_of,
    find_by_link,
    give_up_proof,
    link_token_of,
    prove_by_code,
    prove_by_link,
    proved_in,
)
from .recognising import recognise
from .registering import register_person
from .resetting import may_reset, reset_password, tell_own

__all__ = [
    "Asked",
    "accept_texts",
    "ask_for_proof",
    "cards_without_access",
    "code_of",
    "contacts_of",
    "find_by_link",
    "give_up_proof",
    "link_token_of",
    "login_of",
    "may_reset",
    "may_sign_in",
    "prove_by_code",
    "prove_by_link",
    "proved_in",
    "publish_text",
    "recognise",
    "refuse_draft",
    "register_person",
    "reset_password",
    "tell_own",
    "write_draft",
]
