"""Verbs of the accounts."""

from .access_codes import end_access_code, enter_by_access_code, fits, make_access_code, send_access_code
from .colleagues import (
    change_access,
    colleague_who_asks,
    grant_of,
    invite_again,
    invite_colleague,
    remove_colleague,
    take_invitation_back,
)
from .entering import enter_by_link
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
from .noting import Origin, forget_accesses, note_access
from .proving import (
    Asked,
    ask_for_proof,
    code_of,
    find_by_link,
    give_up_proof,
    link_token_of,
    open_first_access,
    prove_by_code,
    prove_by_link,
    proved_in,
)
from .recognising import recognise
from .registering import Grant, register_person
from .requesting import accept_request, ask_for_access, decline_request, let_request_in
from .resetting import may_reset, reset_password, tell_own
from .returning import send_way_back
from .sessions import end_grants, list_session, note_entry
from .sharing import (
    MAY_SHARE,
    find_shared,
    open_shared,
    plain_facts,
    revoke_shared,
    share_record,
    share_token,
    view_shared,
)
from .waiting import lift_wait, note_wait

__all__ = [
    "MAY_SHARE",
    "Asked",
    "Grant",
    "Origin",
    "accept_invitation",
    "accept_request",
    "accept_texts",
    "ask_for_access",
    "ask_for_proof",
    "cards_without_access",
    "change_access",
    "code_of",
    "colleague_who_asks",
    "contacts_of",
    "current_access",
    "decline_request",
    "end_access_code",
    "end_grants",
    "end_invitation",
    "enter_by_access_code",
    "enter_by_link",
    "find_by_link",
    "find_invitation",
    "find_shared",
    "fits",
    "forget_accesses",
    "give_up_proof",
    "grant_of",
    "invitation_token",
    "invite_again",
    "invite_colleague",
    "invite_contact",
    "invite_staff",
    "let_request_in",
    "lift_wait",
    "link_token_of",
    "list_session",
    "login_of",
    "make_access_code",
    "may_reset",
    "may_sign_in",
    "note_access",
    "note_entry",
    "note_opened",
    "note_wait",
    "open_first_access",
    "open_invitation",
    "open_shared",
    "plain_facts",
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
    "revoke_shared",
    "send_access_code",
    "send_way_back",
    "share_record",
    "share_token",
    "take_access_away",
    "take_invitation_back",
    "tell_own",
    "view_shared",
    "write_draft",
]
