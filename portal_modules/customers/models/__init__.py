"""Customers and their people, and what a company shows them of itself."""

from .customers import (
    Address,
    BuildingSite,
    Contact,
    Customer,
    CustomerGroup,
    CustomerOwned,
    CustomerRecord,
    Membership,
    MembershipSite,
    RecordChild,
)
from .showing import HomeText, StaffProfile

__all__ = [
    "Address",
    "BuildingSite",
    "Contact",
    "Customer",
    "CustomerGroup",
    "CustomerOwned",
    "CustomerRecord",
    "HomeText",
    "Membership",
    "MembershipSite",
    "RecordChild",
    "StaffProfile",
]
