"""Customers who are signed in, as if they had given their password. Run in the portal's environment.

    python -m tests.benchmarks.signed_in

Prints a JSON list, one row for each: the company's alias, the session's key, their name, and one of
their processes with its number at the registry, their newest invoice with its number, and the token of its own page.
"""

from __future__ import annotations

import json
import time
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from portal_modules.billing.links import token_of  # noqa: E402
from portal_modules.billing.models import Invoice  # noqa: E402
from portal_modules.core.access import Level  # noqa: E402
from portal_modules.core.models import Company  # noqa: E402
from portal_modules.core.scope import PORTAL, company_scope, platform_scope  # noqa: E402
from portal_modules.core.sessions import SessionStore  # noqa: E402
from portal_modules.customers.models import Membership  # noqa: E402
from portal_modules.processes.models import Process  # noqa: E402
from portal_modules.users.models import User  # noqa: E402


def main() -> None:
    """Sign everybody in."""
    with platform_scope():
        companies = list(Company.objects.order_by("pk"))
    rows = [row for company in companies for row in _of(company)]
    print(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "rows": rows}))


def _of(company: Company) -> list[Any]:
    with company_scope(company):
        members = list(Membership.objects.select_related("customer").order_by("pk"))
    # The back office does not read the logins of customers; their own doors do.
    with company_scope(company, role=PORTAL):
        users = User.objects.in_bulk([each.user_id for each in members])
    with company_scope(company):
        return [_sign_in(company, each, users[each.user_id]) for each in members]


def _sign_in(company: Company, membership: Membership, user: User) -> list[str]:
    now = time.time()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "portal_modules.accounts.backends.DoorBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "password", "at": now}]
    session["account_authentication_methods_user"] = str(user.pk)
    session["access.grants"] = {str(company.pk): {"level": int(Level.PASSWORD), "at": int(now)}}
    session.save()
    process = Process.objects.filter(customer=membership.customer).order_by("lookup_number")[0]
    key = session.session_key or ""
    invoice = Invoice.objects.filter(customer=membership.customer).order_by("-issued_on", "-number").first()
    newest = ["", "", ""]
    if invoice:
        newest = [str(invoice.pk), str(invoice.number), token_of(invoice.pk, company)]
    return [company.alias, key, membership.customer.name, str(process.pk), process.registry_number, *newest]


if __name__ == "__main__":
    main()
