"""Settings of the company, of a group of its customers and of one customer: each with where its value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal_modules.core.actions import change_settings
from portal_modules.core.admin.setup import for_managers
from portal_modules.core.companies import CompanyCard
from portal_modules.core.modules import PortalModule, Setting, SettingKind, modules
from portal_modules.core.settled import COMPANY, PLATFORM, Settled, holders

MOST_FOUND = 20
_YES, _NO = "yes", "no"
_OWN = "own"


def field_for(setting: Setting) -> forms.Field:
    """The field that asks for a value of this kind."""
    words: dict[str, Any] = {"label": setting.label, "help_text": setting.help, "required": False}
    match setting.kind:
        case SettingKind.NUMBER:
            return forms.IntegerField(min_value=setting.least, max_value=setting.most, **words)
        case SettingKind.CHOICE:
            return forms.ChoiceField(choices=setting.choices, **words)
        case SettingKind.TEXT:
            return forms.CharField(max_length=setting.most, **words)
    return forms.TypedChoiceField(
        choices=[(_YES, gettext_lazy("Yes")), (_NO, gettext_lazy("No"))],
        coerce=lambda chosen: chosen == _YES,
        empty_value=None,
        **words,
    )


def shown(setting: Setting, value: Any) -> str:
    """A value in words."""
    if setting.kind == SettingKind.YES_OR_NO:
        return str(gettext_lazy("Yes") if value else gettext_lazy("No"))
    if setting.kind == SettingKind.CHOICE:
        return str(dict(setting.choices).get(value, value))
    return f"{value} {setting.unit}".strip()


def source_in_words(source: str) -> str:
    """Where a value comes from."""
    if source == PLATFORM:
        return _("the portal's usual value")
    if source == COMPANY:
        return _("set for the company")
    holder = holders.get(source)
    return str(holder.source) if holder else source


@dataclass(frozen=True, slots=True)
class Row:
    """One setting on the page: its field, the choice between an own value and the inherited, and what holds now."""

    setting: Setting
    field: BoundField
    whose: BoundField
    is_own: bool
    now: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """The settings of one module."""

    title: Any
    rows: list[Row]


class SettingsForm(forms.Form):
    """For each setting: the inherited value, or one of its own.

    `level` is whose values are written, "" for the company's; `above` are the levels that it inherits from.
    """

    def __init__(self, data: Any, *, card: CompanyCard, level: str, above: Sequence[str]) -> None:
        super().__init__(data)
        self._card, self._level, self._above = card, level, above
        for setting in self._settings():
            now = self._now(setting)
            value = now.value
            if setting.kind == SettingKind.YES_OR_NO:
                value = _YES if value else _NO
            self.fields[setting.name] = field_for(setting)
            self.initial[setting.name] = value
            self.fields[self._whose(setting)] = forms.ChoiceField(
                choices=[("", gettext_lazy("As inherited")), (_OWN, gettext_lazy("Own value"))],
                label=gettext_lazy("Which value"),
                required=False,
                widget=forms.RadioSelect,
                initial=_OWN if self._is_own(setting) else "",
            )

    def sections(self) -> Iterator[Section]:
        """The settings of the modules that are on, by module."""
        for module in self._modules():
            rows = [self._row(setting) for setting in module.settings if setting.name in self.fields]
            if rows:
                yield Section(module.title, rows)

    def clean(self) -> dict[str, Any]:
        """Who wants an own value says which."""
        data = super().clean() or self.cleaned_data
        for setting in self._settings():
            wants_own = data.get(self._whose(setting)) == _OWN
            says_nothing = data.get(setting.name) in (None, "") and setting.kind != SettingKind.TEXT
            if wants_own and says_nothing and setting.name not in self.errors:
                self.add_error(setting.name, _("Say which value, or take the inherited one."))
        return data

    def own(self) -> dict[str, Any]:
        """The values that are to be its own."""
        data = self.cleaned_data
        return {each.name: data[each.name] for each in self._settings() if data[self._whose(each)] == _OWN}

    def inherited(self) -> list[str]:
        """The settings that are to inherit."""
        return [each.name for each in self._settings() if self.cleaned_data[self._whose(each)] != _OWN]

    def _modules(self) -> list[PortalModule]:
        return [module for module in modules if module.label in self._card.modules]

    def _settings(self) -> Iterator[Setting]:
        for module in self._modules():
            for setting in module.settings:
                if setting.kind != SettingKind.LIST and not (self._level and setting.is_for_all):
                    yield setting

    def _whose(self, setting: Setting) -> str:
        return f"{setting.name}.whose"

    def _is_own(self, setting: Setting) -> bool:
        return (setting.name, self._level) in self._card.settings

    def _now(self, setting: Setting) -> Settled:
        return self._card.settled(setting.name, *([self._level] if self._level else []), *self._above)

    def _row(self, setting: Setting) -> Row:
        now = self._now(setting)
        return Row(
            setting=setting,
            field=self[setting.name],
            whose=self[self._whose(setting)],
            is_own=self._is_own(setting),
            now=shown(setting, now.value),
            source=source_in_words(now.source),
        )


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def our_settings(request: Any) -> HttpResponse:
    """Those of the company."""
    form = SettingsForm(request.POST or None, card=request.card, level="", above=())
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = [(holder, row) for holder in holders for row in holder.search(query)[:MOST_FOUND]]
    context = {"tab": "settings", "query": query, "found": found}
    return _page(request, form, level="", again="core_settings", context=context)


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def settings_of(request: Any, kind: str, pk: int) -> HttpResponse:
    """Those of a group of customers, or of one customer."""
    holder = holders.get(kind)
    row = holder.find(pk) if holder and pk < 2**63 else None
    if holder is None or row is None:
        raise Http404
    level = holder.level(row)
    form = SettingsForm(request.POST or None, card=request.card, level=level, above=holder.above(row))
    context = {"tab": "settings", "holder": holder, "row": row, "back_url": holder.url(row)}
    return _page(request, form, level=level, again=request.path, context=context)


def _page(
    request: Any, form: SettingsForm, *, level: str, again: str, context: dict[str, Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        change_settings(request.company, form.own(), level=level, inherited=form.inherited(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(again)
    status = 422 if form.errors else 200
    return render(request, "core/admin/settings.html", {**context, "form": form}, status=status)
