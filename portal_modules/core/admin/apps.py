"""Apps: what each module does and needs, which are on, and which of their parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.actions import switch_function, switch_module
from portal_modules.core.actions.setup import NeededByOthers
from portal_modules.core.admin.setup import for_managers
from portal_modules.core.admin.switching_off import losses
from portal_modules.core.companies import CompanyCard
from portal_modules.core.exceptions import Refusal, RegistryError
from portal_modules.core.modules import Function, PortalModule, modules


@dataclass(frozen=True, slots=True)
class Part:
    """A function of a module, and whether it is on."""

    function: Function
    is_on: bool


@dataclass(frozen=True, slots=True)
class AppCard:
    """A module as its card shows it.

    `needs` are the modules it cannot be without, `needed_by` those that cannot be without it, `adds_to` those that
    it works together with where both are on; `follow` would be switched on with it.
    """

    module: PortalModule
    is_on: bool
    needs: list[PortalModule]
    needed_by: list[PortalModule]
    adds_to: list[PortalModule]
    follow: list[PortalModule]
    parts: list[Part]


def _card_of(module: PortalModule, company: CompanyCard) -> AppCard:
    is_on = module.label in company.modules
    needs = modules.requirements(module.label)
    parts = [Part(each, bool(company.setting(f"function:{each.name}"))) for each in module.functions]
    return AppCard(
        module=module,
        is_on=is_on,
        needs=needs,
        needed_by=modules.dependants(module.label),
        adds_to=[modules.get(name.rpartition(".")[2]) for name in module.bridges()],
        follow=[] if is_on else [each for each in needs if each.label not in company.modules],
        parts=parts if is_on else [],
    )


@for_managers
@require_safe
def apps(request: Any) -> HttpResponse:
    """A card for each module: what it does and needs, what needs it, whether it is on, and its parts."""
    cards = [_card_of(module, request.card) for module in modules]
    # What a company may choose comes first.
    cards.sort(key=lambda card: not card.module.optional)
    return render(request, "core/admin/apps.html", {"cards": cards, "tab": "apps"})


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def switch_app(request: Any, label: str) -> HttpResponse:
    """Switch a module on or off.

    Asked with GET it says what would be gone. Where others would stop working they are named, and nothing is done yet.
    """
    if request.method != "POST":
        return _ask(request, label)
    on = request.POST.get("on") == "yes"
    with_dependants = request.POST.get("dependants") == "yes"
    try:
        changed = switch_module(
            request.company, label, on=on, by=request.user, with_dependants=with_dependants
        )
    except RegistryError:
        raise Http404 from None
    except NeededByOthers:
        return _ask(request, label, status=422)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("core_apps")
    names = ", ".join(str(module.title) for module in changed)
    if changed and on:
        messages.success(request, _("Switched on: %(names)s.") % {"names": names})
    elif changed:
        messages.success(request, _("Switched off: %(names)s. Nothing was deleted.") % {"names": names})
    return redirect("core_apps")


def _ask(request: Any, label: str, status: int = 200) -> HttpResponse:
    """Before it is switched off: what goes with it, and what stays."""
    if label not in modules or not modules.get(label).optional:
        raise Http404
    if label not in request.card.modules:
        return redirect("core_apps")
    context = {"module": modules.get(label), "losses": losses(label, request.card), "tab": "apps"}
    return render(request, "core/admin/switch_off.html", context, status=status)


@for_managers
@require_POST
def switch_part(request: Any, name: str) -> HttpResponse:
    """Switch a part of a module on or off."""
    found = [each for module in modules for each in module.functions if each.name == name]
    if not found:
        raise Http404
    switch_function(request.company, found[0], on=request.POST.get("on") == "yes", by=request.user)
    messages.success(request, _("Saved. Your pages show it from now on."))
    return redirect("core_apps")
