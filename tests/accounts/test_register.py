"""Registering with the e-mail of the contract."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from portal_modules.accounts.actions import prove_by_code
from portal_modules.accounts.choices import ProofPurpose
from portal_modules.accounts.exceptions import CodeExpired
from portal_modules.accounts.models import AddressProof
from portal_modules.accounts.throttles import ASK_PAUSE
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer, Membership
from portal_modules.users.models import User
from tests.accounts.mailing import code_in, link_in, mails_to
from tests.accounts.people import COMPANY_PAGES, HOME, OTHER, SIGN_IN, Visitor
from tests.world.companies import World, make_user
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

REGISTER = f"{COMPANY_PAGES}register/"
CODE = f"{REGISTER}code/"
AGAIN = f"{REGISTER}again/"
CHOOSE = f"{REGISTER}password/"
MY = f"{HOME}my/"
NEW = "nina@example.com"
SECRET = "the quick brown lawyer 1"
PAIR = {"password1": SECRET, "password2": SECRET}


@pytest.fixture
def nina(world: World) -> Contact:
    """A contact of alice's customer who has no login yet."""
    with company_scope(world.home.company):
        return Contact.objects.create(
            customer=world.home.customers["alice"], name="Nina Prado", email=NEW, language="en"
        )


def code_for(world: World, email: str = NEW) -> str:
    return code_in(mails_to(world.home.company, email)[-1])


def begin(browser: Visitor, email: str = NEW, **data: str) -> Any:
    return browser.send(REGISTER, {"email": email, **data})


def members(email: str = NEW) -> list[tuple[str, list[str]]]:
    with as_owner():
        rows = Membership._base_manager.filter(user__email=email).select_related("customer")
        return [(row.customer.name.split()[0], row.roles) for row in rows]


def has_login(email: str = NEW) -> bool:
    with as_owner():
        return User.objects.filter(email=email).exists()


@pytest.mark.row("A23")
@pytest.mark.row("A24")
@pytest.mark.row("A25")
@pytest.mark.row("A26")
@pytest.mark.row("A27")
def test_from_the_button_to_the_private_area(world: World, browser: Visitor, nina: Contact) -> None:
    for page in (HOME, SIGN_IN):
        assert f'href="{REGISTER}' in browser.get(page).content.decode(), page
    assert browser.get(REGISTER).status_code == 200
    asked = begin(browser, " NINA@example.com ")
    assert (asked.status_code, asked.url) == (302, CODE)
    page = browser.get(CODE).content.decode()
    assert "nina@example.com" in page
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    (letter,) = mails_to(world.home.company, NEW)
    code = code_in(letter)
    assert code.replace(" ", "") not in letter.subject
    assert "not your password" in letter.body
    key = browser.key
    proved = browser.send(CODE, {"code": f" {code[:3]}-{code[4:]} "})
    assert (proved.status_code, proved.url) == (302, CHOOSE)
    assert browser.key != key, "whoever planted the session does not follow"
    assert browser.get(MY).status_code == 302
    key = browser.key
    opened = browser.send(CHOOSE, PAIR)
    assert (opened.status_code, opened.url) == (302, MY)
    assert browser.key != key
    assert browser.kept()["access.grants"][str(world.home.company.pk)]["level"] == 30
    home = browser.get(MY)
    assert home.status_code == 200
    assert "Nina Prado" in home.content.decode()
    process = world.home.processes["alice"]
    private = browser.get(f"{MY}processes/{process.pk}/")
    assert private.status_code == 200
    assert process.registry_number in private.content.decode(), "more than the number alone shows"
    welcome = mails_to(world.home.company, NEW)[-1]
    assert welcome.subject == "Your account is ready"
    assert members() == [("Alice", ["viewer"])], "alice owns it already"
    assert "accounts.asked" not in browser.kept() or not browser.kept()["accounts.asked"]


@pytest.mark.row("A28")
def test_afterwards_one_signs_in_with_it(world: World, browser: Visitor, nina: Contact) -> None:
    begin(browser)
    browser.send(CODE, {"code": code_for(world)})
    browser.send(CHOOSE, PAIR)
    again = Visitor()
    assert again.enter(NEW, SECRET).url == MY
    assert again.get(MY).status_code == 200


