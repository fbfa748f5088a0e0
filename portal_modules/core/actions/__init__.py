"""The kernel's verbs."""

from .addresses import alias_is_taken, change_alias, claim_host, remove_host
from .company import NewCompany, create_company, enter_company, leave_company
from .groups import InAnotherGroup, OneIsNoGroup, dissolve_group, keep_group
from .log import log
from .setup import change_company, change_settings, switch_function, switch_module
from .staff import LastManager, change_staff_role, end_staff, grant_staff, revoke_staff

__all__ = [
    "InAnotherGroup",
    "LastManager",
    "NewCompany",
    "OneIsNoGroup",
    "alias_is_taken",
    "change_alias",
    "change_company",
    "change_settings",
    "change_staff_role",
    "claim_host",
    "create_company",
    "dissolve_group",
    "end_staff",
    "enter_company",
    "grant_staff",
    "keep_group",
    "leave_company",
    "log",
    "remove_host",
    "revoke_staff",
    "switch_function",
    "switch_module",
]
