"""A clerk of each company, and a company that has nothing yet. Run in the portal's environment.

    python -m tests.benchmarks.fill.desk

Prints, as JSON, the company's alias, the key of the clerk's session, and the id of a customer.
"""

from __future__ import annotations

import json
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from portal_modules.core.actions import NewCompany, create_company, grant_staff  # noqa: E402
from portal_modules.core.choices import StaffRole  # noqa: E402
from portal_modules.core.models import Company, StaffMembership  # noqa: E402
from portal_modules.core.scope import company_scope, platform_scope  # noqa: E402
from portal_modules.core.sessions import SessionStore  # noqa: E402
from portal_modules.customers.models import Customer  # noqa: E402
from portal_modules.users.demo import make_login  # noqa: E402
from portal_modules.users.models import User  # noqa: E402
from tests.benchmarks.desk import ALIASES  # noqa: E402
from tests.benchmarks.fill.companies import make_kinds  # noqa: E402
from tests.benchmarks.importing import ALIAS as IMPORTS  # noqa: E402


def main() -> None:
    """One session for each company."""
    company_without_rows(ALIASES[0])
    with platform_scope():
        companies = list(Company.objects.exclude(alias__in=[IMPORTS, *ALIASES[1:]]).order_by("pk"))
    rows = [
        (company.alias, _sign_in(company, clerk_of(company)), a_customer_of(company)) for company in companies
    ]
    print(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "rows": rows}))


def company_without_rows(alias: str) -> Company:
    """A company of this alias, with kinds of processes and nothing else."""
    with platform_scope():
        found: Company | None = Company.objects.filter(alias=alias).first()
    if found is None:
        found = create_company(NewCompany(name=alias.capitalize(), alias=alias, country="PT"), by=None)
        with company_scope(found):
            make_kinds()
    return found


def a_customer_of(company: Company) -> int:
    """The first with a process; in the company without rows one that has nothing."""
    with company_scope(company):
        found = Customer.objects.filter(processes__isnull=False).order_by("pk").first()
        found = found or Customer.objects.order_by("pk").first()
        if found is None:
            found = Customer.objects.create(name="Nobody yet", country=company.country)
        return int(found.pk)


def clerk_of(company: Company) -> User:
    """Somebody who works there."""
    with company_scope(company):
        place = StaffMembership.objects.filter(role=StaffRole.OPERATOR).select_related("user").first()
        if place is not None:
            person: User = place.user
            return person
        made: User = make_login(f"clerk@{company.alias}.test", "Clerk", "nobody types it", "en")
        grant_staff(company, made, StaffRole.OPERATOR, by=None)
        return made


def _sign_in(company: Company, user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "portal_modules.accounts.backends.DoorBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    with company_scope(company):
        session.save()
    return session.session_key or ""


if __name__ == "__main__":
    main()
