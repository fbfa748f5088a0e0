"""How customers come in: the company's own choice of doors, their order, and what the page then looks like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Level
from portal_modules.core.actions import change_settings
from portal_modules.core.addresses import whole_address
from portal_modules.core.admin.setup import for_managers
from portal_modules.core.choices import ASSIGNABLE_ROLES
from portal_modules.core.companies import CompanyCard
from portal_modules.core.factors import CUSTOMER_FACTOR, EVERYBODY, STAFF_FACTOR
from portal_modules.core.modules import modules
from portal_modules.core.proof import RAISED, raised_levels
from portal_modules.customers.choices import CustomerRole

from .doors import BY_TAX_ID_ONLY, Door, box_of, doors
from .policy import PRESETS, preset_of

SETTING = "accounts.doors"
_LEVELS = [
    ("", gettext_lazy("as usual")),
    (str(int(Level.PASSWORD)), gettext_lazy("a password")),
    (str(int(Level.SECOND_FACTOR)), gettext_lazy("a second factor")),
]
_OWN = "own"
_PLACES = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A door of the form: whether it is open, and as which."""

    door: Door
    place: Any
    proof: str


class PolicyForm(forms.Form):
    """A preset; or the doors one by one, each with its place."""

    preset = forms.ChoiceField(
        label=gettext_lazy("How do customers come in?"),
        choices=[
            *((each.name, each.label) for each in PRESETS),
            (_OWN, gettext_lazy("A choice of your own")),
        ],
        widget=forms.RadioSelect,
    )
    staff_factor = forms.MultipleChoiceField(
        label=gettext_lazy("Who of the staff needs a second factor"),
        choices=[(role.value, role.label) for role in ASSIGNABLE_ROLES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    customer_factor = forms.MultipleChoiceField(
        label=gettext_lazy("Who of the customers' people needs a second factor"),
        choices=[(EVERYBODY, gettext_lazy("Everybody")), *CustomerRole.choices],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, card: CompanyCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opened = list(card.setting(SETTING))
        self.initial["preset"] = preset_of(opened) or _OWN
        places = [("", gettext_lazy("closed")), *((str(n), str(n)) for n in range(1, _PLACES + 1))]
        self.raisable = _raisable(card)
        for group in self.raisable:
            for name, label, usual in group:
                self.fields[f"level-{name}"] = forms.ChoiceField(
                    label=str(label), choices=_above(usual), required=False, initial=_raised(card, name)
                )
        self.initial["staff_factor"] = list(card.setting(STAFF_FACTOR))
        self.initial["customer_factor"] = list(card.setting(CUSTOMER_FACTOR))
        for door in doors:
            place = str(opened.index(door.name) + 1) if door.name in opened else ""
            self.fields[f"place-{door.name}"] = forms.ChoiceField(
                label=str(door.label), choices=places, required=False, initial=place
            )

    def rows(self) -> list[Row]:
        """The doors with their places."""
        return [Row(door, self[f"place-{door.name}"], proof_in_words(door.reaches)) for door in doors]

    def raised(self) -> list[tuple[Any, list[Any]]]:
        """The fields that ask for more proof than usual: for all of a module, and for what is done there."""
        found = []
        for group in self.raisable:
            fields = [self[f"level-{name}"] for name, _label, _usual in group]
            whole = fields.pop(0) if "." not in group[0][0] else None
            found.append((whole, fields))
        return found

    def factors(self) -> list[Any]:
        """Who needs a second factor: of the staff, and of the customers."""
        return [self["staff_factor"], self["customer_factor"]]

    def levels(self) -> list[str]:
        """What is asked of whom, as the setting keeps it."""
        names = [name for group in self.raisable for name, _label, _usual in group]
        chosen = [(name, self.cleaned_data[f"level-{name}"]) for name in names]
        return [f"{name}:{level}" for name, level in chosen if level]

    def clean(self) -> dict[str, Any]:
        """At least one door, no two in one place, no two that are the same page, and never the weakest alone."""
        data = super().clean() or self.cleaned_data
        if data.get("preset") != _OWN:
            return data
        chosen = [(data.get(f"place-{door.name}"), door) for door in doors]
        opened = [(int(place), door) for place, door in chosen if place]
        if not opened:
            raise ValidationError(_("Open at least one door, or nobody comes in."))
        if len({place for place, _door in opened}) < len(opened):
            raise ValidationError(_("Two doors have the same place. Give each a number of its own."))
        if len({door.page for _place, door in opened}) < len(opened):
            raise ValidationError(_("Two of these doors are the same page. Keep one of them."))
        if [door for _place, door in opened] == [BY_TAX_ID_ONLY]:
            raise ValidationError(
                _("A tax number alone opens nothing personal. Open another door beside it.")
            )
        return data

    def names(self) -> list[str]:
        """The doors that are to be open, the first one first."""
        chosen = self.cleaned_data["preset"]
        if chosen != _OWN:
            return list(next(preset.doors for preset in PRESETS if preset.name == chosen))
        places = {door.name: self.cleaned_data.get(f"place-{door.name}") or "" for door in doors}
        return sorted((name for name, place in places.items() if place), key=lambda name: int(places[name]))


def _raisable(card: CompanyCard) -> list[list[tuple[str, Any, Level]]]:
    """What more proof can be asked for, by module: all that it shows, then what is done there; with the usual level."""
    found = []
    for module in modules:
        if module.label not in card.modules:
            continue
        whole = [(module.label, module.title, Level.REGISTERED)] if module.menu else []
        if group := [*whole, *((each.name, each.label, each.usual) for each in module.guarded)]:
            found.append(group)
    return found


def _above(usual: Level) -> list[tuple[str, Any]]:
    """What can be asked for beyond the usual."""
    return [(value, words) for value, words in _LEVELS if not value or int(value) > usual]


def _raised(card: CompanyCard, label: str) -> str:
    level = raised_levels(card).get(label)
    return str(int(level)) if level else ""


def proof_in_words(level: Level) -> str:
    """What a door proves, for whoever has to choose."""
    match level:
        case Level.TAX_ID:
            return _("proves nothing: sums and dates only")
        case Level.REGISTERED:
            return _("enough to read and write; more is asked for to sign or pay by card")
    return _("enough for everything but what asks for a second factor")


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def ways_in(request: Any) -> HttpResponse:
    """The policy, and the page that customers see with it."""
    form = PolicyForm(request.POST if request.method == "POST" else None, card=request.card)
    if request.method == "POST" and form.is_valid():
        chosen = {
            SETTING: form.names(),
            RAISED: form.levels(),
            STAFF_FACTOR: form.cleaned_data["staff_factor"],
            CUSTOMER_FACTOR: form.cleaned_data["customer_factor"],
        }
        change_settings(request.company, chosen, by=request.user)
        messages.success(request, _("Saved. Your pages let customers in this way from now on."))
        return redirect("accounts_ways_in")
    context = {
        "tab": "ways_in",
        "form": form,
        "presets": [(radio, preset) for radio, preset in zip(form["preset"], (*PRESETS, None), strict=True)],
        "preview_url": _preview_url(form, request.card),
        "preview_base": reverse("accounts_ways_in_preview"),
        "page_url": whole_address(request.company, request.company.language, "accounts:sign_in"),
    }
    return render(request, "accounts/staff/ways_in.html", context, status=422 if form.errors else 200)


@for_managers
@require_safe
def ways_in_preview(request: Any) -> HttpResponse:
    """The sign-in box of the home page as it would be with the doors that are named, for a frame of that page."""
    chosen = [name for name in request.GET.getlist("door") if name in {door.name for door in doors}]
    company, card = request.company, request.card
    # A card of its own: nothing that is drawn from a trial is remembered.
    tried = replace(card, settings={**card.settings, (SETTING, ""): chosen}, memory={})
    asked = SimpleNamespace(company=company, card=tried)
    before = get_script_prefix()
    set_script_prefix(f"{company.path_prefix}/")
    try:
        with translation.override(company.spoken(company.language)):
            context = {"company": company, "card": tried, **box_of(asked)}
            return render(request, "accounts/staff/ways_in_preview.html", context)
    finally:
        set_script_prefix(before)


def _preview_url(form: PolicyForm, card: CompanyCard) -> str:
    """With the doors of a form that was filled in well, else with those that are open."""
    names = form.names() if form.is_bound and form.is_valid() else list(card.setting(SETTING))
    return f"{reverse('accounts_ways_in_preview')}?{urlencode({'door': names}, doseq=True)}"
