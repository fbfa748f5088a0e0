"""How the screens of the kernel and of Wagtail are used. A module tells of its own in its `help.py`."""

from .company import COMPANY
from .pages import PAGES
from .work import WORK

SCREENS = (*WORK, *PAGES, *COMPANY)

__all__ = ["SCREENS"]
