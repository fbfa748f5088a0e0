"""The list of a register: filters, search, sorting, columns to choose, grouping, kept views and the export.

All that a person has asked for stands in the address, so that it can be sent to a colleague, kept as a view
and exported as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from django.contrib.admin.filters import FieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.widgets.button import HeaderButton
from wagtail_modeladmin.views import IndexView

from portal_modules.core.admin.columns import NOTHING, Column
from portal_modules.core.admin.exports import FORMATS, export
from portal_modules.core.admin.filters import PeriodFilter
from portal_modules.core.admin.index_parts import Chip, Heading, RowGroup, ShownRow, SideFilter
from portal_modules.core.admin.paging import RowPage, page_of
from portal_modules.core.admin.searching import typed
from portal_modules.core.models import SavedView

SORT, SEARCH, PAGE, EXPORT, COLUMNS, GROUP, VIEW, ALL = (
    "sort",
    "q",
    "p",
    "export",
    "columns",
    "group",
    "view",
    "all",
)


class RegisterIndexView(IndexView):
    """The list, with what was asked for in the address checked."""

    ORDER_VAR, SEARCH_VAR, PAGE_VAR, EXPORT_VAR = SORT, SEARCH, PAGE, EXPORT
    IGNORED_PARAMS: ClassVar[tuple[str, ...]] = (SORT, SEARCH, EXPORT, COLUMNS, GROUP, VIEW, ALL)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse a filter that means nothing; a right that is missing comes first."""
        if not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        self.views = SavedView.objects.for_register(self.model_admin.key, request.user)
        if not request.GET and (usual := next((each for each in self.views if each.is_usual), None)):
            return HttpResponseRedirect(f"?{VIEW}={usual.pk}")
        asked = request.GET
        self.view_now = next((each for each in self.views if str(each.pk) == asked.get(VIEW)), None)
        request.GET = self._effective(asked)  # type: ignore[assignment]  # all that follows reads it there
        try:
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters as error:
            raise SuspiciousOperation("These filters cannot be used.") from error
        return answer

    @classmethod
    def of_query(cls, register: Any, user: Any, query: str) -> Self:
        """The list that an address asks for, outside of its request: for jobs."""
        request: Any = HttpRequest()
        request.method, request.path, request.user = "GET", register.url_helper.index_url, user
        request.GET = QueryDict(query, mutable=True)
        view = cls(register)
        view.setup(request)
        view.views, view.view_now, view.export = [], None, EXPORT
        view.list_export = register.get_list_export(request)
        view.list_display = register.get_list_display(request)
        view.list_filter = register.get_list_filter(request)
        view.select_related = register.list_select_related
        view.search_handler = register.get_search_handler(request)
        view.params, view.query = request.GET.copy(), request.GET.get(SEARCH, "")
        view.queryset = view.get_queryset(request)
        return view

    def _effective(self, asked: QueryDict) -> QueryDict:
        """What was asked for, or what a kept view says where nothing but the view was named."""
        found = asked.copy()
        if self.view_now and not set(asked) - {VIEW, PAGE, EXPORT}:
            found = QueryDict(self.view_now.query, mutable=True)
            for name, value in asked.items():
                found[name] = str(value)
        clean = QueryDict(mutable=True)
        for name, values in found.lists():
            kept = [value.replace("\x00", "") for value in values]
            if name == COLUMNS:
                kept = [",".join(kept)]
            if any(kept):
                clean.setlist(
                    name.replace("\x00", ""), kept if name not in self.IGNORED_PARAMS else kept[-1:]
                )
        return clean

    # ---- what is shown ----------------------------------------------------------------------------

    def get_filters(self, request: HttpRequest) -> tuple[list[Any], bool, dict[str, Any], bool]:
        """The filters that have something to choose, or of which something was asked.

        What no filter knows is refused, be it a field or not: modeladmin lets a list be asked about any column
        of any table that it leads to. And it forgets what was asked of a filter with only one choice.
        """
        rest = self.get_filters_params()
        made = [self._filter(each, request, rest) for each in self.list_filter]
        if rest:
            raise IncorrectLookupParameters(", ".join(rest))
        specs = [spec for spec in made if spec.used_parameters or spec.has_output()]
        return specs, bool(specs), {}, False

    def _filter(self, named: Any, request: HttpRequest, rest: dict[str, Any]) -> Any:
        """One filter; what it knows of the address is taken out of the rest."""
        if callable(named):
            return named(request, rest, self.model, self.model_admin)
        path, made_by = (named, FieldListFilter.create) if isinstance(named, str) else named
        field = get_fields_from_path(self.model, path)[-1]
        return made_by(field, request, rest, self.model, self.model_admin, field_path=path)

    @cached_property
    def all_columns(self) -> dict[str, Column]:
        """Every column that this register has, those of the usual list first."""
        return {name: self.model_admin.column(name) for name in self.model_admin.all_columns()}

    @cached_property
    def columns(self) -> list[Column]:
        """Those that are shown: what was chosen, else the usual ones."""
        return [self.all_columns[name] for name in self._chosen() or self.model_admin.list_display]

    def _chosen(self) -> list[str]:
        names = self.params.get(COLUMNS, "").split(",")
        return [name for name in dict.fromkeys(names) if name in self.all_columns]

    def _column_choices(self) -> Iterator[tuple[str, str, bool]]:
        """All columns with whether they are shown. Of two with one heading, such as an amount as it is read and as it
        is exported, the list offers the first."""
        shown = self.columns
        headings = {column.label for column in shown}
        for name, column in self.all_columns.items():
            if column in shown:
                yield name, column.label, True
            elif column.label not in headings:
                headings.add(column.label)
                yield name, column.label, False

    def export_columns(self) -> list[Column]:
        """What a spreadsheet has: the columns that were chosen, else all that the register exports."""
        names = self._chosen() or list(self.model_admin.list_export) or list(self.model_admin.list_display)
        return [self.all_columns[name] for name in names]

    def apply_select_related(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """With what each row needs, and with what only the columns need that are shown."""
        shown = {column.name for column in (self.export_columns() if self.export else self.columns)}
        more = [name for name in self.model_admin.list_related_if_shown if name in shown]
        named = self.select_related if isinstance(self.select_related, list | tuple) else []
        return found.select_related(*named, *more) if named or more else super().apply_select_related(found)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """By the column that was chosen, else as usual; always one after the other in the same order."""
        column, is_down = self._sorted_by()
        if column is None:
            ordering: list[Any] = list(self.get_default_ordering(request))
        else:
            ordering = _ordered(column, is_down)
        named = {str(each).lstrip("-") for each in ordering}
        return ordering if named & {"pk", self.opts.pk.name} else [*ordering, "-pk"]

    def _sorted_by(self) -> tuple[Column | None, bool]:
        sign, name = _parted(self.params.get(SORT, ""))
        column = self.all_columns.get(name)
        return (column if column is not None and column.order else None), sign == "-"

    # ---- addresses --------------------------------------------------------------------------------

    def get_query_string(
        self, new_params: dict[str, Any] | None = None, remove: Sequence[str] | None = None
    ) -> str:
        """This list, changed; always from its first page unless one is named."""
        changed = self.params.copy()
        for beginning in remove or ():
            for name in [each for each in changed if each.startswith(beginning)]:
                del changed[name]
        for name, value in (new_params or {}).items():
            if value is None:
                changed.pop(name, None)
            else:
                changed[name] = value
        if not set(changed) - {VIEW}:
            changed = QueryDict(f"{ALL}=1", mutable=True)
        elif len(changed) > 1:
            changed.pop(ALL, None)
        pairs = [(name, value) for name, values in sorted(changed.lists()) for value in values]
        return f"?{urlencode(pairs)}"

    @property
    def query_to_keep(self) -> str:
        """What a view keeps of the address."""
        kept = self.params.copy()
        for name in (VIEW, ALL):
            kept.pop(name, None)
        return urlencode([(name, value) for name, values in sorted(kept.lists()) for value in values])

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """What a form that changes the address has to carry along."""
        return [
            (name, value)
            for name, values in self.params.lists()
            if name not in without and name != ALL
            for value in values
        ]

    # ---- the page ---------------------------------------------------------------------------------

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
        """All that the filters leave, with the columns that were chosen."""
        return export(self, queryset, spreadsheet_format)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page of rows, or the groups; and all that can be changed about it."""
        grouped = self._group()
        page = None if grouped else page_of(self.queryset, self.page_num, self.items_per_page)
        rows = [self._row(row) for row in page.rows] if page else []
        chips = list(self._chips())
        context = {
            "page": page,
            "pages": self._pages(page) if page else [],
            "next_url": self.get_query_string({PAGE: page.number + 1}) if page and page.has_next else "",
            "rows": rows,
            "has_buttons": any(row.buttons for row in rows),
            "headings": [self._heading(column) for column in self.columns],
            "groups": list(self._groups(grouped)) if grouped else None,
            "group_links": [
                (name, self._label(name), self.get_query_string({GROUP: name}))
                for name in self.model_admin.list_group
            ],
            "ungrouped_url": self.get_query_string({GROUP: None}),
            "grouped": grouped,
            "chips": chips,
            "filters": [self._side(spec) for spec in self.filter_specs if spec.has_output()],
            "column_choices": list(self._column_choices()),
            "columns_hidden": self.hidden(COLUMNS),
            "usual_columns_url": self.get_query_string({COLUMNS: None}),
            "search_hidden": self.hidden(SEARCH),
            "is_narrowed": bool(chips),
            "header_buttons": self._header_buttons(),
            "links": self.model_admin.get_links(self.request),
            "bulk_verbs": self.model_admin.bulk_verbs_of(self.request.user),
            "views": self.views,
            "view_now": self.view_now,
            "is_changed": self._is_changed(),
            "may_share": self.request.user.has_perm("core.change_savedview"),
            "show_search": self.search_handler.show_search_form,
            "export_urls": [(name, self.get_query_string({EXPORT: name})) for name in FORMATS],
            "all_url": f"?{ALL}=1",
            "user_can_create": self.permission_helper.user_can_create(self.request.user),
        }
        return super(IndexView, self).get_context_data(**{**context, **kwargs})

    def _is_changed(self) -> bool:
        if self.view_now is None:
            return bool(self.query_to_keep)
        kept = QueryDict(self.view_now.query)
        now = QueryDict(self.query_to_keep)
        return dict(kept.lists()) != dict(now.lists())

    def _header_buttons(self) -> list[HeaderButton]:
        if not self.permission_helper.user_can_create(self.request.user):
            return []
        label = _("Add %(object)s") % {"object": self.verbose_name}
        return [HeaderButton(label=label, url=self.create_url, icon_name="plus")]

    def _row(self, row: Any) -> ShownRow:
        buttons = self.button_helper.get_buttons_for_obj(row, exclude=["inspect", "edit", "delete"])
        return ShownRow(
            row=row,
            url=self.model_admin.url_of(row),
            cells=[(column, column.html(row)) for column in self.columns],
            buttons=buttons,
        )

    def _heading(self, column: Column) -> Heading:
        if not column.order:
            return Heading(column.label, column.css)
        now, is_down = self._sorted_by()
        is_now = now is not None and now.name == column.name
        url = self.get_query_string({SORT: column.name if not is_now or is_down else f"-{column.name}"})
        state = ("descending" if is_down else "ascending") if is_now else ""
        return Heading(column.label, column.css, url, state)

    def _pages(self, page: RowPage) -> list[tuple[int | None, str]]:
        return [(each, self.get_query_string({PAGE: each}) if each else "") for each in page.numbers()]

    def _chips(self) -> Iterator[Chip]:
        if term := typed(self.query):
            yield Chip(_("Search: %(words)s") % {"words": term}, self.get_query_string({SEARCH: None}))
        for spec in self.filter_specs:
            names = spec.expected_parameters()
            if not any(name in self.params for name in names):
                continue
            chosen = [each for each in list(spec.choices(self))[1:] if each["selected"]]
            words = ", ".join(str(each["display"]) for each in chosen) or NOTHING
            yield Chip(f"{capfirst(str(spec.title))}: {words}", self.get_query_string(dict.fromkeys(names)))

    def _side(self, spec: Any) -> SideFilter:
        names = spec.expected_parameters()
        is_active = any(name in self.params for name in names)
        title = str(capfirst(str(spec.title)))
        if isinstance(spec, PeriodFilter):
            days = [(name, day.isoformat() if (day := spec.day(name)) else "") for name in names]
            return SideFilter(title, is_active, days=days, hidden=self.hidden(*names))
        everything, *choices = spec.choices(self)
        # One word that suits whatever the column is called, in languages where "all" has a gender.
        everything["display"] = pgettext("filter", "Any")
        return SideFilter(title, is_active, choices=[everything, *choices])

    # ---- groups -----------------------------------------------------------------------------------

    def _group(self) -> str:
        name = self.params.get(GROUP, "")
        return name if name in self.model_admin.list_group else ""

    def _label(self, name: str) -> str:
        return str(capfirst(str(self.opts.get_field(name).verbose_name)))

    def _groups(self, name: str) -> Iterator[RowGroup]:
        """What the rows have in common, in the order of the catalogue or of the states, with the rest last."""
        field = self.opts.get_field(name)
        counted = self.queryset.order_by().values_list(name).annotate(found=Count("pk")).order_by()
        counts = dict(counted)
        for value, label in self.model_admin.group_values(field, [key for key in counts if key is not None]):
            if found := counts.get(value):
                yield RowGroup(label, found, self._url_of_group(field, value))
        for value, label in _unknown_values(field):
            if found := counts.get(value):
                yield RowGroup(label, found, self._url_of_group(field, value))

    def _url_of_group(self, field: Any, value: Any) -> str:
        if value is None:
            return self.get_query_string({GROUP: None, f"{field.name}__isnull": "True"})
        target = f"__{field.target_field.name}" if field.is_relation else ""
        return self.get_query_string(
            {GROUP: None, f"{field.name}{target}__exact": int(value) if value in (True, False) else value}
        )


def _parted(text: str) -> tuple[str, str]:
    return ("-", text[1:]) if text.startswith("-") else ("", text)


def _ordered(column: Column, is_down: bool) -> list[Any]:
    """Empty ones last, whichever way it goes."""
    sign, order = _parted(column.order)
    down = is_down != (sign == "-")
    field = column.source
    if field is not None and field.null and not field.is_relation:
        return [F(order).desc(nulls_last=True) if down else F(order).asc(nulls_last=True)]
    return [f"-{order}" if down else order]


def _unknown_values(field: Any) -> Iterator[tuple[Any, str]]:
    """Rows that have no value."""
    yield None, _("Nobody") if field.related_model is get_user_model() else _("None")
