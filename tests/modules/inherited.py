"""What every module gets checked for nothing: inherit `ModuleChecks` and say which module it is.

    class TestVisits(ModuleChecks):
        module = "visits"

`tests/modules/test_every_module.py` runs the same over the registry, so that no module is forgotten.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.template.loader import get_template
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django_scopes import scopes_disabled
from django_tasks.base import Task

from portal_modules.core import companies
from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.checks import module_views
from portal_modules.core.choices import StaffRole
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.models import CompanyModule
from portal_modules.core.modules import PortalModule, modules
from portal_modules.core.records import PortalRecord, records
from portal_modules.core.rights import may
from portal_modules.core.scope import PORTAL, VISITOR, company_scope
from portal_modules.notifications.mails import mails
from tests.leaks.addresses import templates
from tests.modules.rows import record_of
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

# A file that one of these is imported from knows the web; verbs do not.
_WEB = ("django.http", "django.shortcuts", "django.views", "django.test", "django.contrib.messages")


@pytest.mark.django_db
class ModuleChecks:
    """The promises that all modules make."""

    module: ClassVar[str]

    @pytest.fixture
    def manifest(self) -> PortalModule:
        """The module that is checked."""
        return modules.get(self.module)

    @pytest.fixture(autouse=True)
    def _no_kept_cards(self) -> Iterator[None]:
        """A card is kept by the company's version, which a rollback counts back: keep none of them."""
        companies._cards.clear()
        yield
        companies._cards.clear()

    def make_record(self, record: type[Any], side: CompanyWorld, customer: str) -> Any:
        """A record of one of the world's customers; override it where plain values are not enough."""
        return record_of(record, side.customers[customer])

    # ---- the manifest ---------------------------------------------------------------------------

    def test_the_manifest_is_complete(self, manifest: PortalModule) -> None:
        label = manifest.label
        assert manifest.name.rpartition(".")[2] == label
        assert isinstance(manifest.title, Promise), "the title is not translatable"
        assert isinstance(manifest.summary, Promise), "the summary is missing, or not translatable"
        assert manifest.icon
        assert label not in manifest.depends
        for needed in manifest.depends:
            assert needed in modules
        for right in manifest.rights:
            assert right.name.startswith(f"{label}."), right
            assert isinstance(right.label, Promise), right
            assert right.roles, right
            assert right.roles <= set(StaffRole), right
        for function in manifest.functions:
            assert function.name.startswith(f"{label}."), function
            assert isinstance(function.label, Promise), function
        for setting in manifest.settings:
            assert setting.name.startswith(f"{label}."), setting
            assert isinstance(setting.label, Promise), setting
        for job in manifest.periodic:
            assert isinstance(import_string(job.path), Task), job
            assert job.seconds > 0
        for notice in manifest.notices:
            assert notice.event.startswith(f"{label}."), notice
            assert isinstance(notice.label, Promise), notice
            assert notice.event in mails, f"nobody writes the mail of {notice.event}: see emails.py"
        for name in manifest.records:
            assert import_string(f"{manifest.name}.{name}") in list(records)
        assert (import_module(manifest.name).__file__ or "").endswith("__init__.py"), "no __init__.py"

    def test_its_menu_leads_somewhere_in_each_language(self, manifest: PortalModule) -> None:
        for entry in manifest.menu:
            assert isinstance(entry.label, Promise), entry
            for language in PUBLIC_LANGUAGES:
                with translation.override(language):
                    for name in filter(None, (entry.url_name, entry.lookup_url_name)):
                        assert reverse(name).startswith(f"/{language}/"), name

    def test_what_it_listens_to_is_wired(self, manifest: PortalModule) -> None:
        """Receivers that nobody imports hear nothing."""
        if find_spec(f"{manifest.name}.receivers") is None:
            return
        source = (Path(manifest.path) / "apps.py").read_text()
        kernel = Path(apps.get_app_config("core").path) / "modules.py"
        assert "receivers" in source or "receivers" in kernel.read_text(), "nobody imports its receivers.py"

    # ---- the walls ------------------------------------------------------------------------------

    def test_every_table_is_walled_and_belongs_to_a_company(self, manifest: PortalModule) -> None:
        for table in _tables(manifest):
            columns, forced, policies = _wall_of(table)
            assert forced, f"{table} has no wall"
            assert "owner" in policies, table
            if manifest.label != "users":
                assert "company_id" in columns, f"{table} has no company"

    def test_what_customers_read_belongs_to_a_customer(self, manifest: PortalModule) -> None:
        """A table that points at a customer's rows has the customer itself, and its policy compares it."""
        for model in _models(manifest):
            if not _hangs_from_customer(model):
                continue
            columns, _forced, policies = _wall_of(model._meta.db_table)
            if not {"portal", "visitor"} & policies.keys():
                continue
            named = f"{model._meta.db_table}, which customers read,"
            assert "customer_id" in columns or model._meta.label == "customers.Customer", (
                f"{named} has no customer"
            )
            if "portal" in policies:
                assert "app.customers" in policies["portal"], f"{named} is open to all customers of a company"

    # ---- the records ----------------------------------------------------------------------------

    def test_its_records_answer_every_question(self, manifest: PortalModule, world: World) -> None:
        for record in _records(manifest):
            assert record.record_type() == record._meta.label_lower
            for language in PUBLIC_LANGUAGES:
                with company_scope(world.home.company), translation.override(language):
                    row = self.make_record(record, world.home, "alice")
                    _assert_answers(row, language)

    def test_its_records_are_visible_to_their_own_people_only(
        self, manifest: PortalModule, world: World
    ) -> None:
        """Asked behind the staff's walls, where all rows of the company are: the scope alone decides."""
        for record in _records(manifest):
            with company_scope(world.other.company):
                self.make_record(record, world.other, "dora")
            with company_scope(world.home.company):
                of_alice = self.make_record(record, world.home, "alice").pk
                of_charlie = self.make_record(record, world.home, "charlie").pk
                assert of_alice != of_charlie
                for person, own, foreign in (
                    ("alice", {of_alice}, {of_charlie}),
                    ("bob", {of_alice}, {of_charlie}),
                    ("charlie", {of_charlie}, {of_alice}),
                    ("dora", set(), {of_alice, of_charlie}),
                    ("anonymous", set(), {of_alice, of_charlie}),
                ):
                    access = _access(world, person)
                    seen = set(records.visible_to(record.record_type(), access).values_list("pk", flat=True))
                    assert own <= seen, f"{person} does not see their own {record.record_type()}"
                    assert not foreign & seen, f"{person} sees another's {record.record_type()}"
                    assert own or not seen, f"{person} sees {record.record_type()}"

    def test_the_database_alone_keeps_its_records_apart(self, manifest: PortalModule, world: World) -> None:
        for record in _records(manifest):
            with company_scope(world.home.company):
                of_alice = self.make_record(record, world.home, "alice").pk
                self.make_record(record, world.home, "charlie")
            alice, charlie = (world.home.customers[name].pk for name in ("alice", "charlie"))
            with company_scope(world.home.company, role=PORTAL, customers=[alice]):
                assert of_alice in _all_of(record)
            with company_scope(world.home.company, role=PORTAL, customers=[charlie]):
                assert of_alice not in _all_of(record)
            with company_scope(world.other.company, role=PORTAL, customers=[alice]):
                assert _all_of(record) == []
            for role in (PORTAL, VISITOR):
                with company_scope(world.home.company, role=role):
                    assert _all_of(record) == []

    # ---- off means everywhere -------------------------------------------------------------------

    def test_off_takes_its_addresses_and_its_menu_away(self, manifest: PortalModule, world: World) -> None:
        if not manifest.optional:
            pytest.skip("no company can switch it off")
        alice = Browser().sign_in(world.alice, world.home.company)
        dora = Browser().sign_in(world.dora, world.other.company)
        home = "/p/castro-lima/en/my/"
        with translation.override("en"):
            paths = [reverse(entry.url_name) for entry in manifest.menu]
        for path in paths:
            assert f'"/p/castro-lima{path}"' in alice.get(home).content.decode(), "on, and not in the menu"
        _switch_off(manifest, world.home)
        for name, _view in _addresses(manifest):
            for method in ("get", "post"):
                assert getattr(alice, method)(_public(world.home, name)).status_code == 404, (name, method)
        for path in paths:
            assert f'"/p/castro-lima{path}' not in alice.get(home).content.decode(), "off, and in the menu"
            assert dora.get(f"/p/altura{path}").status_code == 200, "the other company lost it, too"

    def test_off_takes_its_registers_and_rights_away(self, manifest: PortalModule, world: World) -> None:
        if not manifest.optional:
            pytest.skip("no company can switch it off")
        manager = Browser(raise_request_exception=False).sign_in(world.home.manager)
        lists = [template for template in _registers(manifest) if "<" not in template]
        on = {template: manager.get(f"/{template}").status_code for template in lists}
        _switch_off(manifest, world.home)
        menu = manager.get("/admin/").content.decode()
        still_open = [
            template
            for template in lists
            if on[template] == 200 and manager.get(f"/{template}").status_code == 200
        ]
        assert not [template for template in lists if f'"/{template}"' in menu], "still in the menu"
        assert not still_open, f"open though the module is off: {still_open}"

    # ---- the files ------------------------------------------------------------------------------

    def test_every_address_says_which_level_it_needs(self, manifest: PortalModule) -> None:
        for name, view in _addresses(manifest):
            assert isinstance(getattr(view, "required_level", None), Level), name

    def test_its_actions_know_no_request(self, manifest: PortalModule) -> None:
        folder = Path(manifest.path)
        files = [*folder.glob("actions.py"), *folder.glob("actions/*.py")]
        for file in files:
            for node in ast.walk(ast.parse(file.read_text())):
                imported = _imported(node)
                assert not [name for name in imported if name.startswith(_WEB)], (file.name, imported)
                if isinstance(node, ast.arg):
                    assert node.arg != "request", f"{file.name} line {node.lineno} takes a request"

    def test_its_templates_are_its_own_and_load_in_each_language(self, manifest: PortalModule) -> None:
        folder = Path(manifest.path) / "templates"
        for file in sorted(folder.rglob("*.html")):
            name = file.relative_to(folder).as_posix()
            assert name.startswith(f"{manifest.label}/"), f"{name} is not below templates/{manifest.label}/"
            for language in PUBLIC_LANGUAGES:
                with translation.override(language):
                    get_template(name)

    def test_its_menu_pages_open_in_each_language(self, manifest: PortalModule, world: World) -> None:
        alice = Browser().sign_in(world.alice, world.home.company)
        for entry in manifest.menu:
            for language in PUBLIC_LANGUAGES:
                with translation.override(language):
                    answer = alice.get(f"/p/castro-lima{reverse(entry.url_name)}")
                assert answer.status_code == 200
                assert f'<html lang="{language}' in answer.content.decode()

    def test_nobody_from_outside_has_its_rights(self, manifest: PortalModule, world: World) -> None:
        for right in manifest.rights:
            assert not may(AnonymousUser(), right.name)
            for person in (world.alice, world.dora, world.root):
                assert not may(person, right.name), f"{person} has {right.name} without a role"


