"""The quick lookup against wrong numbers, guessers and hostile input."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from portal_modules.core.numbers import ALPHABET, format_lookup_number, new_lookup_number
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from portal_modules.processes import opening
from portal_modules.processes.actions import open_process
from portal_modules.processes.models import Process
from tests.processes.visiting import CALM, CHECK, at, text_of, try_number, without_tokens, written
from tests.world.companies import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many misses in a row, without the pause."""
    monkeypatch.setattr(opening, "seconds_to_wait", lambda request: 0)
    monkeypatch.setattr(opening, "count_miss", lambda request, company: 0)


def an_unknown_number() -> str:
    return format_lookup_number(new_lookup_number())


def a_mistyped_number(process: Process) -> str:
    last = process.lookup_number[-1]
    other = next(character for character in ALPHABET if character != last)
    return format_lookup_number(process.lookup_number[:-1] + other)


@pytest.mark.usefixtures("no_limit")
def test_all_misses_are_answered_alike(world: World, client: Client) -> None:
    foreign = written(world.other.processes["dora"])
    tried = [foreign, *(an_unknown_number() for _try in range(30))]
    answers = [(number, try_number(client, number)) for number in tried]
    assert {answer.status_code for _number, answer in answers} == {422}
    assert len({without_tokens(answer, number) for number, answer in answers}) == 1
    assert len({tuple(sorted(answer.headers)) for _number, answer in answers}) == 1
    assert CALM in text_of(answers[0][1])


@pytest.mark.usefixtures("no_limit")
def test_known_and_unknown_numbers_take_the_same_statements(
    world: World, client: Client, count_queries: Any
) -> None:
    counts = set()
    client.get(at("lookup/"))  # what is kept of the company is read by the first request
    for number in (written(world.other.processes["dora"]), an_unknown_number(), an_unknown_number()):
        with count_queries() as queries:
            try_number(client, number)
        counts.add(len(queries))
    assert len(counts) == 1


def test_what_was_typed_stays_and_a_wrong_character_is_told(world: World, client: Client) -> None:
    number = a_mistyped_number(world.home.processes["alice"])
    answer = try_number(client, number)
    assert answer.status_code == 422
    assert CHECK in text_of(answer)
    assert f'value="{number}"' in text_of(answer)
    assert "too short or too long" in text_of(try_number(client, "4F7K-2M9Q-X"))
    assert "a sign that none of ours has" in text_of(try_number(client, "4F7K-2M9Q-X!"))
    assert "Write your number." in text_of(try_number(client, "   "))


@pytest.mark.parametrize("right", [True, False])
def test_after_ten_misses_in_a_minute_every_try_has_to_wait(
    world: World, client: Client, right: bool
) -> None:
    process = world.home.processes["alice"]
    for turn in range(10):
        number = a_mistyped_number(process) if turn % 2 else an_unknown_number()
        assert try_number(client, number).status_code == 422
    answer = try_number(client, written(process) if right else an_unknown_number())
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert client.get(at("lookup/process/")).status_code == 302
    assert client.get(at("lookup/")).status_code == 200
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert try_number(elsewhere, written(process)).status_code == 303


def test_right_numbers_are_not_counted(world: World, client: Client) -> None:
    number = written(world.home.processes["alice"])
    assert {try_number(client, number).status_code for _try in range(15)} == {303}


def test_a_network_cannot_share_out_its_guesses(world: World) -> None:
    for host in range(6):
        client = Client(REMOTE_ADDR=f"198.51.100.{host + 1}")
        for _try in range(10):
            assert try_number(client, an_unknown_number()).status_code == 422
    fresh = Client(REMOTE_ADDR="198.51.100.200")
    assert try_number(fresh, an_unknown_number()).status_code == 429


def test_an_attack_on_a_company_slows_everybody_and_closes_to_nobody(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = written(world.home.processes["alice"])
    for _miss in range(opening.COMPANY_MISSES.attempts):
        opening.COMPANY_MISSES.hit(world.home.company.pk)
    asked = try_number(client, number)
    assert asked.status_code == 422
    stamp = asked.context["form"].data["shown"]
    too_soon = try_number(client, number, shown=stamp)
    assert too_soon.status_code == 422
    assert too_soon.context["form"].data["shown"] == stamp
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3)
    another = try_number(client, an_unknown_number(), shown=stamp)
    assert another.context["form"].data["shown"] != stamp
    forged = try_number(client, number, shown="1700000000.00/abc:def")
    assert forged.status_code == 422
    assert try_number(client, number, shown=stamp).status_code == 303
    elsewhere = written(world.other.processes["dora"])
    assert client.post(at("lookup/", alias="altura"), {"number": elsewhere}).status_code == 303


