"""Mail providers tell which mails came back: who is believed, what becomes of the mail, and what changes nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal_modules.accounts.actions import invite_contact
from portal_modules.accounts.models import Invitation, InvitationWave
from portal_modules.core.models import Company, LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications import actions
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.hook_views import LARGEST, WRONG
from portal_modules.notifications.models import MailHook, OutboxMessage
from portal_modules.notifications.tasks import sweep
from tests.notifications.known_event import EVENT
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db

PAGE = "/admin/our-company/mail/"
KEY = "key-0123456789abcdef"


@pytest.fixture
def sent(world: World) -> UUID:
    """A mail to alice, which has left."""
    return send_one(world.home)


def send_one(side: CompanyWorld) -> UUID:
    with company_scope(side.company):
        contact = Contact.objects.order_by("pk").first()
        message = actions.tell(EVENT, company=side.company, language="en", contact=contact, payload={})
    sweep.func()
    assert state_of(side, message.pk) == DeliveryState.SENT
    return message.pk


def row(side: CompanyWorld, pk: UUID) -> OutboxMessage:
    with company_scope(side.company):
        return OutboxMessage.objects.get(pk=pk)


def state_of(side: CompanyWorld, pk: UUID) -> str:
    return str(row(side, pk).state)


def believe(side: CompanyWorld, provider: str = "mailgun", secret: str = KEY) -> None:
    with company_scope(side.company):
        actions.keep_hook(side.company, provider, secret, by=side.manager)


def address(side: CompanyWorld, provider: str = "mailgun") -> str:
    with company_scope(side.company):
        return f"/hooks/{provider}/{Company.objects.get(pk=side.company.pk).uuid}/"


def mailgun(message_id: str, event: str = "failed", key: str = KEY, **more: Any) -> dict[str, Any]:
    """What Mailgun sends, signed."""
    stamp, token = "1760000000", "t" * 50
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    told = {
        "event": event,
        "severity": "permanent",
        "timestamp": timezone.now().timestamp(),
        "id": "evt",
        "recipient": "alice@example.com",
        "message": {"headers": {"message-id": message_id}},
        "delivery-status": {"code": 550, "message": "5.1.1 no such user alice@example.com SECRET"},
        **more,
    }
    return {"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": told}


def tell(client: Client, where: str, told: Any, **more: Any) -> int:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return client.post(where, body, content_type="application/json", **more).status_code


def our_id(pk: UUID) -> str:
    return f"{pk}@portal.test"


def test_a_mail_that_came_back_is_marked_once_and_shown_where_staff_look(
    world: World, client: Client, sent: UUID
) -> None:
    believe(world.home)
    where = address(world.home)
    assert tell(client, where, mailgun(our_id(sent))) == 200
    found = row(world.home, sent)
    assert found.state == DeliveryState.BOUNCED
    assert found.error == "Mailgun bounced 5.1.1"
    assert tell(client, where, mailgun(our_id(sent), severity="permanent")) == 200, "told again"
    assert row(world.home, sent).error == found.error

    clerk = Browser().sign_in(world.home.clerk)
    page = clerk.get("/admin/").content.decode()
    assert "Mails that came back" in page
    customer = world.home.customers["alice"]
    assert "Came back" in clerk.get(f"/admin/customers/customer/inspect/{customer.pk}/").content.decode()
    register = clerk.get("/admin/notifications/outboxmessage/?state__exact=bounced").content.decode()
    assert found.error in register
    with company_scope(world.home.company):
        assert MailHook.objects.get().told_at is not None


def test_an_invitation_that_came_back_is_counted_in_its_wave(world: World, client: Client) -> None:
    believe(world.home)
    with company_scope(world.home.company):
        contact = Contact.objects.create(
            customer=world.home.customers["alice"], name="New", email="new@example.com"
        )
        wave = InvitationWave.objects.create(name="Spring", asked_by=world.home.clerk)
        message = invite_contact(contact, by=world.home.clerk, wave=wave).message
    assert message is not None
    sweep.func()
    assert tell(client, address(world.home), mailgun(our_id(message.pk))) == 200
    page = Browser().sign_in(world.home.clerk).get(f"/admin/access/invitations/{wave.pk}/").content.decode()
    assert '<strong class="balcao-number">1</strong> <span>Did not arrive</span>' in page
    with company_scope(world.home.company):
        assert Invitation.objects.get(wave=wave).state(timezone.now()) == "bounced"


@pytest.mark.parametrize(
    "told",
    [
        {"event": "delivered"},
        {"event": "opened"},
        {"severity": "temporary"},
        {"event": "something new"},
    ],
)
def test_what_is_not_a_mail_that_came_back_changes_nothing(
    world: World, client: Client, sent: UUID, told: dict[str, Any]
) -> None:
    believe(world.home)
    assert tell(client, address(world.home), mailgun(our_id(sent), **told)) == 200
    assert state_of(world.home, sent) == DeliveryState.SENT


def test_unknown_mails_and_those_of_others_are_answered_calmly(
    world: World, client: Client, sent: UUID
) -> None:
    believe(world.home)
    theirs = send_one(world.other)
    for message_id in (our_id(uuid4()), our_id(theirs), "x", "", "\x00", "\ud800", "é", "x" * 5000):
        assert tell(client, address(world.home), mailgun(message_id)) == 200, message_id
    assert state_of(world.home, sent) == DeliveryState.SENT
    assert state_of(world.other, theirs) == DeliveryState.SENT


def test_an_old_bounce_told_again_does_not_touch_a_mail_that_was_sent_anew(
    world: World, client: Client, sent: UUID
) -> None:
    believe(world.home)
    old = (timezone.now() - timedelta(hours=2)).timestamp()
    assert tell(client, address(world.home), mailgun(our_id(sent), timestamp=old)) == 200
    assert state_of(world.home, sent) == DeliveryState.SENT
    with company_scope(world.home.company):
        waiting = OutboxMessage.objects.filter(pk=sent)
        waiting.update(state=DeliveryState.WAITING, attempts=0, sent_at=None)
    assert tell(client, address(world.home), mailgun(our_id(sent), timestamp=old)) == 200
    assert state_of(world.home, sent) == DeliveryState.WAITING, "nobody has tried it yet"


def test_only_who_knows_the_secret_of_this_company_is_believed(
    world: World, client: Client, sent: UUID
) -> None:
    where = address(world.home)
    assert tell(client, where, mailgun(our_id(sent))) == 404, "nobody is believed yet"
    believe(world.home)
    believe(world.other, secret="another-key")
    for told in (
        mailgun(our_id(sent), key="another-key"),
        {**mailgun(our_id(sent)), "signature": {}},
        {**mailgun(our_id(sent)), "signature": None},
        {"event-data": {}},
        [],
        b"{",
        b"\xff\xfe",
        b"[" * 200_000,
    ):
        assert tell(client, where, told) == 403, told
    assert tell(client, address(world.home, "postmark"), mailgun(our_id(sent))) == 404
    assert tell(client, "/hooks/mailgun/" + str(uuid4()) + "/", mailgun(our_id(sent))) == 404
    assert tell(client, where.replace("mailgun", "stranger"), mailgun(our_id(sent))) == 404
    assert state_of(world.home, sent) == DeliveryState.SENT


def test_who_guesses_is_sent_away_and_another_address_is_not(
    world: World, client: Client, sent: UUID
) -> None:
    believe(world.home)
    where = address(world.home)
    for _time in range(WRONG.attempts):
        WRONG.hit("mailgun", UUID(where.split("/")[3]), "203.0.113.7")
    assert tell(client, where, mailgun(our_id(sent)), REMOTE_ADDR="203.0.113.7") == 429
    assert state_of(world.home, sent) == DeliveryState.SENT
    assert tell(client, where, mailgun(our_id(sent)), REMOTE_ADDR="203.0.113.8") == 200


def test_bodies_are_json_and_not_large(world: World, client: Client, sent: UUID) -> None:
    believe(world.home)
    where = address(world.home)
    assert client.post(where, {"token": "x", "timestamp": "1", "signature": "x"}).status_code == 415
    assert tell(client, where, b" " * (LARGEST + 1)) == 413
    for wrong in ({"message": 5}, {"message": {"headers": []}}, {"timestamp": "soon"}, {"timestamp": 1e300}):
        assert tell(client, where, mailgun(our_id(sent), **wrong)) in {200, 400}, wrong
    assert client.get(where).status_code == 405
    assert client.head(where).status_code == 200
    assert state_of(world.home, sent) == DeliveryState.SENT


def proof(provider: str, body: bytes) -> dict[str, str]:
    if provider == "mailersend":
        return {"HTTP_SIGNATURE": hmac.new(KEY.encode(), body, hashlib.sha256).hexdigest()}
    return {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(f"balcao:{KEY}".encode()).decode()}


@pytest.mark.parametrize(
    ("provider", "told"),
    [
        ("postmark", {"RecordType": "Bounce", "Type": "HardBounce", "MessageID": "their-id", "ID": 4}),
        ("brevo", {"event": "hard_bounce", "message-id": "their-id", "reason": "550 no such user"}),
        ("mailjet", [{"event": "bounce", "MessageID": "their-id", "hard_bounce": True}]),
        (
            "mailersend",
            {"type": "activity", "data": {"type": "hard_bounced", "email": {"message": {"id": "their-id"}}}},
        ),
    ],
)
def test_each_provider_proves_itself_in_its_own_way_and_has_its_own_name_for_a_mail(
    world: World, client: Client, sent: UUID, provider: str, told: Any
) -> None:
    believe(world.home, provider, KEY if provider == "mailersend" else f"balcao:{KEY}")
    with company_scope(world.home.company):
        OutboxMessage.objects.filter(pk=sent).update(provider_id="their-id")
    where, body = address(world.home, provider), json.dumps(told).encode()
    assert tell(client, where, body) == 403
    assert tell(client, where, body, **proof(provider, b"another")) in {403, 200}
    with company_scope(world.home.company):
        OutboxMessage.objects.filter(pk=sent).update(state=DeliveryState.SENT)
    assert tell(client, where, body, **proof(provider, body)) == 200
    assert state_of(world.home, sent) == DeliveryState.BOUNCED


def test_the_name_that_a_provider_gives_a_mail_is_kept(world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    pk = send_one(world.home)
    assert row(world.home, pk).provider_id == str(mail.outbox[-1].anymail_status.message_id)  # type: ignore[attr-defined]


def test_the_manager_says_who_is_believed_and_sees_no_secret_twice(world: World, client: Client) -> None:
    manager = Browser().sign_in(world.home.manager)
    page = manager.get(PAGE).content.decode()
    assert address(world.home) in page
    assert manager.post(PAGE, {"provider": "mailgun", "mailgun-key": f" {KEY} "}).status_code == 302
    page = manager.get(PAGE).content.decode()
    assert "Has told nothing yet" in page
    assert KEY not in page
    with company_scope(world.home.company):
        assert KEY.encode() not in bytes(MailHook.objects.get().secret)
        assert KEY not in str(
            LogEntry.objects.filter(action="notifications.keep_hook").values_list("details")
        )
    for wrong in ("", "ключ", "x" * 201, "x" * 900, "a\x00b"):
        assert manager.post(PAGE, {"provider": "mailgun", "mailgun-key": wrong}).status_code == 422, wrong
    assert manager.post(PAGE, {"provider": "nobody"}).status_code == 404
    assert manager.post(PAGE).status_code == 404

    made = manager.post(PAGE, {"provider": "postmark"}).content.decode()
    pasted = re.search(r"http://balcao:([\w-]{32})@localhost:8000(/hooks/postmark/[0-9a-f-]+/)", made)
    assert pasted, "the address is shown, with its password"
    assert pasted[1] not in manager.get(PAGE).content.decode()
    known = "Basic " + base64.b64encode(f"balcao:{pasted[1]}".encode()).decode()
    assert tell(client, pasted[2], {"RecordType": "Delivery"}, HTTP_AUTHORIZATION=known) == 200
    assert manager.post(PAGE, {"provider": "postmark", "verb": "remove"}).status_code == 302
    assert tell(client, pasted[2], {"RecordType": "Delivery"}, HTTP_AUTHORIZATION=known) == 404


def test_only_managers_say_who_is_believed(world: World) -> None:
    for person in (world.home.clerk, world.home.editor, world.home.reader):
        browser = Browser().sign_in(person)
        assert browser.get(PAGE).status_code == 302
        assert browser.post(PAGE, {"provider": "postmark"}).status_code == 302
    with company_scope(world.home.company):
        assert not MailHook.objects.exists()


def test_secrets_move_to_a_new_key(world: World, client: Client, sent: UUID, settings: Any) -> None:
    believe(world.home)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the newest of them all, and quite long enough"
    with company_scope(world.home.company):
        call_command("renew_mail_hooks", verbosity=0)
    settings.SECRET_KEY_FALLBACKS = []
    assert tell(client, address(world.home), mailgun(our_id(sent))) == 200
    assert state_of(world.home, sent) == DeliveryState.BOUNCED
    settings.SECRET_KEY = "forgotten, and without a way back to the one before"
    assert tell(client, address(world.home), mailgun(our_id(sent))) == 404, "unreadable, and no 500"
