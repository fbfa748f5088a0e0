"""Asking for a review: what is missing is said in the form, and the answer comes on its page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from portal_modules.core.scope import company_scope
from portal_modules.processes.actions import close_review
from portal_modules.processes.models import ReviewRequest, ReviewSubject
from tests.browser.counter import Counter, violations


@pytest.mark.row("D09")
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_a_missing_business_is_asked_for_and_answered(
    counter: Counter, device: str, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(device)
    language = "pt" if device == "phone" else "es"
    world = counter.world
    with company_scope(world.home.company):
        ReviewSubject.objects.create(
            name="Falta", name_pt="Falta um processo", name_es="Falta un trámite", name_en="One is missing"
        )
    counter.sign_in(page, world.alice, world.home.company)
    page.goto(counter.address("my/processes/", language=language))
    page.locator('.missing a[href$="/reviews/new/"]').click()
    page.locator("#id_subject").select_option(index=1)
    page.locator("main form button").last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("#id_description").fill("Falta o processo do meu filho.")
    page.locator("main form button").last.click()
    expect(page).to_have_url(re.compile(r"/reviews/[0-9a-f-]{36}/"))
    expect(page.locator(".ticket__number")).to_have_text(re.compile(r"R-\d{4}-0001"))
    assert violations(page) == []
    with company_scope(world.home.company):
        close_review(ReviewRequest.objects.get(), answer="Já está na sua lista.", by=world.home.clerk)
    page.reload()
    expect(page.locator(".notice--success").first).to_contain_text("Já está na sua lista.")
