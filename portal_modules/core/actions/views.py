"""Keeping views of registers."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import NotAllowed, Refusal
from portal_modules.core.models import SavedView, UsualView
from portal_modules.core.models.views import LONGEST_QUERY

MOST_VIEWS = 50


class NameTaken(Refusal):
    """One person has two views of a register under one name."""

    sentence = _("You have a view of this name already.")


class NameMissing(Refusal):
    """A view without a name."""

    sentence = _("Give the view a name of at most 60 letters.")


class TooLong(Refusal):
    """What is asked for does not fit."""

    sentence = _("There are too many filters to keep. Take some away.")


class TooMany(Refusal):
    """Nobody finds anything in a hundred views."""

    sentence = _("You have fifty views of this list. Take one away before you keep another.")


@transaction.atomic
def keep_view(
    register: str, *, by: Any, name: str, query: str, is_shared: bool = False, is_usual: bool = False
) -> SavedView:
    """Keep a list as it is seen now, for oneself or for everybody."""
    _may_share(by, is_shared)
    mine = SavedView.objects.filter(register=register, owner=by)
    name = _checked(name, mine)
    if len(query) > LONGEST_QUERY:
        raise TooLong
    if mine.count() >= MOST_VIEWS:
        raise TooMany
    view: SavedView = SavedView.objects.create(
        register=register, owner=by, name=name, query=query, is_shared=is_shared
    )
    if is_usual:
        begin_with(view, by=by)
    return view


@transaction.atomic
def change_view(
    view: SavedView,
    *,
    by: Any,
    name: str | None = None,
    query: str | None = None,
    is_shared: bool | None = None,
) -> SavedView:
    """Give it another name or another content, or share it. One's own; what is shared, whoever may share."""
    view = _locked(view, by)
    if is_shared is not None and is_shared != view.is_shared:
        _may_share(by, True)
        view.is_shared = is_shared
        if not is_shared:
            UsualView.objects.filter(view=view).exclude(user=view.owner_id).delete()
    if name is not None:
        others = SavedView.objects.filter(register=view.register, owner=view.owner_id).exclude(pk=view.pk)
        view.name = _checked(name, others)
    if query is not None:
        if len(query) > LONGEST_QUERY:
            raise TooLong
        view.query = query
    view.save(update_fields=["name", "query", "is_shared"])
    return view


@transaction.atomic
def drop_view(view: SavedView, *, by: Any) -> None:
    """Take it away."""
    _locked(view, by).delete()


@transaction.atomic
def begin_with(view: SavedView, *, by: Any) -> None:
    """Have the register begin with this view, for this person."""
    UsualView.objects.update_or_create(register=view.register, user=by, defaults={"view": view})


@transaction.atomic
def begin_as_usual(register: str, *, by: Any) -> None:
    """Have the register begin with everything again."""
    UsualView.objects.filter(register=register, user=by).delete()


def _locked(view: SavedView, by: Any) -> SavedView:
    locked: SavedView = SavedView.objects.select_for_update(no_key=True).get(pk=view.pk)
    if locked.owner_id != by.pk:
        _may_share(by, True)
        if not locked.is_shared:
            raise NotAllowed
    return locked


def _may_share(by: Any, is_shared: bool) -> None:
    if is_shared and not by.has_perm("core.change_savedview"):
        raise NotAllowed


def _checked(name: str, others: Any) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not 1 <= len(name) <= 60:
        raise NameMissing
    if others.filter(name=name).exists():
        raise NameTaken
    return name
