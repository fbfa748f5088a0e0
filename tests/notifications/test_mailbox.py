"""The mailbox of the demonstration."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox")]


def send(number: int, to: str = "Alice <alice@example.com>", **headers: str) -> None:
    mail = EmailMultiAlternatives(
        f"Mail {number} ção",
        f"See https://portal.test/en/{number}/?a=1&b=2. Or (http://portal.test/x), or https://portal.test/x.",
        '"Castro, Lima" <no-reply@portal.test>',
        [to],
        headers={"Message-ID": f"<{number}@portal.test>", **headers},
    )
    mail.attach_alternative(f"<p>Mail {number}<script>alert(1)</script></p>", "text/html")
    mail.send()


def listed(client: Client, query: str = "") -> list[dict[str, Any]]:
    response = client.get(f"/demo/mailbox/?format=json{query}")
    assert response.status_code == 200
    found: list[dict[str, Any]] = response.json()
    return found


def test_an_empty_mailbox_says_what_will_come(client: Client) -> None:
    response = client.get("/demo/mailbox/")
    assert response.status_code == 200
    assert "<table" not in response.text
    assert listed(client) == []


def test_a_mail_is_kept_with_all_that_matters(client: Client) -> None:
    send(1)
    (mail,) = listed(client)
    assert mail["to"] == "alice@example.com"
    assert mail["from"] == '"Castro, Lima" <no-reply@portal.test>'
    assert mail["subject"] == "Mail 1 ção"
    assert mail["message_id"] == "<1@portal.test>"
    assert mail["text"].startswith("See https://")
    assert "<p>Mail 1" in mail["html"]
    assert mail["links"] == [
        "https://portal.test/en/1/?a=1&b=2",
        "http://portal.test/x",
        "https://portal.test/x",
    ]
    assert mail["date"].endswith("+00:00")


def test_the_newest_is_first_and_each_has_its_page(client: Client, mailbox: Path) -> None:
    for number in (1, 2, 3):
        send(number)
    for age, file in enumerate(sorted(mailbox.glob("*.eml"), key=lambda path: path.read_text().find("<2@"))):
        os.utime(file, (1_000_000 + age, 1_000_000 + age))
    subjects = [mail["subject"] for mail in listed(client)]
    assert subjects[0] == "Mail 2 ção"
    response = client.get("/demo/mailbox/")
    assert response.text.index("Mail 2") < response.text.index("Mail 1")
    assert "alice@example.com" in response.text
    assert "Castro, Lima" in response.text


def test_a_repetition_is_seen_once(client: Client, mailbox: Path) -> None:
    send(1)
    send(1)
    assert len(listed(client)) == 1
    assert [file.suffix for file in mailbox.iterdir()] == [".eml"]


def test_one_address_can_be_asked_for(client: Client) -> None:
    send(1)
    send(2, to="bob@example.com")
    assert [mail["subject"] for mail in listed(client, "&to=ALICE@example.com")] == ["Mail 1 ção"]
    assert listed(client, "&to=nobody@example.com") == []
    assert "Mail 2" not in client.get("/demo/mailbox/?to=alice@example.com").text


def test_the_html_part_stands_in_a_sandbox(client: Client, mailbox: Path) -> None:
    send(1)
    (file,) = mailbox.glob("*.eml")
    page = client.get(f"/demo/mailbox/{file.stem}/")
    assert page.status_code == 200
    assert "alert(1)" not in page.text
    assert 'sandbox="allow-popups' in page.text
    assert "https://portal.test/en/1/?a=1&amp;b=2" in page.text
    part = client.get(f"/demo/mailbox/{file.stem}/html/")
    policy = part.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert part.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in part.headers["Cache-Control"]
    assert client.get(f"/demo/mailbox/{file.stem}/?format=json").json()["subject"] == "Mail 1 ção"


@pytest.mark.parametrize("name", ["0" * 32, "unknown", "..", "%2e%2e%2fsecret_key", "0" * 31 + "g"])
def test_what_is_not_there_is_not_found(client: Client, name: str) -> None:
    send(1)
    assert client.get(f"/demo/mailbox/{name}/").status_code == 404
    assert client.get(f"/demo/mailbox/{name}/html/").status_code == 404


@pytest.mark.parametrize("query", ["?page=9999", "?page=x", "?to=%0d%0a", "?to=" + "a" * 5000, "?format=xml"])
def test_odd_questions_do_no_harm(client: Client, query: str) -> None:
    send(1)
    assert client.get(f"/demo/mailbox/{query}").status_code == 200


def test_many_mails_come_in_pages(client: Client) -> None:
    for number in range(31):
        send(number)
    assert "?page=2" in client.get("/demo/mailbox/").text
    assert client.get("/demo/mailbox/?page=2").text.count('<th scope="row"') == 1


def test_it_belongs_to_the_installation_and_is_only_read(client: Client) -> None:
    assert client.get("/p/castro-lima/demo/mailbox/").status_code == 404
    assert client.post("/demo/mailbox/").status_code == 405


def test_mails_without_the_usual_headers_are_shown(client: Client, mailbox: Path) -> None:
    mailbox.mkdir()
    (mailbox / f"{'a' * 32}.eml").write_bytes(b"Subject: bare\n\nhello")
    (mailbox / f"{'b' * 32}.eml").write_bytes(b"\xff\xfe broken")
    assert {mail["subject"] for mail in listed(client)} == {"bare", ""}
    assert client.get("/demo/mailbox/").status_code == 200
    assert client.get(f"/demo/mailbox/{'b' * 32}/").status_code == 200
