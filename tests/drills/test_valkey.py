"""Valkey stopped and emptied under use: nobody gets an error, and the mails go out when it is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any

import django_rq
import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from cms.embedded import paths, valkey
from cms.embedded.folders import make_own
from cms.settings.stores import caches, queues
from portal_modules.core.scope import company_scope
from portal_modules.notifications.actions import tell_customer
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.models import OutboxMessage
from portal_modules.notifications.tasks import sweep
from portal_modules.processes.events import PHASE_CHANGED
from tests.world.browsing import Browser
from tests.world.committed import CommittedWorld
from tests.world.companies import PASSWORD

PAGES = "/p/castro-lima/en/"
PREFERENCES = f"{PAGES}my/notifications/preferences/"


@dataclass
class OwnValkey:
    """A server that a test may stop and empty: the other tests have theirs."""

    var: Path
    process: Popen[bytes] | None = None

    def start(self) -> None:
        """Have it run, empty."""
        self.process = valkey.start(self.var)

    def stop(self) -> None:
        """Have it gone, with all that it held."""
        if self.process:
            valkey.stop(self.process)
            self.process = None


@pytest.fixture
def own_valkey(committed: CommittedWorld, settings: Any, tmp_path: Path) -> Iterator[OwnValkey]:
    """The cache and the queue of this test."""
    var = tmp_path / "var"
    make_own(paths.socket_folder(var), paths.account_for(var))
    paths.log_folder(var).mkdir(parents=True, exist_ok=True)
    url = f"unix://{paths.valkey_socket(var)}?db=0"
    settings.CACHES = caches(url)
    settings.RQ_QUEUES = queues(url)
    server = OwnValkey(var)
    server.start()
    yield server
    server.stop()


@dataclass
class Use:
    """Somebody uses the site, and what they were answered is counted."""

    committed: CommittedWorld
    answers: list[tuple[str, int]] = field(default_factory=list)

    def go_round(self) -> None:
        """The sign-in page and signing in, the lookup, the home, the choice of mails, the news."""
        home = self.committed.world.home
        stranger = Client(raise_request_exception=False)
        self._note(stranger, "get", f"{PAGES}access/sign-in/")
        alice = {"login": "alice@example.com", "password": PASSWORD}
        self._note(stranger, "post", f"{PAGES}access/sign-in/", alice, expected=302)
        self._note(stranger, "get", f"{PAGES}my/")
        visitor = Client(raise_request_exception=False)
        number = {"number": home.processes["alice"].number_shown}
        self._note(visitor, "post", f"{PAGES}lookup/", number, expected=303)
        self._note(visitor, "get", f"{PAGES}lookup/process/")
        self._note(visitor, "post", f"{PAGES}lookup/lost/", {"email": "bob@example.com"}, expected=303)
        self._note(visitor, "get", f"{PAGES}news/")
        with transaction.atomic():
            known = Browser(raise_request_exception=False).sign_in(self.committed.world.bob, home.company)
        self._note(known, "get", PREFERENCES)
        chosen = {PHASE_CHANGED: "on", "processes.opened": "on"}
        self._note(known, "post", PREFERENCES, chosen, expected=303)

    def _note(self, client: Client, verb: str, path: str, *data: Any, expected: int = 200) -> None:
        answer: Callable[..., Any] = getattr(client, verb)
        status = answer(path, *data).status_code
        self.answers.append((f"{verb} {path}", status))
        assert status == expected, (verb, path, status)


def tell(committed: CommittedWorld) -> None:
    home = committed.world.home
    process = home.processes["alice"]
    with company_scope(home.company):
        tell_customer(
            PHASE_CHANGED,
            customer=home.customers["alice"],
            payload={"process_id": process.pk, "phase_id": process.phase_id},
            record=process,
        )


def waiting(committed: CommittedWorld) -> int:
    with company_scope(committed.world.home.company):
        return int(OutboxMessage.objects.filter(state=DeliveryState.WAITING).count())


@pytest.mark.slow
def test_without_valkey_every_page_answers_and_the_mails_go_out_later(
    committed: CommittedWorld, own_valkey: OwnValkey
) -> None:
    use = Use(committed)
    use.go_round()
    tell(committed)
    assert django_rq.get_queue("mail").count > 0
    django_rq.get_connection("default").flushall()  # emptied under use: the queue has forgotten them
    use.go_round()
    own_valkey.stop()
    use.go_round()
    tell(committed)
    cache.set("kept", 1)
    assert cache.get("kept") is None, "there is no cache"
    assert waiting(committed) >= 4
    assert mail.outbox == []
    own_valkey.start()
    use.go_round()
    # The clock asks for a sweep every minute, and a worker that is back takes it.
    sweep.enqueue()
    django_rq.get_worker("mail", "default", worker_class="rq.SimpleWorker").work(burst=True)
    with company_scope(committed.world.home.company):
        states = set(OutboxMessage.objects.values_list("state", flat=True))
    assert states <= {DeliveryState.SENT, DeliveryState.DROPPED}
    assert not [answer for answer in use.answers if answer[1] >= 500]
