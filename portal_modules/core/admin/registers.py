"""Registers: lists of transactions that staff work with, over wagtail-modeladmin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.admin.utils import label_for_field, quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import CreateView, DeleteView, EditView, HistoryView, InspectView

from portal_modules.core.admin.bulk import WithBulkVerbs
from portal_modules.core.admin.columns import Column, tag
from portal_modules.core.admin.filters import usual_filter
from portal_modules.core.admin.forms import CompanyModelForm
from portal_modules.core.admin.history import history_of
from portal_modules.core.admin.index import RegisterIndexView
from portal_modules.core.admin.indexing import can_hold_content
from portal_modules.core.admin.permissions import helper_of
from portal_modules.core.admin.searching import RegisterSearch
from portal_modules.core.beside import staff_parts
from portal_modules.core.exceptions import Refusal
from portal_modules.core.modules import modules
from portal_modules.core.records import PortalRecord


class _OfThisCompany:
    """An address that names no row of this company is not there, whatever is written in it."""

    def __init__(self, model_admin: Any, instance_pk: str) -> None:
        try:
            super().__init__(model_admin, instance_pk)  # type: ignore[call-arg]
        except (ValueError, ValidationError, OverflowError):
            raise Http404 from None


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
    """Adding a row; `?customer=7` in the address says for whom."""

    def get_page_title(self) -> str:
        """In one phrase: a word beside the model's name would have to know its gender."""
        return gettext("Add %(object)s") % {"object": self.verbose_name}

    def get_page_subtitle(self) -> str:
        """Said in the title."""
        return ""

    def get_meta_title(self) -> str:
        """The same."""
        return self.get_page_title()

    def get_initial(self) -> dict[str, Any]:
        """With the customer, where the page of one led here."""
        initial: dict[str, Any] = super().get_initial()
        customer = self.request.GET.get("customer", "")
        return {**initial, "customer": customer} if customer.isascii() and customer.isdigit() else initial


class RegisterEditView(_OfThisCompany, _SaysRefusals, EditView):
    """Changing a row."""


class RegisterInspectView(_OfThisCompany, InspectView):
    """One row, to read: its facts, its state, what stands beside it, and its history.

    `head_template` shows on top how far it is, and `body_template` below the buttons what it says; both get
    what `get_head` returns.
    """

    head_template: ClassVar[str] = ""
    body_template: ClassVar[str] = ""

    def get_meta_title(self) -> str:
        """The row's own name: several of them are open beside each other."""
        return str(self.instance)

    def get_head(self) -> dict[str, Any]:
        """What the top of the page shows."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What a page shows besides the facts."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "head": self.get_head(),
            "state": self._state(),
            "moments": history_of(self.instance, self.model_admin.history_words),
            "beside": self._beside(),
        }

    def _state(self) -> SafeString | None:
        """The state of the row as a tag, where the register says what its states mean."""
        tones = self.model_admin.list_tones.get("state")
        if not tones or not hasattr(self.instance, "state"):
            return None
        return tag(self.instance.get_state_display(), tones.get(self.instance.state, ""))

    def _beside(self) -> SafeString:
        if not isinstance(self.instance, PortalRecord):
            return SafeString()
        return staff_parts.render(self.request, self.instance)

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        """A row of another register leads there, for whoever may open it."""
        shown = super().get_field_display_value(field_name, field)
        register = registers.get(shown._meta.label_lower) if isinstance(shown, Model) else None
        if register is None or not register.permission_helper.user_can_inspect_obj(self.request.user, shown):
            return shown
        return format_html('<a href="{}">{}</a>', register.url_of(shown), shown)

    def get_field_label(self, field_name: str, field: Any = None) -> str:
        """What the register calls it, else the model."""
        return str(label_for_field(field_name, model=self.model, model_admin=self.model_admin))


class RegisterDeleteView(_OfThisCompany, DeleteView):
    """Deleting a row, where that is allowed at all."""


class RegisterHistoryView(_OfThisCompany, HistoryView):
    """What was done to a row."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The history is as private as the row."""
        if not self.permission_helper.user_can_inspect_obj(request.user, self.instance):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class RegisterLink:
    """A way from the list to something beside it, such as the board of its rows."""

    label: str | Promise
    url_name: str
    icon: str = "arrow-right"
    right: str = ""


# Every register by its key, "processes.process".
registers: dict[str, Register] = {}


