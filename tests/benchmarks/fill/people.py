"""Customers who sign in, with something said about their businesses. Run in the portal's environment.

Twenty of each company; each has ten processes, and a conversation about three of them.
"""

from __future__ import annotations

from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from portal_modules.conversations.choices import MessageKind  # noqa: E402
from portal_modules.conversations.models import Message, Thread  # noqa: E402
from portal_modules.core.access import ActorKind  # noqa: E402
from portal_modules.core.models import Company  # noqa: E402
from portal_modules.core.scope import company_scope, platform_scope  # noqa: E402
from portal_modules.customers.choices import CustomerRole  # noqa: E402
from portal_modules.customers.models import Contact, Customer, Membership  # noqa: E402
from portal_modules.processes.models import Process  # noqa: E402
from portal_modules.users.demo import make_login  # noqa: E402
from tests.benchmarks.fill.words import SAID  # noqa: E402

EACH = 20
THREADS = 3


def main() -> None:
    """For every company."""
    with platform_scope():
        companies = list(Company.objects.order_by("pk"))
    for company in companies:
        with company_scope(company):
            for customer in Customer.objects.order_by("pk")[:EACH]:
                _let_in(company, customer)


def _let_in(company: Company, customer: Customer) -> None:
    email = f"c{customer.pk}@customers.test"
    user = make_login(email, customer.name, "nobody types it", "en")
    contact = Contact.objects.create(customer=customer, name=customer.name, email=email)
    Membership.objects.create(customer=customer, user=user, contact=contact, roles=[CustomerRole.OWNER])
    now = timezone.now()
    for process in Process.objects.filter(customer=customer).order_by("lookup_number")[:THREADS]:
        thread = Thread.objects.create(
            customer=customer,
            record_type=process.record_type(),
            record_id=process.pk,
            last_message_at=now,
        )
        Message.objects.bulk_create(
            Message(
                company=company,
                customer=customer,
                thread=thread,
                kind=MessageKind.MESSAGE,
                actor_kind=ActorKind.STAFF if turn % 2 else ActorKind.CONTACT,
                author=None if turn % 2 else user,
                author_name="Ines" if turn % 2 else customer.name,
                body=SAID,
                created_at=now - timedelta(days=turn),
            )
            for turn in range(4)
        )


if __name__ == "__main__":
    main()
