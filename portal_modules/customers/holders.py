"""Who may have settings of their own beside the company: a group of customers, and a customer."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal_modules.core.settled import Holder, holders

from .models import Customer, CustomerGroup


def _group(pk: int) -> CustomerGroup | None:
    return CustomerGroup.objects.filter(pk=pk).first()


def _customer(pk: int) -> Customer | None:
    found: Customer | None = Customer.objects.select_related("group").filter(pk=pk).first()
    return found


def _groups(query: str) -> QuerySet[CustomerGroup]:
    return CustomerGroup.objects.filter(name__icontains=query)


def _customers(query: str) -> QuerySet[Customer]:
    """Nobody to begin with: there may be a hundred thousand."""
    found: QuerySet[Customer] = Customer.objects.matching(query) if query else Customer.objects.none()
    return found


def _of_group(group: CustomerGroup) -> tuple[str, ...]:
    return ()


def _above_customer(customer: Customer) -> tuple[str, ...]:
    return customer.setting_levels[1:]


def _group_page(group: CustomerGroup) -> str:
    return reverse("customers_customergroup_modeladmin_inspect", args=[group.pk])


def _customer_page(customer: Customer) -> str:
    return reverse("customers_customer_modeladmin_inspect", args=[customer.pk])


holders.register(
    Holder(
        kind="group",
        label=_("Group of customers"),
        source=_("set for the group"),
        find=_group,
        search=_groups,
        above=_of_group,
        url=_group_page,
    )
)
holders.register(
    Holder(
        kind="customer",
        label=_("Customer"),
        source=_("set for this customer"),
        find=_customer,
        search=_customers,
        above=_above_customer,
        url=_customer_page,
    )
)