class Register(WithBulkVerbs, ModelAdmin):
    """A list of rows of one company: declared by attributes, with rights by role and the export of the set.

    `view_right` and `edit_right` name rights of the module's manifest. Rows open on a page to read; where
    `can_edit` is off there is no form to change one, only the buttons of that page. `can_delete` is off,
    because records are closed or archived.

    `list_display` are the few columns that matter; `list_columns` are more that people can choose, besides
    those of `list_export`; `list_related_if_shown` are the foreign keys that only these need. `list_group`
    names fields to group by, each of which has to be in `list_filter`. `list_tones` says what the states of a
    column mean: `{"state": {"open": "busy"}}` (`columns.TONES`). `search_numbers` are fields that hold a number
    bare and are found however it is typed; `found` takes the place of both where there are too many rows to read
    them all. `list_links` lead to what stands beside the list. `history_words`
    tell the actions of its rows in their history.
    """

    view_right: ClassVar[str]
    edit_right: ClassVar[str]
    can_create: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True
    can_delete: ClassVar[bool] = False

    base_form_class = CompanyModelForm
    index_view_class = RegisterIndexView
    create_view_class = RegisterCreateView
    edit_view_class = RegisterEditView
    inspect_view_class = RegisterInspectView
    inspect_template_name = "core/admin/record.html"
    delete_view_class = RegisterDeleteView
    history_view_class = RegisterHistoryView
    inspect_view_enabled = True
    history_view_enabled = True
    index_template_name = "core/admin/index.html"
    list_per_page = 25
    list_columns: ClassVar[Sequence[str]] = ()
    list_related_if_shown: ClassVar[Sequence[str]] = ()
    list_group: ClassVar[Sequence[str]] = ()
    list_tones: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    list_links: ClassVar[Sequence[RegisterLink]] = ()
    search_numbers: ClassVar[tuple[str, ...]] = ()
    empty_words: ClassVar[str | Promise] = ""
    history_words: ClassVar[Mapping[str, str | Promise]] = {}
    add_to_admin_menu = True

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        registers[self.key] = self

    @property
    def key(self) -> str:
        """Its name among the registers."""
        return str(self.model._meta.label_lower)

    def all_columns(self) -> list[str]:
        """The names of all columns, those that are usually shown first."""
        return list(dict.fromkeys([*self.list_display, *self.list_columns, *self.list_export]))

    def column(self, name: str) -> Column:
        """One of them."""
        return Column(name, self, self.list_tones.get(name, {}))

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """The filters as they are named; of days a period, of people the staff."""
        return [usual_filter(self.model, named) for named in super().get_list_filter(request)]

    def get_search_handler(self, request: HttpRequest, search_fields: Any = None) -> RegisterSearch:
        """Names without accents, numbers however they are typed."""
        return RegisterSearch(
            search_fields or self.get_search_fields(request), self.search_numbers, self.found
        )

    def found(self, text: str) -> Q | None:
        """The rows that a text finds by an index (`searching.found_by`); None where the fields are looked through."""
        return None

    def get_links(self, request: Any) -> list[tuple[RegisterLink, str]]:
        """The ways beside the list that this person may go, each with its address."""
        may_go = [link for link in self.list_links if not link.right or request.user.has_perm(link.right)]
        return [(link, reverse(link.url_name)) for link in may_go]

    def group_values(self, field: Any, found: Sequence[Any]) -> list[tuple[Any, str]]:
        """The values that rows are grouped by, with their words, in the order in which they are shown."""
        if field.is_relation:
            rows = field.related_model._default_manager.filter(pk__in=found)
            return [(row.pk, str(row)) for row in rows]
        if field.choices:
            return [(value, str(words)) for value, words in field.flatchoices]
        words = {True: gettext("Yes"), False: gettext("No")}
        return [(value, words.get(value, str(value))) for value in found]

    def url_of(self, row: Any) -> str:
        """The page of a row."""
        return str(self.url_helper.get_action_url("inspect", quote(row.pk)))

    def register_indexing(self) -> None:
        """Each row that is saved costs a job of Wagtail's, which rows without pictures, files and pages are spared."""
        if can_hold_content(self.model):
            super().register_indexing()

    def get_permission_helper_class(self) -> Any:
        """Rights by role."""
        return helper_of(
            self.view_right,
            self.edit_right,
            can_create=self.can_create,
            can_edit=self.can_edit,
            can_delete=self.can_delete,
        )

    def get_edit_handler(self) -> Any:
        """The panels, over a form that stays inside the company."""
        handler = super().get_edit_handler()
        handler.base_form_class = self.base_form_class
        return handler

    def get_menu_label(self) -> Any:
        """In the language of whoever looks: the menu is made once."""
        return self.menu_label or capfirst(self.opts.verbose_name_plural)

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
