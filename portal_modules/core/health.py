"""Is the process alive, and can it serve? For the proxy and the watch, not for people."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal_modules.core.companies import find_company, find_company_of_host, host_alias
from portal_modules.core.hosts import LONGEST


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("live\n", content_type="text/plain; charset=utf-8")


@require_safe
def host(request: HttpRequest) -> HttpResponse:
    """Whether a host name (`?domain=`) is a company's: the proxy asks before it gets a certificate for it."""
    name = request.GET.get("domain", "").lower()[:LONGEST]
    alias = host_alias(name)
    found = find_company(alias=alias) if alias else find_company_of_host(name)
    text = "known\n" if found else "unknown\n"
    return HttpResponse(text, status=200 if found else 404, content_type="text/plain; charset=utf-8")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has been migrated. Redis may be gone: pages work without."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select to_regprocedure('core_find_company(text, text)') is not null")
            migrated = cursor.fetchone()[0]
    except DatabaseError:
        migrated = False
    text = "ready\n" if migrated else "not ready: the database does not answer, or is not migrated\n"
    return HttpResponse(text, status=200 if migrated else 503, content_type="text/plain; charset=utf-8")
