"""Verbs of the accounts."""

from .colleagues import (
    change_access,
    colleague_who_asks,
    grant_of,
    invite_again,
    invite_colleague,
    remove_colleague,
    take_invitation_back,
)
from .inviting import (
    accept_invitation,
    end_invitation,
    find_invitation,
    invitation_token,
    invite_contact,
    invite_staff,
    note_opened,
    open_invitation,
    refuse_invitation,
    take_access_away,
)
from .legal import accept_texts, publish_text, refuse_draft, write_draft
from .logins import cards_without_access, contacts_of, current_access, login_of, may_sign_in
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
from .registering import Grant, register_person
from .resetting import may_reset, reset_password, tell_own
from .sessions import end_grants, note_entry

__all__ = [
    "Asked",
    "Grant",
    "accept_invitation",
    "accept_texts",
    "ask_for_proof",
    "cards_without_access",
    "change_access",
    "code_of",
    "colleague_who_asks",
    "contacts_of",
    "current_access",
    "end_grants",
    "end_invitation",
    "find_by_link",
    "find_invitation",
    "give_up_proof",
    "grant_of",
    "invitation_token",
    "invite_again",
    "invite_colleague",
    "invite_contact",
    "invite_staff",
    "link_token_of",
    "login_of",
    "may_reset",
    "may_sign_in",
    "note_entry",
    "note_opened",
    "open_invitation",
    "prove_by_code",
    "prove_by_link",
    "proved_in",
    "publish_text",
    "recognise",
    "refuse_draft",
    "refuse_invitation",
    "register_person",
    "remove_colleague",
    "reset_password",
    "take_access_away",
    "take_invitation_back",
    "tell_own",
    "write_draft",
]
