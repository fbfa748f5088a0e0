"""The base of every register, catalogue and chooser of the back office."""

from .catalogues import Catalogue
from .forms import CompanyModelForm
from .registers import Register, RegisterGroup
from .verbs import Verb, VerbForm, VerbInspectView, always

__all__ = [
    "Catalogue",
    "CompanyModelForm",
    "Register",
    "RegisterGroup",
    "Verb",
    "VerbForm",
    "VerbInspectView",
    "always",
]
