"""Customers in the back office."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from .admin import CustomersMenu, HomeTextCatalogue, TeamCatalogue

modeladmin_register(CustomersMenu)
register_snippet(TeamCatalogue)
register_snippet(HomeTextCatalogue)
