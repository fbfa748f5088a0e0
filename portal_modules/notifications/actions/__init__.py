"""Verbs of notifications: telling, sending, choosing what to be told."""

from .bell import mark_all_read, mark_read
from .bounces import (
    bounce,
    keep_hook,
    make_hook,
    note_told,
    remove_hook,
    renew_hooks,
    secret_of,
)
from .outbox import (
    LEASE,
    MOST_ATTEMPTS,
    PAUSES,
    claim,
    come_back,
    drop,
    give_up,
    mark_sent,
    put_off,
    send_again,
    send_all_again,
    tell,
    try_words,
)
from .preferences import (
    choose_mails,
    choose_mails_of_contact,
    is_unwanted,
    refused_by,
    wants,
)
from .telling import Telling, is_telling_nobody, tell_customer, tell_customers, telling_nobody
from .wording import forget_words

__all__ = [
    "LEASE",
    "MOST_ATTEMPTS",
    "PAUSES",
    "Telling",
    "bounce",
    "choose_mails",
    "choose_mails_of_contact",
    "claim",
    "come_back",
    "drop",
    "forget_words",
    "give_up",
    "is_telling_nobody",
    "is_unwanted",
    "keep_hook",
    "make_hook",
    "mark_all_read",
    "mark_read",
    "mark_sent",
    "note_told",
    "put_off",
    "refused_by",
    "remove_hook",
    "renew_hooks",
    "secret_of",
    "send_again",
    "send_all_again",
    "tell",
    "tell_customer",
    "tell_customers",
    "telling_nobody",
    "try_words",
    "wants",
]
