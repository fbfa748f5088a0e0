"""The kernel's verbs."""

from .company import NewCompany, create_company, enter_company, leave_company
from .log import log
from .setup import change_company, switch_function, switch_module
from .staff import LastManager, change_staff_role, end_staff, grant_staff, revoke_staff

__all__ = [
    "LastManager",
    "NewCompany",
    "change_company",
    "change_staff_role",
    "create_company",
    "end_staff",
    "enter_company",
    "grant_staff",
    "leave_company",
    "log",
    "revoke_staff",
    "switch_function",
    "switch_module",
]
