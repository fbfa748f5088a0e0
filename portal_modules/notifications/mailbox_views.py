"""The mailbox of the demonstration, where the mails to all its people can be read."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .mailbox import KeptMail, find_mail, kept_mails

PAGE_SIZE = 30
# Its own styles, pictures from anywhere, and no script; links open beside the mailbox.
_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src 'self' data: https:; frame-ancestors 'self'"
)


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first; `?to=` shows those of one address, `?format=json` is for programs."""
    to = request.GET.get("to", "")
    mails = list(kept_mails(to))
    if request.GET.get("format") == "json":
        return JsonResponse([mail.as_json() for mail in mails], safe=False)
    page = Paginator(mails, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notifications/mailbox.html", {"page": page, "to": to})


@require_safe
def mailbox_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: who, what, and both of its parts."""
    mail = _find(name)
    if request.GET.get("format") == "json":
        return JsonResponse(mail.as_json())
    return render(request, "notifications/mailbox_mail.html", {"mail": mail})


@require_safe
def mailbox_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part by itself, in a sandbox: it is text from outside."""
    response = HttpResponse(f'<base target="_blank">{_find(name).html}')
    response.headers["Content-Security-Policy"] = _MAIL_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _find(name: str) -> KeptMail:
    mail = find_mail(name)
    if mail is None:
        raise Http404
    return mail
