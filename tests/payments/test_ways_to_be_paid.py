"""Accounts at providers in the back office: keys go in and never come out."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.core.scope import company_scope
from portal_modules.payments.models import PaymentProvider
from tests.payments.online import account
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db

WAYS = "/admin/payments/ways/"
KEY, HOOK = "sk_test_51Secret", "whsec_verySecret"


def kept(side: CompanyWorld) -> list[PaymentProvider]:
    with company_scope(side.company):
        return list(PaymentProvider.objects.order_by("created_at"))


def filled(**more: Any) -> dict[str, Any]:
    return {
        "label_pt": "Cartão",
        "label_es": "Tarjeta",
        "label_en": "Card",
        "methods": ["card", "multibanco"],
        "is_on": "on",
        "key": KEY,
        "webhook_secret": HOOK,
        "position": "0",
        **more,
    }


@pytest.mark.row("F06")
def test_a_manager_adds_stripe_and_nobody_reads_its_keys_again(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    page = manager.get(f"{WAYS}new/stripe/").content.decode()
    assert f"/hooks/stripe/{world.home.company.uuid}/" in page
    assert "checkout.session.async_payment_succeeded" in page
    answer = manager.post(f"{WAYS}new/stripe/", filled(company="2", secret="x", provider_account="acct_x"))
    assert answer.status_code == 302, answer.content.decode()
    (row,) = kept(world.home)
    assert (row.kind, row.is_on, row.methods) == ("stripe", True, ["card", "multibanco"])
    assert (row.read_secret(), row.read_webhook_secret(), row.provider_account) == (KEY, HOOK, "")
    assert KEY not in row.secret
    for path in (WAYS, f"{WAYS}{row.pk}/"):
        shown = manager.get(path).content.decode()
        assert KEY not in shown
        assert HOOK not in shown
    # What is left empty stays.
    manager.post(f"{WAYS}{row.pk}/", filled(key="", webhook_secret="", methods=["card"]))
    (row,) = kept(world.home)
    assert (row.read_secret(), row.methods) == (KEY, ["card"])
    assert kept(world.other) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "sk_live_51Secret"},
        {"key": "pk_test_public"},
        {"key": ""},
        {"webhook_secret": ""},
        {"webhook_secret": "secret"},
        {"methods": []},
        {"methods": ["webpay"]},
        {"label_pt": "", "label_es": "", "label_en": ""},
        {"is_live": "on"},
        {"position": "-1"},
    ],
)
def test_what_could_not_work_is_refused_in_words(world: World, wrong: dict[str, Any]) -> None:
    manager = Browser().sign_in(world.home.manager)
    assert manager.post(f"{WAYS}new/stripe/", filled(**wrong)).status_code == 422
    assert kept(world.home) == []


def test_the_sandbox_needs_no_key_and_answers_the_test_button(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    data = {"label_en": "Sandbox", "methods": ["card"], "is_on": "on", "position": "0"}
    assert manager.post(f"{WAYS}new/sandbox/", data).status_code == 302
    (row,) = kept(world.home)
    assert row.has_webhook_secret
    assert manager.post(f"{WAYS}{row.pk}/try/").status_code == 303
    assert "The sandbox is ready" in manager.get(WAYS).content.decode()


def test_a_key_cannot_be_turned_into_one_for_real_money(world: World) -> None:
    row = account(world.home.company, "stripe")
    manager = Browser().sign_in(world.home.manager)
    answer = manager.post(f"{WAYS}{row.pk}/", filled(is_live="on", key="", webhook_secret=""))
    assert answer.status_code == 422
    assert kept(world.home)[0].is_live is False


def test_only_who_may_configure_comes_here_and_only_to_their_own(world: World) -> None:
    row, theirs = account(world.home.company), account(world.other.company)
    for person in (world.home.clerk, world.home.editor, world.home.reader):
        browser = Browser(raise_request_exception=False).sign_in(person)
        for path in (WAYS, f"{WAYS}new/stripe/", f"{WAYS}{row.pk}/"):
            assert browser.get(path).status_code in {302, 403}, (person, path)
        assert browser.post(f"{WAYS}{row.pk}/try/").status_code in {302, 403}
    manager = Browser().sign_in(world.home.manager)
    assert manager.get(f"{WAYS}{theirs.pk}/").status_code == 404
    assert manager.post(f"{WAYS}{theirs.pk}/", filled()).status_code == 404
    assert manager.post(f"{WAYS}{theirs.pk}/try/").status_code == 404
    assert manager.get(f"{WAYS}new/nobody/").status_code == 404
    assert kept(world.other)[0].label == theirs.label
