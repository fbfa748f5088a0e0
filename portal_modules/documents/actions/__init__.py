"""Verbs of documents. The company's staff scope has to be in force."""

from .files import log_download, remove_file, store_file
from .requests import (
    accept_document,
    ask_for_document,
    refuse_document,
    send_document,
    withdraw_request,
)

__all__ = [
    "accept_document",
    "ask_for_document",
    "log_download",
    "refuse_document",
    "remove_file",
    "send_document",
    "store_file",
    "withdraw_request",
]
