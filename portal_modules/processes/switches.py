"""What a company switches and sets of the processes, as its pages ask."""

from __future__ import annotations

from portal_modules.core.companies import CompanyCard

from .models import Process

REVIEWS = "processes.reviews"


def shows_times(card: CompanyCard, process: Process) -> bool:
    """Is this customer told when a phase usually ends?"""
    return bool(card.setting("processes.show_times", *process.customer.setting_levels))
