"""Keeping, sharing and dropping the views of a register. Each answers with the way back to the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal_modules.core.actions.views import begin_as_usual, begin_with, change_view, drop_view, keep_view
from portal_modules.core.admin.registers import Register, registers
from portal_modules.core.exceptions import Refusal
from portal_modules.core.models import SavedView


@require_POST
def keep(request: Any, register: str) -> HttpResponse:
    """Keep what is seen now under a name."""
    found = _register(request, register)
    query = request.POST.get("query", "").replace("\x00", "")
    try:
        view = keep_view(
            found.key,
            by=request.user,
            name=request.POST.get("name", ""),
            query=query,
            is_shared=bool(request.POST.get("is_shared")),
            is_usual=bool(request.POST.get("is_usual")),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _back(found, query)
    messages.success(request, _("The view is kept."))
    return _back(found, f"view={view.pk}")


@require_POST
def change(request: Any, register: str, pk: int) -> HttpResponse:
    """Rename, renew, share, drop a view, or begin with it."""
    found = _register(request, register)
    view = get_object_or_404(SavedView.objects.seen_by(request.user), pk=pk, register=found.key)
    verb = request.POST.get("verb", "")
    if verb not in _VERBS:
        raise Http404
    try:
        sentence = _VERBS[verb](request, view)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _back(found, f"view={view.pk}")
    messages.success(request, sentence)
    return _back(found, "all=1" if verb in {"drop", "forget"} else f"view={pk}")


def _rename(request: Any, view: SavedView) -> str:
    change_view(view, by=request.user, name=request.POST.get("name", ""))
    return _("The view has its new name.")


def _renew(request: Any, view: SavedView) -> str:
    change_view(view, by=request.user, query=request.POST.get("query", "").replace("\x00", ""))
    return _("The view is kept as you see it now.")


def _share(request: Any, view: SavedView) -> str:
    change_view(view, by=request.user, is_shared=True)
    return _("Everybody who works here sees this view now.")


def _unshare(request: Any, view: SavedView) -> str:
    change_view(view, by=request.user, is_shared=False)
    return _("Only its owner sees this view now.")


def _begin(request: Any, view: SavedView) -> str:
    begin_with(view, by=request.user)
    return _("This list begins with this view from now on.")


def _forget(request: Any, view: SavedView) -> str:
    begin_as_usual(view.register, by=request.user)
    return _("This list begins with everything again.")


def _drop(request: Any, view: SavedView) -> str:
    drop_view(view, by=request.user)
    return _("The view is gone.")


_VERBS = {
    "rename": _rename,
    "renew": _renew,
    "share": _share,
    "unshare": _unshare,
    "begin": _begin,
    "forget": _forget,
    "drop": _drop,
}


def _register(request: Any, key: str) -> Register:
    found = registers.get(key)
    if found is None:
        raise Http404
    if not found.permission_helper.user_can_list(request.user):
        raise PermissionDenied
    return found


def _back(register: Register, query: str) -> HttpResponse:
    return HttpResponseRedirect(f"{register.url_helper.index_url}?{query or 'all=1'}")
