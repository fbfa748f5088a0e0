"""The kernel's nouns: the company and what belongs to it."""

from .addresses import CompanyHost, FormerAlias, HostState
from .company import Channel, Company, CompanyGroup, SocialLink
from .importing import ImportFile, ImportMapping
from .jobs import Job, JobFault, JobItem
from .owned import CompanyManager, CompanyOwned, CurrentCompany
from .settings import CompanyModule, CompanySetting
from .staff import StaffMembership
from .views import SavedView, UsualView
from .work import LogEntry, Sequence

__all__ = [
    "Channel",
    "Company",
    "CompanyGroup",
    "CompanyHost",
    "CompanyManager",
    "CompanyModule",
    "CompanyOwned",
    "CompanySetting",
    "CurrentCompany",
    "FormerAlias",
    "HostState",
    "ImportFile",
    "ImportMapping",
    "Job",
    "JobFault",
    "JobItem",
    "LogEntry",
    "SavedView",
    "Sequence",
    "SocialLink",
    "StaffMembership",
    "UsualView",
]
