"""The kernel's nouns: the company and what belongs to it."""

from .company import Channel, Company, CompanyGroup, SocialLink
from .owned import CompanyManager, CompanyOwned, CurrentCompany
from .settings import CompanyModule, CompanySetting
from .staff import StaffMembership
from .views import SavedView, UsualView
from .work import LogEntry, Sequence

__all__ = [
    "Channel",
    "Company",
    "CompanyGroup",
    "CompanyManager",
    "CompanyModule",
    "CompanyOwned",
    "CompanySetting",
    "CurrentCompany",
    "LogEntry",
    "SavedView",
    "Sequence",
    "SocialLink",
    "StaffMembership",
    "UsualView",
]