def _models(manifest: PortalModule) -> list[type[Any]]:
    return list(apps.get_app_config(manifest.label).get_models(include_auto_created=True))


def _tables(manifest: PortalModule) -> list[str]:
    return [
        model._meta.db_table for model in _models(manifest) if model._meta.managed and not model._meta.proxy
    ]


def _wall_of(table: str) -> tuple[set[str], bool, dict[str, str]]:
    """Its columns, whether row-level security is forced, and its policies with their conditions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select attname from pg_attribute "
            "where attrelid = %s::regclass and attnum > 0 and not attisdropped",
            [table],
        )
        columns = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "select relrowsecurity and relforcerowsecurity from pg_class where oid = %s::regclass", [table]
        )
        forced = bool(cursor.fetchone()[0])
        cursor.execute("select policyname, coalesce(qual, '') from pg_policies where tablename = %s", [table])
        return columns, forced, dict(cursor.fetchall())


def _hangs_from_customer(model: type[Any], seen: tuple[Any, ...] = ()) -> bool:
    """Is it a customer's row, or a child of one, however far down?"""
    if model._meta.label == "customers.Customer":
        return True
    if model in seen:
        return False
    targets = [field.remote_field.model for field in model._meta.concrete_fields if field.is_relation]
    return any(
        _hangs_from_customer(target, (*seen, model))
        for target in targets
        if target._meta.label not in {"core.Company", "users.User"}
    )


