"""The base of every register, catalogue and chooser of the back office."""

from .bulk import BulkForm, BulkVerb
from .catalogues import Catalogue
from .columns import short_day, tag
from .export_jobs import ExportRows
from .filters import OnlyFilter
from .forms import CompanyModelForm
from .language_tabs import words_in_tabs
from .registers import Register, RegisterGroup, RegisterLink
from .searching import beginnings, found_by
from .verbs import Verb, VerbForm, VerbInspectView, always

__all__ = [
    "BulkForm",
    "BulkVerb",
    "Catalogue",
    "CompanyModelForm",
    "ExportRows",
    "OnlyFilter",
    "Register",
    "RegisterGroup",
    "RegisterLink",
    "Verb",
    "VerbForm",
    "VerbInspectView",
    "always",
    "beginnings",
    "found_by",
    "short_day",
    "tag",
    "words_in_tabs",
]