class TestSecondDatum:
    """A number of a former system that is easy to guess."""

    number = "irn-22 123/2026"

    @pytest.fixture(autouse=True)
    def _imported(self, world: World) -> None:
        with company_scope(world.home.company):
            alice = world.home.customers["alice"]
            Customer.objects.filter(pk=alice.pk).update(tax_id="123456789")
            open_process(
                alice,
                world.home.kind,
                by=None,
                opened_on=world.home.processes["alice"].opened_on,
                number=self.number,
            )

    def test_it_is_opened_by_number_and_the_end_of_the_tax_id(self, world: World, client: Client) -> None:
        asked = try_number(client, self.number)
        assert asked.status_code == 200
        assert 'name="proof"' in text_of(asked)
        assert self.number in text_of(asked)
        assert try_number(client, self.number, proof="123 456 789").status_code == 303
        page = text_of(client.get(at("lookup/process/")))
        assert "IRN-22123/2026" in page
        assert "6789" not in page

    def test_it_never_tells_which_of_the_two_was_wrong(self, world: World, client: Client) -> None:
        known, unknown = self.number, "irn-99 999/2026"
        asked = [try_number(client, number) for number in (known, unknown)]
        assert [answer.status_code for answer in asked] == [200, 200]
        assert without_tokens(asked[0], known) == without_tokens(asked[1], unknown)
        refused = [try_number(client, number, proof="0000") for number in (known, unknown)]
        assert [answer.status_code for answer in refused] == [422, 422]
        assert without_tokens(refused[0], known) == without_tokens(refused[1], unknown)

    def test_a_wrong_one_is_a_miss(self, world: World, client: Client) -> None:
        for proof in range(10):
            assert try_number(client, self.number, proof=f"{proof:04}").status_code == 422
        assert try_number(client, self.number, proof="6789").status_code == 429

    @pytest.mark.parametrize("proof", ["", "789", "\u0661\u0662\u0663\u0664", "9" * 20])
    def test_nothing_shorter_or_stranger_opens_it(self, world: World, client: Client, proof: str) -> None:
        assert try_number(client, self.number, proof=proof).status_code == 422

    def test_without_a_tax_id_on_file_nothing_opens_it(self, world: World, client: Client) -> None:
        with company_scope(world.home.company):
            Customer.objects.update(tax_id="")
        assert try_number(client, self.number, proof="").status_code == 422
        assert try_number(client, self.number, proof="6789").status_code == 422

    def test_ours_are_still_corrected_and_opened_at_once(self, world: World, client: Client) -> None:
        process = world.home.processes["alice"]
        assert try_number(client, written(process)).status_code == 303
        assert try_number(client, an_unknown_number()).status_code == 422


def test_a_company_without_such_numbers_never_asks(world: World, client: Client) -> None:
    answer = try_number(client, "22123")
    assert answer.status_code == 422
    assert 'name="proof"' not in text_of(answer)


HOSTILE: list[tuple[str, bytes, str]] = [
    ("not utf-8", b"number=%ff%fe%80", "application/x-www-form-urlencoded"),
    ("raw bytes", b"number=\xff\xfe\x80", "application/x-www-form-urlencoded"),
    ("100 kB", b"number=" + b"A" * 100_000, "application/x-www-form-urlencoded"),
    ("100 kB of blanks", b"number=" + b"+" * 100_000, "application/x-www-form-urlencoded"),
    ("null bytes", b"number=4F7K%002M9QXD", "application/x-www-form-urlencoded"),
    ("array", b"number[]=1&number[]=2", "application/x-www-form-urlencoded"),
    ("twice", b"number=4F7K&number=2M9Q", "application/x-www-form-urlencoded"),
    ("json", b'{"number": ["4F7K"]}', "application/json"),
    ("surrogates", b"number=%ed%a0%80&proof=%ed%a0%80&shown=%ed%a0%80", "application/x-www-form-urlencoded"),
    ("stamp", b"number=4F7K-2M9Q-XE&shown=a:b:c/d", "application/x-www-form-urlencoded"),
    ("broken multipart", b"--x\r\nnope", "multipart/form-data; boundary=x"),
    ("6 MB", b"number=" + b"A" * 6_000_000, "application/x-www-form-urlencoded"),
    (
        "3,000 fields",
        b"&".join(b"f%d=1" % field for field in range(3000)),
        "application/x-www-form-urlencoded",
    ),
    ("sql", b"number=' or 1=1 --", "application/x-www-form-urlencoded"),
    ("html", b"number=%3Cscript%3Ealert(1)%3C/script%3E", "application/x-www-form-urlencoded"),
]


@pytest.mark.parametrize("page", ["lookup/", "lookup/lost/"])
@pytest.mark.parametrize(("body", "kind"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_bodies_are_refused(world: World, client: Client, page: str, body: bytes, kind: str) -> None:
    answer = client.post(at(page), body, content_type=kind)
    assert 400 <= answer.status_code < 500
    assert "<script>alert" not in text_of(answer)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_verbs_are_refused(world: World, client: Client, method: str) -> None:
    for page in ("lookup/", "lookup/lost/", "lookup/lost/done/", "lookup/leave/"):
        assert getattr(client, method)(at(page)).status_code == 405


def test_a_form_of_another_site_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    assert try_number(client, written(world.home.processes["alice"])).status_code == 403


def test_without_redis_it_works_all_the_same(world: World, client: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock?db=0"},
    }
    assert try_number(client, an_unknown_number()).status_code == 422
    assert try_number(client, written(world.home.processes["alice"])).status_code == 303
    assert client.get(at("lookup/process/")).status_code == 200
    assert client.post(at("lookup/lost/"), {"email": "alice@example.com"}).status_code == 303
