"""Verbs of processes. The company's staff scope has to be in force.

Each locks what it changes and returns it as it is afterwards; a refusal leaves everything as it was.
"""

from .durations import measure_phases
from .following import Following, check_move_on, following_phases, move_on
from .keys import keep_registry_key, read_registry_key, renew_registry_keys
from .processes import (
    cancel_process,
    check_change,
    check_move,
    close_process,
    correct_process,
    move_to_phase,
    open_process,
    place_process,
    publish_notice,
    put_in_charge,
    reopen_process,
    send_lost_numbers,
)
from .reviews import ask_for_review, close_review, reopen_review, take_review

__all__ = [
    "Following",
    "ask_for_review",
    "cancel_process",
    "check_change",
    "check_move",
    "check_move_on",
    "close_process",
    "close_review",
    "correct_process",
    "following_phases",
    "keep_registry_key",
    "measure_phases",
    "move_on",
    "move_to_phase",
    "open_process",
    "publish_notice",
    "place_process",
    "put_in_charge",
    "read_registry_key",
    "renew_registry_keys",
    "reopen_process",
    "reopen_review",
    "send_lost_numbers",
    "take_review",
]
