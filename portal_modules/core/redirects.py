"""Where a form may send somebody afterwards: only inside the company they are with.

Several companies share a host under `/p/<alias>/`, so "the same host", which is all that Django's check
promises, still lets a link lead from one company's door to another's pages.
"""

import re
from typing import Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.encoding import escape_uri_path
from django.utils.http import url_has_allowed_host_and_scheme

# Longer than any page address of the portal.
MAX_LENGTH: Final = 2000
COMPANIES_PREFIX: Final = "/p/"

# Control characters and line separators, which browsers drop or obey, and the backslash they read as a slash.
_FORBIDDEN: Final = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\\\\]")


class SeeOther(HttpResponseRedirect):
    """303: the answer to a form stands at another address, and is fetched with GET."""

    status_code = 303


class MovedAsItIs(HttpResponseRedirect):
    """308: moved for good, and asked again with the same method and the same body."""

    status_code = 308


def moved(request: Any, alias: str) -> HttpResponse:
    """To the same page where its company is now: at another alias, or, with "", at this host without one.

    Everything but the alias and the path comes from the settings, so nobody is led elsewhere.
    """
    path = escape_uri_path(request.path_info)
    if query := request.META.get("QUERY_STRING", ""):
        path = f"{path}?{query}"
    if request.alias:
        before = request.META.get("SCRIPT_NAME", "").removesuffix(f"/p/{request.alias}")
        address = f"{before}/p/{alias}{path}" if alias else f"{before}/{path.lstrip('/')}"
    else:
        _name, colon, port = request.get_host().partition(":")
        address = f"{request.scheme}://{alias}.{settings.PLATFORM_HOST}{colon}{port}{path}"
    is_reading = request.method in {"GET", "HEAD"}
    return HttpResponsePermanentRedirect(address) if is_reading else MovedAsItIs(address)


def safe_next(candidate: str | None, *, prefix: str, hosts: set[str], default: str) -> str:
    """The path to go on to, or `default` where the candidate leads anywhere else.

    `prefix` is the company's ("/p/castro-lima/", or "/" on a host of its own); `hosts` are the names under
    which the request may be answered: an absolute address on one of them is brought down to its path. With
    the prefix "/", `/admin/` is inside and every `/p/<alias>/` is another company's. `default` is trusted.
    """
    if not (prefix.startswith("/") and prefix.endswith("/")):
        raise ValueError(f"a prefix begins and ends with a slash, {prefix!r} does not")
    if not candidate or len(candidate) > MAX_LENGTH or _FORBIDDEN.search(candidate):
        return default
    if not url_has_allowed_host_and_scheme(candidate, allowed_hosts=hosts):
        return default
    local = _without_host(candidate)
    return local if _stays_inside(local, prefix) else default


def _without_host(candidate: str) -> str:
    parts = urlsplit(candidate)
    return urlunsplit(("", "", parts.path, parts.query, parts.fragment)) if parts.netloc else candidate


def _stays_inside(local: str, prefix: str) -> bool:
    """Judged as it stands and decoded once and twice: a proxy or view may decode before it routes."""
    path = re.split(r"[?#]", local, maxsplit=1)[0]
    rest = local.removeprefix(path)
    once, twice = unquote(path), unquote(unquote(path))
    return all(_is_inside(reading, prefix) for reading in (path, once, twice)) and not any(
        _hides_control(reading) for reading in (once, twice, unquote(rest), unquote(unquote(rest)))
    )


def _is_inside(path: str, prefix: str) -> bool:
    segments = {segment.partition(";")[0] for segment in path.split("/")}
    return (
        path.startswith(prefix)
        and not (prefix == "/" and path.startswith(COMPANIES_PREFIX))
        and "//" not in path
        and not {".", ".."} & segments
    )


def _hides_control(decoded: str) -> bool:
    # A blank is refused raw and harmless encoded: people search for two words.
    return _FORBIDDEN.search(decoded.replace(" ", "")) is not None
