"""Registers: lists of transactions that staff work with, over wagtail-modeladmin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import CreateView, DeleteView, EditView, HistoryView, IndexView, InspectView

from portal_modules.core.admin.forms import CompanyModelForm
from portal_modules.core.admin.permissions import helper_of
from portal_modules.core.exceptions import Refusal
from portal_modules.core.modules import modules


class _OfThisCompany:
    """An address that names no row of this company is not there, whatever is written in it."""

    def __init__(self, model_admin: Any, instance_pk: str) -> None:
        try:
            super().__init__(model_admin, instance_pk)  # type: ignore[call-arg]
        except (ValueError, ValidationError, OverflowError):
            raise Http404 from None


class RegisterIndexView(IndexView):
    """The list, with what was asked for in the address checked."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse a filter that means nothing; a right that is missing comes first."""
        if not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters as error:
            raise SuspiciousOperation("These filters cannot be used.") from error


class _SaysRefusals:
    """What the action refuses is said in the form, and what was typed stays."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or show why not."""
        answer: HttpResponse
        try:
            with transaction.atomic():
                answer = super().form_valid(form)  # type: ignore[misc]  # of the view that it is mixed into
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            answer = self.form_invalid(form)  # type: ignore[attr-defined]
        return answer


class RegisterCreateView(_SaysRefusals, CreateView):
    """Adding a row."""


class RegisterEditView(_OfThisCompany, _SaysRefusals, EditView):
    """Changing a row."""


class RegisterInspectView(_OfThisCompany, InspectView):
    """One row, to read."""


class RegisterDeleteView(_OfThisCompany, DeleteView):
    """Deleting a row, where that is allowed at all."""


class RegisterHistoryView(_OfThisCompany, HistoryView):
    """What was done to a row."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The history is as private as the row."""
        if not self.permission_helper.user_can_inspect_obj(request.user, self.instance):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Register(ModelAdmin):
    """A list of rows of one company: declared by attributes, with rights by role and the export of the set.

    `view_right` and `edit_right` name rights of the module's manifest. Rows open on a page to read;
    `can_delete` is off, because records are closed or archived.
    """

    view_right: ClassVar[str]
    edit_right: ClassVar[str]
    can_create: ClassVar[bool] = True
    can_delete: ClassVar[bool] = False

    base_form_class = CompanyModelForm
    index_view_class = RegisterIndexView
    create_view_class = RegisterCreateView
    edit_view_class = RegisterEditView
    inspect_view_class = RegisterInspectView
    inspect_template_name = "core/admin/inspect.html"
    delete_view_class = RegisterDeleteView
    history_view_class = RegisterHistoryView
    inspect_view_enabled = True
    history_view_enabled = True
    list_per_page = 50
    add_to_admin_menu = True

    def get_permission_helper_class(self) -> Any:
        """Rights by role."""
        return helper_of(
            self.view_right, self.edit_right, can_create=self.can_create, can_delete=self.can_delete
        )

    def get_edit_handler(self) -> Any:
        """The panels, over a form that stays inside the company."""
        handler = super().get_edit_handler()
        handler.base_form_class = self.base_form_class
        return handler

    def get_menu_item(self, order: int | None = None) -> Any:
        """The entry of the menu, shown where the module is on."""
        item = super().get_menu_item(order)
        return _only_where_on(item, self.opts.app_label)


class RegisterGroup(ModelAdminGroup):
    """Registers under one entry of the menu."""


def _only_where_on(item: Any, label: str) -> Any:
    shown = item.is_shown

    def is_shown(request: Any) -> bool:
        card = getattr(request, "card", None)
        return bool(card and (label not in modules or label in card.modules) and shown(request))

    item.is_shown = is_shown
    return item
