"""The base of every register, catalogue and chooser of the back office."""

from .catalogues import Catalogue
from .forms import CompanyModelForm
from .registers import Register, RegisterGroup

__all__ = ["Catalogue", "CompanyModelForm", "Register", "RegisterGroup"]
