"""Log lines without secrets: addresses lose their tokens and queries, whatever library wrote them."""

from __future__ import annotations

import logging
import re

import structlog

# Tokens of links, lookup numbers, codes, and everything after a question mark.
_SECRETS = re.compile(
    r"(?P<query>\?[^\s\"']+)"
    r"|(?P<link>(?<=/s/)[\w-]{8,}|(?<=/i/)[\w-]{8,}|(?<=/key/)[\w-]{8,})"
    # Whatever else is longer in a path than an id: the doors' links, words between sisters, pages to pay.
    r"|(?P<token>(?<=/)[\w=-]{40,})"
    r"|(?P<number>\b[0-9A-HJ-NP-TV-Z]{4}-[0-9A-HJ-NP-TV-Z]{4}-[0-9A-HJ-NP-TV-Z]{2}\b)"
)


def redacted(text: str) -> str:
    """The text with every secret that its shape gives away replaced by a mark."""
    return _SECRETS.sub("…", text)


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """One line an event: time, level, logger, what happened; newlines and secrets taken out."""

    def __init__(self) -> None:
        super().__init__(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # Plain: the other ways print local variables, and with them what is nobody's to read.
                structlog.dev.ConsoleRenderer(
                    colors=False, exception_formatter=structlog.dev.plain_traceback
                ),
            ],
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        """Redact at the very end, so that nothing slips past."""
        line = redacted(super().format(record))
        return line if record.exc_info else line.replace("\r", "\\r").replace("\n", "\\n")
