"""Forms of the back office: inside one company, and refusing in words what the database would refuse."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.models import formfield_for_dbfield

from portal_modules.core.models import CompanyOwned, StaffMembership
from portal_modules.core.scope import current_scope


def formfield_inside(db_field: Any, **kwargs: Any) -> Any:
    """The usual field; what points at rows of companies gets its choices when a form is made, in its scope.

    The class of a form is made once, at the start or in the scope of whichever company came first.
    """
    target = db_field.related_model if isinstance(db_field, models.ForeignKey) else None
    if isinstance(target, type) and issubclass(target, CompanyOwned):
        kwargs["queryset"] = target._default_manager.none()
    return formfield_for_dbfield(db_field, **kwargs)


class CompanyModelForm(WagtailAdminModelForm):
    """A form of a row of one company.

    Choices list that company's rows only, on the page and on POST; the row's own company is known before
    it is checked, so that a rule such as "one per company" is answered at the field and not by an error.
    """

    class Meta(WagtailAdminModelForm.Meta):
        formfield_callback = formfield_inside

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None or self.instance._state.adding:
            self.instance.company_id = current_scope().company
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                self._keep_inside(field)

    @staticmethod
    def _keep_inside(field: forms.ModelChoiceField[Any]) -> None:
        """Rows of this company; of people, its staff."""
        model: Any = field.queryset.model  # type: ignore[union-attr]  # a bound field has one
        if issubclass(model, CompanyOwned):
            field.queryset = model.objects.all()
        elif model is get_user_model():
            field.queryset = model.objects.filter(pk__in=StaffMembership.objects.values("user"))

    def _get_validation_exclusions(self) -> set[str]:
        return set(super()._get_validation_exclusions()) - {"company"}
