"""Addresses of hooks that break, for the test of what is answered then."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.exceptions import SuspiciousOperation
from django.urls import path


def breaks(_request: Any) -> NoReturn:
    raise RuntimeError("a fault of ours")


def refuses(_request: Any) -> NoReturn:
    raise SuspiciousOperation("a request of theirs")


urlpatterns = [path("hooks/breaks/", breaks), path("hooks/refuses/", refuses)]
