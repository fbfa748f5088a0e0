"""Asking a real server of the DNS for texts, by UDP and TCP, and what is made of nonsense."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.core.dns import NoAnswer, texts_of
from tests.world.dns import FakeZone, dns

__all__ = ["dns"]

NAME = "_balcao.example.com"


def test_all_texts_of_a_name_come_back(dns: FakeZone) -> None:
    dns.texts[NAME] = ["v=spf1 -all", "balcao-verify=abc", "é" * 200]
    assert texts_of(NAME) == dns.texts[NAME]


def test_a_name_that_is_not_there_has_none(dns: FakeZone) -> None:
    assert texts_of(NAME) == []


def test_a_long_answer_is_asked_for_by_tcp(dns: FakeZone) -> None:
    dns.texts[NAME] = ["x" * 4000]
    dns.is_cut = True
    assert texts_of(NAME) == ["x" * 4000]
    assert [line for line, _name in dns.asked] == ["udp", "tcp"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00",
        b"\xff" * 12,
        b"\xff" * 600,
        bytes(12),
        bytes(512),
        b"\x12\x34\x81\x80\x00\x01\x00\x09" + b"\xc0" * 40,
    ],
)
def test_nonsense_is_no_answer(dns: FakeZone, raw: bytes) -> None:
    dns.raw = raw
    with pytest.raises(NoAnswer):
        texts_of(NAME)


def test_a_server_in_trouble_is_no_answer_and_the_next_one_is_asked(dns: FakeZone, settings: Any) -> None:
    dns.fails = True
    with pytest.raises(NoAnswer):
        texts_of(NAME)
    dns.fails = False
    dns.texts[NAME] = ["here"]
    settings.DNS_SERVERS = ["127.0.0.1:1", dns.address]
    assert texts_of(NAME) == ["here"]


@pytest.mark.parametrize("name", ["", "a..b", "x" * 64 + ".com", ".".join(["abc"] * 80)])
def test_what_is_no_name_is_not_asked(dns: FakeZone, name: str) -> None:
    with pytest.raises(NoAnswer):
        texts_of(name)
    assert dns.asked == []
