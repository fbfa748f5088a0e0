"""How the sandbox tells what happened: a signed webhook to our own endpoint, from a task, tried again for a while."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import requests
from django.conf import settings
from django.utils import timezone
from django_tasks import task

from portal_modules.core.tasks import opens_own_scopes

logger = logging.getLogger(__name__)

HEADER: Final = "Sandbox-Signature"
_TRIES: Final = 5
_PAUSE: Final = 20  # seconds, doubled with each try


def signature(body: bytes, secret: str, at: datetime) -> str:
    """What stands in the header: the second, and the keyed hash of it and of the body as it is."""
    second = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{second}.".encode() + body, sha256).hexdigest()
    return f"t={second},v1={digest}"


def event_of(kind: str, reference: str, session: Mapping[str, Any]) -> dict[str, Any]:
    """An event. The same thing told twice has the same number."""
    return {
        "id": f"sbx_{reference}_{kind}",
        "kind": kind,
        "created": int(datetime.now(UTC).timestamp()),
        "is_live": False,
        "session": dict(session),
    }


@task()
@opens_own_scopes
def deliver(company: str, secret: str, event: dict[str, Any], tries: int = 0) -> None:
    """Post an event; what is not answered with 200 is posted again later.

    `secret` is the sandbox's, which protects nothing but the play.
    """
    body = json.dumps(event, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", HEADER: signature(body, secret, datetime.now(UTC))}
    try:
        address = f"{settings.PUBLIC_ORIGIN}/hooks/sandbox/{company}/"
        answer = requests.post(address, data=body, headers=headers, timeout=(3, 10))
        if answer.status_code == requests.codes.ok:
            return
        logger.warning("sandbox event %s was answered with %s", event["id"], answer.status_code)
    except requests.RequestException as error:
        logger.warning("sandbox event %s was not delivered: %s", event["id"], type(error).__name__)
    if tries + 1 < _TRIES:
        later = timezone.now() + timedelta(seconds=_PAUSE * 2**tries)
        deliver.using(run_after=later).enqueue(company, secret, event, tries + 1)
