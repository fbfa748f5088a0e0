"""The kernel's verbs."""

from .company import NewCompany, create_company, enter_company, leave_company
from .log import log
from .setup import change_company, switch_function, switch_module
from .staff import grant_staff, revoke_staff

__all__ = [
    "NewCompany",
    "change_company",
    "create_company",
    "enter_company",
    "grant_staff",
    "leave_company",
    "log",
    "revoke_staff",
    "switch_function",
    "switch_module",
]
