"""From the address to the walls: which company, who is looking, which rows, which language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django_scopes import scope

from portal_modules.core import companies, factors, looking, sections, viewing
from portal_modules.core.access import Access, ActorKind, Level
from portal_modules.core.admin.own_zone import know_the_profile
from portal_modules.core.doors import ask_staff_to_sign_in, at_staff_door, owes_proof
from portal_modules.core.errors import bad_request, not_found, only_looking
from portal_modules.core.hosts import bare, is_of_platform
from portal_modules.core.languages import PUBLIC_LANGUAGES, best_language, language_in_path, spoken_language
from portal_modules.core.modules import modules
from portal_modules.core.outside import LaterRedirect
from portal_modules.core.proof import ask_for_more_proof, needed_level, shut_to
from portal_modules.core.redirects import moved
from portal_modules.core.scope import PORTAL, STAFF, VISITOR, Scope, carried_stream, database_scope, narrow

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Addresses that belong to the installation, not to a company: they do not exist below /p/<alias>/.
PLATFORM_PATHS = ("/admin/", "/api/", "/hooks/", "/health/", "/static/", "/media/", "/demo/")
# Addresses that touch no walled table: no transaction is opened for them.
UNSCOPED_PATHS = ("/static/", "/media/", "/health/")


class KnownHostMiddleware:
    """Answers at the platform's own names and at those that companies have proved; any other is a bad request.

    It stands first: what comes after it may build addresses from the host name.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.host_company = None
        name = bare(request.get_host())  # an evil Host ends here, before any work
        if not is_of_platform(name) and not request.path_info.startswith("/health/"):
            request.host_company = companies.find_company_of_host(name)
            if request.host_company is None:
                return bad_request(request)
        return self.get_response(request)


class CompanyPathMiddleware:
    """Takes `/p/<alias>` off the path and makes it the prefix of every address that the request builds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.alias = None
        before = get_script_prefix()
        parts = request.path_info.split("/", 3)
        if len(parts) > 2 and parts[1] == "p" and parts[2]:
            if len(parts) == 3:
                return HttpResponseRedirect(f"{request.path_info}/")
            request.alias, rest = parts[2], f"/{parts[3]}"
            if rest.startswith(PLATFORM_PATHS):
                return not_found(request)
            prefix = f"{request.META.get('SCRIPT_NAME', '')}/p/{request.alias}"
            request.META["SCRIPT_NAME"] = prefix
            request.META["PATH_INFO"] = request.path_info = rest
            request.path = prefix + rest
            set_script_prefix(f"{prefix}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)


class ScopeMiddleware:
    """One transaction a request, entered as nobody and narrowed as soon as more is known.

    It stands outside the session's middleware, because the session is read before anybody is known and
    saved on the way out. A 5xx rolls back everything but what `core.connections.aside` wrote.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.card = None
        request.company = None
        request.access = Access()
        if request.path_info.startswith(UNSCOPED_PATHS):
            return self.get_response(request)
        host = request.get_host()
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        with database_scope(Scope()):
            response: Any = self._answer(request, host)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            if response.streaming and not getattr(response, "file_to_stream", None):
                response.streaming_content = carried_stream(response.streaming_content)
        if isinstance(response, LaterRedirect):
            response.go()
        return response

    def _answer(self, request: Any, host: str) -> HttpResponseBase:
        if request.path_info.startswith(PLATFORM_PATHS):
            narrow(role=PORTAL)
            return self.get_response(request)
        found = companies.find_company(alias=request.alias, host=None if request.alias else host)
        if request.host_company:
            if request.alias and request.host_company != found:
                return not_found(request)  # at its own name a company is alone
            if request.alias:
                return moved(request, "")
            found = request.host_company
        if found is None and (alias := request.alias or companies.host_alias(host)):
            now = companies.alias_now(alias)
            return moved(request, now) if now else not_found(request)
        found = found or companies.only_company()
        if found is None:
            narrow(role=PORTAL)
            return self.get_response(request)
        # Without a session nobody becomes known: the request stays a visitor's from here on.
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        narrow(role=PORTAL if known else VISITOR, **found.walls())
        request.card = companies.card_of(found)
        request.company = request.card.company
        request._wagtail_site = request.card.site
        with scope(company=request.company), companies.at_hand(request.card):
            return self.get_response(request)