@pytest.mark.parametrize(
    ("role", "expected"), [("", ["owner"]), ("finance", ["finance"]), ("viewer", ["viewer"])]
)
def test_the_first_of_a_customer_owns_unless_the_card_says_otherwise(
    world: World, browser: Visitor, role: str, expected: list[str]
) -> None:
    with company_scope(world.home.company):
        customer = Customer.objects.create(name="Fresh one", country="PT")
        Contact.objects.create(customer=customer, name="Nina", email=NEW, role=role)
    _register(browser, world)
    assert members() == [("Fresh", expected)]


def test_every_customer_that_has_this_contact_opens(world: World, browser: Visitor, nina: Contact) -> None:
    with company_scope(world.home.company):
        Contact.objects.create(customer=world.home.customers["charlie"], name="Nina", email=NEW)
        gone = Customer.objects.create(name="Archived", country="PT", archived_at="2026-01-01T00:00Z")
        Contact.objects.create(customer=gone, name="Nina", email=NEW)
    with company_scope(world.other.company):
        Contact.objects.create(customer=world.other.customers["dora"], name="Nina", email=NEW)
    _register(browser, world)
    assert sorted(name for name, _roles in members()) == ["Alice", "Charlie"]
    assert browser.get(f"{OTHER}my/").status_code == 302, "known here, a stranger there"


def _register(browser: Visitor, world: World) -> Any:
    begin(browser)
    browser.send(CODE, {"code": code_for(world)})
    return browser.send(CHOOSE, PAIR)


def test_it_goes_on_to_the_page_that_was_asked_for(world: World, browser: Visitor, nina: Contact) -> None:
    wanted = f"{MY}processes/"
    door = browser.get(wanted).url
    page = browser.get(door).content.decode()
    assert f'href="{REGISTER}?next=' in page
    begin(browser, next=wanted)
    browser.send(CODE, {"code": code_for(world)})
    assert browser.send(CHOOSE, PAIR).url == wanted


