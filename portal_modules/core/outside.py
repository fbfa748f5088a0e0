"""Answers that wait for somebody outside, such as a payment provider, while no transaction is held for them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone, translation


class LaterRedirect(HttpResponse):
    """A redirect whose address is found when the request's transaction is over.

    The view declares what has to be asked, and `ScopeMiddleware` asks it after the commit. `find` opens scopes
    for itself around whatever it reads or writes, and has to know what it is about: the request's scope is gone,
    and only its language and time zone are as they were. It says where to go to in every case, also in a bad one.
    """

    status_code = 303

    def __init__(self, find: Callable[[], str]) -> None:
        super().__init__()
        self._find = find
        self._language = translation.get_language()
        self._zone = timezone.get_current_timezone()

    def go(self) -> None:
        """Find the address."""
        with translation.override(self._language), timezone.override(self._zone):
            self["Location"] = self._find()