class LanguageMiddleware:
    """The language of the address; else what was chosen, else what the browser asks for.

    The company's country decides which Portuguese is spoken, and its time zone which day it is.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        company = request.company
        public = language_in_path(request.path_info)
        offered = company.languages if company else list(PUBLIC_LANGUAGES)
        if public and public not in offered:
            return not_found(request)
        request.public_language = public or best_language(request.headers.get("Accept-Language", ""), offered)
        spoken = spoken_language(request.public_language, company.country if company else "BR")
        request.LANGUAGE_CODE = spoken
        with translation.override(spoken), timezone.override(company.time_zone if company else None):
            response = self.get_response(request)
            if public:
                response.headers.setdefault("Content-Language", translation.get_language() or spoken)
            else:
                patch_vary_headers(response, ("Accept-Language",))
            return response


class AccessMiddleware:
    """Who is looking: narrows the walls to what they may see, and refuses what is not theirs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if request.path_info.startswith(UNSCOPED_PATHS):
            return self.get_response(request)
        if request.path_info.startswith("/admin/"):
            return self._staff(request)
        if request.company:
            self._look(request)
        if request.access.viewed_by is not None:
            return self._only_look(request)
        return self.get_response(request)

    def _only_look(self, request: Any) -> HttpResponseBase:
        """What staff see who look as a customer: PostgreSQL itself refuses whatever would change something."""
        if request.method not in {"GET", "HEAD", "OPTIONS"} or viewing.is_closed_to_viewing(
            request.path_info
        ):
            return only_looking(request)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction read only")
            return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """A page that writes something when it is opened is not for whoever only looks."""
        if request.access.viewed_by is None or not viewing.wanted_to_write(exception):
            return None
        transaction.set_rollback(True)
        return only_looking(request)

    def _look(self, request: Any) -> None:
        """Public pages and the customer's area of one company."""
        session = request.session
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if known and session.get("_auth_user_id") and request.user.is_authenticated:
            request.access = (
                not viewing.is_end(request.path_info) and viewing.access_of_viewing(request, request.company)
            ) or looking.access_of_user(session, request.user.pk, request.company)
            if shut := shut_to(request.card, request.access.level):
                request.access = replace(request.access, shut=shut)
        elif known:
            request.access = looking.access_of_visitor(session, request.company)
        else:
            request.access = Access(company=request.company)
        access = request.access
        if access.actor in {ActorKind.CONTACT, ActorKind.ACCESS_CODE}:
            narrow(role=PORTAL, customers=tuple(access.customer_ids))
            if access.viewed_by is not None:
                request.user = AnonymousUser()  # nothing of the customer's people is the staff's own
        elif request.alias is None and self._is_at_own_login(request):
            # A host with one company: the pages of one's own login are the platform's for whoever works there.
            narrow(role=PORTAL, customers=(), records=())
            request.card = request.company = None
        else:
            # Signed in at another company of this host, or not at all: a stranger here.
            request.user = AnonymousUser()
            narrow(role=VISITOR, records=access.records)

    def _is_at_own_login(self, request: Any) -> bool:
        """Does somebody of the staff look after their own password, factors or sessions?"""
        if not factors.is_own_login(request.path_info) or not request.user.is_authenticated:
            return False
        return bool(companies.workplaces_of(request.user.pk)) or request.user.is_superuser

    def _staff(self, request: Any) -> HttpResponseBase:
        """The back office: one company at a time, the one chosen in the session."""
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return self.get_response(request)
        if not at_staff_door(request) and owes_proof(request):
            return ask_staff_to_sign_in(request)
        workplaces = companies.workplaces_of(user.pk)
        chosen = request.session.get("company")
        place = next((each for each in workplaces if each.company.id == chosen), None)
        if place is None and workplaces:
            place = workplaces[0]
        request.workplaces = workplaces
        if place is None:
            return self._outside_companies(request)
        narrow(role=STAFF, **place.company.walls())
        request.card = companies.card_of(place.company)
        request.company = company = request.card.company
        request._wagtail_site = request.card.site
        if not at_staff_door(request) and factors.staff_lack_factor(request, request.card, place.role):
            return HttpResponseRedirect(reverse("staff_factor"))
        user.staff_role, user.staff_modules = place.role, request.card.modules
        know_the_profile(user)
        request.access = Access(company=company, actor=ActorKind.STAFF, user_id=user.pk)
        spoken = company.spoken(user.language or company.language)
        with (
            scope(company=company),
            companies.at_hand(request.card),
            translation.override(spoken),
            timezone.override(company.time_zone),
        ):
            return self.get_response(request)

    def _outside_companies(self, request: Any) -> HttpResponseBase:
        """Nobody's staff. An administrator of the platform chooses a company first; others are strangers."""
        allowed = (
            "/admin/companies/",
            "/admin/sign-in/",
            "/admin/logout/",
            "/admin/jsi18n/",
            "/admin/sprite",
        )
        if request.user.is_superuser and not request.path_info.startswith(allowed):
            return redirect("/admin/companies/")
        if request.user.is_superuser:
            narrow(role=STAFF)  # of no company: Wagtail's frame asks many tables, and finds nothing
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A module that is off has no addresses; a page tells which proof it needs, or it is not shown."""
        lacks_factor = request.company is not None and factors.customers_lack_factor(
            request.card, request.access
        )
        if lacks_factor and factors.is_private(request, view):
            return ask_for_more_proof(request, view, Level.SECOND_FACTOR)
        match = request.resolver_match
        label = match.namespaces[0] if match and match.namespaces else ""
        if label not in modules:
            return None
        if request.company is None or label not in request.card.modules:
            raise Http404
        needed = getattr(view, "required_level", None)
        if needed is None:
            raise Http404(f"{match.view_name} does not say which level it needs")
        needed = needed_level(request.card, label, needed, modules.guarding(match.view_name))
        if request.access.level < needed:
            return ask_for_more_proof(request, view, needed)
        if needed > Level.SHARE_LINK and not sections.is_there(label, request.access):
            raise Http404
        return None


class PrivatePagesMiddleware:
    """Nothing is kept by a browser or proxy, except what a view has said may be."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and not request.path_info.startswith(UNSCOPED_PATHS):
            patch_cache_control(response, private=True, no_store=True)
        return response


class HistoryMiddleware:
    """Tells the history by trigger who changed a row, and from which page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if request.method in {"GET", "HEAD", "OPTIONS"} or request.path_info.startswith(UNSCOPED_PATHS):
            return self.get_response(request)
        user = getattr(request, "user", None)
        with pghistory.context(user=user.pk if user and user.is_authenticated else None, url=request.path):
            return self.get_response(request)
