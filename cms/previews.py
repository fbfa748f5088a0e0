"""Previews: a page as each of its audiences would see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django_scopes import get_scope

from cms.audiences import NUMBER_HOLDER, STRANGER, Audience, ForAudience, Reader
from portal_modules.core.addresses import below
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.customers.models import CustomerGroup

VISITOR, NUMBER, CUSTOMER = "visitor", "number", "customer"
_GROUP = "group-"
_ALL = frozenset({Audience.EVERYONE, Audience.NUMBERS, Audience.CUSTOMERS})


def reader_for(mode: str) -> Reader:
    """The reader of a mode; what is no mode is a visitor."""
    if mode == NUMBER:
        return NUMBER_HOLDER
    if mode == CUSTOMER:
        return Reader(_ALL)
    group = mode.removeprefix(_GROUP)
    if mode.startswith(_GROUP) and group.isdigit():
        return Reader(_ALL, frozenset({int(group)}))
    return STRANGER


class PreviewedAsReader:
    """A page that can be looked at as a visitor, as somebody with a number, as a customer, and as one of each group."""

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The readers to choose from; first the one whom the page is for."""
        modes = [
            (VISITOR, _("As a visitor")),
            (NUMBER, _("As somebody with a number")),
            (CUSTOMER, _("As a customer")),
        ]
        if "company" in get_scope():
            groups = CustomerGroup.objects.order_by("name").values_list("pk", "name")
            words = _("As a customer of the group %(name)s")
            modes += [(f"{_GROUP}{pk}", words % {"name": name}) for pk, name in groups]
        return sorted(modes, key=lambda mode: not self._is_for(mode[0]))

    def _is_for(self, mode: str) -> bool:
        return not isinstance(self, ForAudience) or reader_for(mode).may_read(self)

    def serve_preview(self, request: Any, mode_name: str) -> HttpResponse:
        """The page, or that this reader does not see it. Behind the wall of customers: the reader decides."""
        request.reader = reader_for(mode_name)
        # The frame stands in the back office, whose addresses name no company.
        with company_scope(request.company, PORTAL), below(request.company.path_prefix):
            if self._is_for(mode_name):
                answer: HttpResponse = super().serve_preview(request, mode_name)  # type: ignore[misc]  # a page's
            else:
                answer = _not_shown(request, self)
            if isinstance(answer, TemplateResponse):
                answer.render()
        return answer


def _not_shown(request: HttpRequest, page: Any) -> HttpResponse:
    return TemplateResponse(request, "cms/not_for_reader.html", {"page": page})
