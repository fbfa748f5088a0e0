"""The register of ${plural}."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal_modules.core.admin import CompanyModelForm, Register

from .actions import open_${record}
from .models import ${Record}


class ${Record}Form(CompanyModelForm):
    """Opening goes through the action: a number is taken, the customer told. A record keeps its customer."""

    instance: ${Record}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["customer"].disabled = True

    def save(self, commit: bool = True) -> ${Record}:
        """Open it, or keep what was changed."""
        if not self.instance._state.adding:
            changed: ${Record} = super().save(commit)
            return changed
        data = self.cleaned_data
        self.instance = open_${record}(
            data["customer"], by=self.for_user, title=data["title"], opened_on=data["opened_on"]
        )
        return self.instance


class ${Record}Register(Register):
    """What the office is at work on."""

    model = ${Record}
    base_form_class = ${Record}Form
    menu_icon = "doc-full"
    menu_order = 290
    view_right = "${name}.view"
    edit_right = "${name}.edit"
    list_display = ["number_shown", "customer", "title", "state", "opened_on"]
    list_export = ["number_shown", "customer", "title", "state", "opened_on", "closed_on"]
    list_filter = ["state", "opened_on"]
    search_fields = ["number", "title", "customer__name", "customer__tax_id"]
    list_select_related = ["customer"]
    inspect_view_fields = ["number_shown", "customer", "title", "state", "opened_on", "closed_on"]
    panels = [FieldPanel("customer"), FieldPanel("title"), FieldPanel("opened_on")]

    @display(description=_("number"), ordering="number")
    def number_shown(self, ${record}: ${Record}) -> str:
        """The number as it is written."""
        return ${record}.number_shown
