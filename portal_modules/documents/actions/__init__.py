"""Verbs of documents. The company's staff scope has to be in force."""

from .files import log_download, remove_file, store_file, sweep_files
from .requests import (
    accept_document,
    ask_for_document,
    refuse_document,
    remind_of_document,
    send_document,
    withdraw_request,
)

__all__ = [
    "accept_document",
    "ask_for_document",
    "log_download",
    "refuse_document",
    "remind_of_document",
    "remove_file",
    "send_document",
    "store_file",
    "sweep_files",
    "withdraw_request",
]
