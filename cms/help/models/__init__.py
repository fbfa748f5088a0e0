"""Help: the pages of customers, and what a company has of its own in the back office."""

from .office import HelpQuestion, OwnHelp
from .pages import HelpIndexPage, HelpPage

__all__ = ["HelpIndexPage", "HelpPage", "HelpQuestion", "OwnHelp"]