def _records(manifest: PortalModule) -> list[type[Any]]:
    return [record for record in records if record._meta.app_label == manifest.label]


def _assert_answers(row: PortalRecord, language: str) -> None:
    assert row.record_title().strip()
    assert row.record_number().strip()
    assert row.record_state().strip()
    assert row.record_date() is not None
    assert isinstance(row.next_action(), str)
    assert row.record_url().startswith(f"/{language}/my/{row._meta.app_label}/")
    assert row.record_icon
    amount = row.record_amount()
    assert amount is None or (isinstance(amount[0], Decimal) and len(amount[1]) == 3)


def _access(world: World, person: str) -> Access:
    """Somebody looking at the first company; a member of the other is a stranger there."""
    customer = {"alice": "alice", "bob": "alice", "charlie": "charlie"}.get(person)
    if customer is None:
        return Access(company=world.home.company)
    grant = MembershipGrant(
        world.home.customers[customer].pk, frozenset({"viewer" if person == "bob" else "owner"})
    )
    return Access(
        company=world.home.company, actor=ActorKind.CONTACT, memberships=(grant,), level=Level.PASSWORD
    )


def _all_of(record: type[Any]) -> list[Any]:
    """What the database shows to somebody who asks for everything. To be refused is to be shown nothing."""
    try:
        with transaction.atomic(), scopes_disabled():
            return list(record.objects.order_by().values_list("pk", flat=True))
    except DatabaseError:
        return []


def _switch_off(manifest: PortalModule, side: CompanyWorld) -> None:
    with company_scope(side.company):
        CompanyModule.objects.create(module=manifest.label, is_on=False)


def _addresses(manifest: PortalModule) -> list[tuple[str, Any]]:
    return [
        (name, view)
        for name, view in module_views(get_resolver().url_patterns)
        if name.startswith(f"{manifest.label}:")
    ]


def _public(side: CompanyWorld, name: str) -> str:
    """An address of the module with something in each place: off, it is not there whatever is written."""
    with translation.override("en"):
        for arguments in ([], [uuid4()], [1], ["x"]):
            with suppress(NoReverseMatch):
                return f"{side.company.path_prefix}{reverse(name, args=arguments)}"
        raise AssertionError(f"{name} takes other arguments than one id")


def _registers(manifest: PortalModule) -> list[str]:
    """The addresses of the back office that are the module's."""
    return [
        template
        for template in templates("admin/")
        if template.startswith((f"admin/{manifest.label}/", f"admin/snippets/{manifest.label}/"))
    ]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []
