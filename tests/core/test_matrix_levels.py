"""The permission matrix by proof and role: every private address, asked at each level in each role, in two companies."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from portal_modules.core.access import Level
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.users.models import User
from tests.core.matrix_levels import LEVELS, NEEDS, ROLES, SHOWN, need_of
from tests.core.test_matrix import PREFIX, listed_addresses, path_of
from tests.world.browsing import Browser
from tests.world.companies import World, add_customer, make_user

pytestmark = pytest.mark.django_db

OTHER_PREFIX = "/p/altura/"


def private_addresses() -> list[str]:
    """Those for which the table names a need."""
    return [address for address in listed_addresses() if need_of(address)]


def person(world: World, role: str) -> User:
    """Somebody of alice's customer in one role."""
    if role in {"owner", "viewer"}:
        return world.alice if role == "owner" else world.bob
    user = make_user(f"{role}@example.com", role.capitalize())
    with company_scope(world.home.company):
        add_customer(world.home, "alice", user, [CustomerRole(role).value])
    return user


def answered(browser: Browser, method: str, path: str) -> Any:
    """ "door", "more proof", or the status; what the request changes is undone."""
    with transaction.atomic():
        point = transaction.savepoint()
        response = getattr(browser, method)(path)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.savepoint_rollback(point)
    place = response.headers.get("Location", "").partition("?")[0]
    if place.endswith("/access/sign-in/"):
        return "door"
    return "more proof" if place.endswith("/access/more-proof/") else response.status_code


def test_each_need_is_of_some_address_and_all_that_is_shown_is_there() -> None:
    addresses = listed_addresses()
    assert [need.form for need in NEEDS if not any(need_of(each) is need for each in addresses)] == []
    assert sorted(SHOWN - set(addresses)) == []


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name.lower())
@pytest.mark.parametrize("role", ROLES)
def test_by_proof_and_role(world: World, role: str, level: Level) -> None:
    """Less than is needed leads to where more is proved, another role's part is not there, the rest opens.

    At the other company of the same host the person is a stranger, whatever was proved here.
    """
    user = person(world, role)
    signed_in = Browser(raise_request_exception=False).sign_in(user, world.home.company, level)
    cookies = {name: morsel.value for name, morsel in signed_in.cookies.items()}

    def ask(method: str, path: str) -> Any:
        browser = Browser(raise_request_exception=False)
        for name, value in cookies.items():
            browser.cookies[name] = value
        return answered(browser, method, path)

    wrong = []
    for address in private_addresses():
        need, path = need_of(address), path_of(address, world)
        assert need is not None
        asked = "door" if level < Level.REGISTERED else "more proof"
        for method in ("get", "post"):
            if method == "post" and address in {"<lang>/my/", "<lang>/my/cards/"}:
                continue  # the home takes no form: it says so to everybody
            got = ask(method, path)
            if level < need.level:
                is_right = got == asked
            elif role not in need.roles:
                is_right = got in {404, 405}
            else:
                is_right = isinstance(got, int) and got < 500
                is_right &= got == 200 or method == "post" or address not in SHOWN
            if not is_right:
                wrong.append(f"{method} {path}: {got}")
        elsewhere = path.replace(PREFIX, OTHER_PREFIX, 1)
        if (got := ask("get", elsewhere)) != "door":
            wrong.append(f"get {elsewhere}: {got}, and there they are a stranger")
    assert not wrong, f"{role} at {level.name}:\n" + "\n".join(wrong)