def test_who_is_in_already_is_led_home(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    assert browser.get(REGISTER).url == MY


class TestSomebodyElse:
    """Whoever reads the mail learns what the page does not tell."""

    def test_a_stranger_gets_a_calm_mail_and_no_account(self, world: World, browser: Visitor) -> None:
        assert begin(browser, "who@example.com").url == CODE
        (letter,) = mails_to(world.home.company, "who@example.com")
        assert "not on file" in letter.body
        assert not any(character.isdigit() for character in letter.subject)
        for code in ("000000", "123456"):
            assert browser.send(CODE, {"code": code}).status_code == 422
        assert not has_login("who@example.com")

    def test_a_stranger_gets_three_mails_a_day_and_no_more(self, world: World) -> None:
        for number in range(5):
            begin(Visitor(REMOTE_ADDR=f"198.51.100.{number}"), "who@example.com")
        assert len(mails_to(world.home.company, "who@example.com")) == 3

    def test_who_has_an_account_is_told_in_the_mail(self, world: World, browser: Visitor) -> None:
        assert begin(browser, "alice@example.com").url == CODE
        (letter,) = mails_to(world.home.company, "alice@example.com")
        assert "You have an account already" in letter.body
        assert link_in(letter, "access/sign-in/") == SIGN_IN
        assert browser.send(CODE, {"code": "000000"}).status_code == 422

    def test_an_access_that_ended_does_not_come_back(self, world: World, browser: Visitor) -> None:
        with company_scope(world.home.company):
            Membership.objects.filter(user=world.alice).update(until="2026-01-01T00:00Z")
        begin(browser, "alice@example.com")
        (letter,) = mails_to(world.home.company, "alice@example.com")
        assert "no access any more" in letter.body

    def test_a_closed_login_is_not_opened(self, world: World, browser: Visitor, nina: Contact) -> None:
        make_user(NEW, "Nina", is_active=False)
        begin(browser)
        assert "Code" not in mails_to(world.home.company, NEW)[-1].body
        assert members() == []

    def test_a_login_of_another_company_keeps_its_password(self, world: World, browser: Visitor) -> None:
        with company_scope(world.home.company):
            Contact.objects.create(
                customer=world.home.customers["alice"], name="Dora", email="dora@example.com"
            )
        begin(browser, "dora@example.com")
        browser.send(CODE, {"code": code_for(world, "dora@example.com")})
        page = browser.get(CHOOSE).content.decode()
        assert "You have a login already" in page
        assert 'name="password1"' not in page
        done = browser.send(CHOOSE, PAIR)
        assert done.url == SIGN_IN
        assert browser.get(MY).status_code == 302, "the code alone does not sign in"
        assert Visitor().enter("dora@example.com", SECRET).status_code == 422
        assert browser.enter("dora@example.com").url == MY

    def test_a_twin_in_other_letters_gets_nothing(
        self, world: World, browser: Visitor, nina: Contact
    ) -> None:
        for twin in ("nına@example.com", "ɴina@example.com", "niná@example.com"):
            assert begin(browser, twin).status_code == 422
        assert mails_to(world.home.company, "example.com") == []


class TestRefusals:
    """Each with a sentence, and nothing changed."""

    def test_codes_that_open_nothing(self, world: World, browser: Visitor, nina: Contact) -> None:
        begin(browser)
        right = code_for(world).replace(" ", "")
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        for typed, sentence in (
            ("", "Type the code of six digits"),
            ("12345", "The code has six digits"),
            ("12345a", "The code has six digits"),
            ("1" * 400, "at most 32"),
            ("\x00" * 6, "Null characters"),
            (wrong, "This is not the code that we sent"),
        ):
            answer = browser.send(CODE, {"code": typed})
            assert answer.status_code == 422, typed
            assert sentence in answer.content.decode(), typed
        assert browser.get(CHOOSE).url == REGISTER
        assert not has_login()
        full_width = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in right)
        assert browser.send(CODE, {"code": full_width}).url == CHOOSE

    def test_an_old_code(self, world: World, browser: Visitor, nina: Contact) -> None:
        begin(browser)
        code = code_for(world)
        _age("asked_at", 601)
        answer = browser.send(CODE, {"code": code})
        assert answer.status_code == 422
        assert "older than ten minutes" in answer.content.decode()
        assert browser.get(CHOOSE).url == REGISTER

    def test_a_code_just_in_time(self, world: World, browser: Visitor, nina: Contact) -> None:
        begin(browser)
        code = code_for(world)
        _age("asked_at", 590)
        assert browser.send(CODE, {"code": code}).url == CHOOSE

    def test_a_code_opens_once(self, world: World, browser: Visitor, nina: Contact) -> None:
        begin(browser)
        code = code_for(world)
        assert browser.send(CODE, {"code": code}).url == CHOOSE
        answer = browser.send(CODE, {"code": code})
        assert answer.status_code == 422
        assert "used already" in answer.content.decode()
        assert browser.get(CODE).url == CHOOSE, "the step that is open is the next"

    def test_a_code_of_another_browser(self, world: World, browser: Visitor, nina: Contact) -> None:
        begin(browser)
        code = code_for(world)
        other = Visitor()
        for answer in (
            other.get(CODE),
            other.send(CODE, {"code": code}),
            other.get(CHOOSE),
            other.send(AGAIN),
        ):
            assert answer.url == REGISTER
        assert "no open code" in other.get(REGISTER).content.decode()
        begin(other, "alice@example.com")
        assert other.send(CODE, {"code": code}).status_code == 422
        assert browser.send(CODE, {"code": code}).url == CHOOSE, "theirs is still good"

    def test_who_learned_which_code_it_is_needs_the_browser_too(
        self, world: World, browser: Visitor, nina: Contact
    ) -> None:
        begin(browser)
        code = code_for(world).replace(" ", "")
        with company_scope(world.home.company):
            proof = AddressProof.objects.get(email=NEW)
            with pytest.raises(CodeExpired):
                prove_by_code(proof.pk, "another browser", purpose=ProofPurpose.REGISTER, code=code)
            proof.refresh_from_db()
            assert proof.proved_at is None

    def test_the_sixth_try_is_refused_even_when_it_is_right(
        self, world: World, browser: Visitor, nina: Contact
    ) -> None:
        begin(browser)
        code = code_for(world)
        wrong = f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06}"
        for _try in range(4):
            assert "not the code" in browser.send(CODE, {"code": wrong}).content.decode()
        assert "closed" in browser.send(CODE, {"code": wrong}).content.decode()
        answer = browser.send(CODE, {"code": code})
        assert answer.status_code == 422
        assert "After five tries" in answer.content.decode()
        assert not has_login()

    def test_collecting_codes_in_many_browsers_does_not_help(self, world: World, nina: Contact) -> None:
        refused = 0
        for _browser in range(12):
            browser = Visitor()
            if begin(browser).status_code == 429:
                refused += 1
                continue
            for _try in range(5):
                browser.send(CODE, {"code": "000000"})
        assert refused == 7, "five codes an hour from one place"
        spread = [begin(Visitor(REMOTE_ADDR=f"198.51.100.{number}")).status_code for number in range(12)]
        assert spread.count(302) == 5, "ten an hour from everywhere"

    def test_one_place_guesses_forty_times(self, world: World, nina: Contact) -> None:
        answers = []
        for number in range(9):
            browser = Visitor()
            begin(browser, f"person-{number}@example.com")
            answers += [browser.send(CODE, {"code": "000000"}).status_code for _try in range(5)]
        assert answers == [422] * 40 + [429] * 5

    def test_passwords_that_will_not_do(self, world: World, browser: Visitor, nina: Contact) -> None:
        begin(browser)
        browser.send(CODE, {"code": code_for(world)})
        for first, second, sentence in (
            ("", "", "Choose a password"),
            (SECRET, "another one entirely", "not alike"),
            ("short", "short", "too short"),
            ("password123", "password123", "too common"),
            ("nina@example.com", "nina@example.com", "too similar"),
            ("x" * 1025, "x" * 1025, "at most 1024"),
        ):
            answer = browser.send(CHOOSE, {"password1": first, "password2": second})
            assert answer.status_code == 422
            assert sentence in answer.content.decode(), first[:20]
            assert 'type="password" value' not in answer.content.decode()
            assert f'value="{first}"' not in answer.content.decode() or first == NEW
        assert not has_login()
        assert browser.send(CHOOSE, PAIR).status_code == 302

    def test_a_proof_lasts_twenty_minutes_and_once(
        self, world: World, browser: Visitor, nina: Contact
    ) -> None:
        begin(browser)
        browser.send(CODE, {"code": code_for(world)})
        _age("proved_at", 1201)
        assert browser.send(CHOOSE, PAIR).url == REGISTER
        assert not has_login()

    def test_a_new_code_closes_the_one_before(self, world: World, browser: Visitor, nina: Contact) -> None:
        begin(browser)
        first = code_for(world)
        waiting = browser.send(AGAIN)
        assert waiting.url == CODE
        assert "wait half a minute" in browser.get(CODE).content.decode()
        with as_owner():
            _forget_pause()
        assert browser.send(AGAIN).url == CODE
        assert "sent a new code" in browser.get(CODE).content.decode()
        letters = mails_to(world.home.company, NEW)
        assert len(letters) == 2
        assert browser.send(CODE, {"code": first}).status_code == 422
        assert browser.send(CODE, {"code": code_in(letters[1])}).url == CHOOSE

    def test_a_late_mail_with_an_old_code_is_not_sent(
        self, world: World, browser: Visitor, nina: Contact
    ) -> None:
        begin(browser)
        _age("asked_at", 601)
        assert mails_to(world.home.company, NEW) == []


def _age(column: str, seconds: int) -> None:
    """Turn the clock of all codes back."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            f"update accounts_addressproof set {column} = {column} - make_interval(secs => %s)", [seconds]
        )


def _forget_pause() -> None:
    """Half a minute has gone by."""
    company = Company.objects.get(alias="castro-lima")
    ASK_PAUSE.forget(company.pk, NEW, "127.0.0.1")
