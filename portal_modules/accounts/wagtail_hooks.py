"""What the accounts add to the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from portal_modules.accounts import (
    invitations,
    staff_access,
    staff_codes,
    staff_doors,
    staff_requests,
    staff_sharing,
    staff_waiting,
    team,
    viewing,
    waves,
)
from portal_modules.accounts.admin import LegalTextCatalogue
from portal_modules.accounts.exceptions import AlreadyPublished
from portal_modules.accounts.models import LegalText
from portal_modules.accounts.staff_account import name_people_as_we_do
from portal_modules.core.rights import may

name_people_as_we_do()


@hooks.register("register_account_menu_item")
def protection_of_the_account(request: HttpRequest) -> dict[str, Any]:
    """From one's account in the back office to its second factor and sessions."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor and sessions"),
        "help_text": _("Protect your login with an app or a security key, and see where you are signed in."),
    }


@hooks.register("register_admin_urls")
def access_urls() -> list[Any]:
    """Letting people in."""
    return [
        path(
            "access/contact/<int:pk>/<slug:verb>/",
            staff_access.contact_access,
            name="accounts_contact_access",
        ),
        path("access/code/<int:pk>/", staff_codes.access_code, name="accounts_access_code"),
        path("access/waiting/", staff_waiting.waiting, name="accounts_waiting"),
        path("access/waiting/<int:pk>/lift/", staff_waiting.lift, name="accounts_lift"),
        path("access/requests/", staff_requests.requests, name="accounts_requests"),
        path("access/requests/<uuid:pk>/<slug:verb>/", staff_requests.answer, name="accounts_request_answer"),
        path("access/share/<int:pk>/", staff_sharing.choose_record, name="accounts_share_choose"),
        path("access/share/<uuid:pk>/revoke/", staff_sharing.revoke, name="accounts_revoke_share"),
        path("access/share/<str:record_type>/<uuid:pk>/", staff_sharing.share, name="accounts_share"),
        path("access/view-as/<int:pk>/", viewing.view_as, name="accounts_view_as"),
        path("our-company/ways-in/", staff_doors.ways_in, name="accounts_ways_in"),
        path("our-company/ways-in/preview/", staff_doors.ways_in_preview, name="accounts_ways_in_preview"),
        path("access/invitations/", invitations.invitations, name="accounts_invitations"),
        path("access/invitations/new/", waves.invite_many, name="accounts_invite_many"),
        path("access/invitations/<uuid:pk>/", waves.wave, name="accounts_wave"),
        path("access/invitations/<uuid:pk>/remind/", waves.remind, name="accounts_remind"),
        path("our-company/team/", team.team, name="accounts_team"),
        path("our-company/team/<int:pk>/role/", team.change_role, name="accounts_change_role"),
        path("our-company/team/<int:pk>/end/", team.end_work, name="accounts_end_work"),
        path(
            "our-company/team/invitation/<uuid:pk>/<slug:verb>/",
            team.invitation,
            name="accounts_staff_invitation",
        ),
    ]


class InvitationsMenuItem(MenuItem):
    """Shown to whoever lets people in."""

    def is_shown(self, request: Any) -> bool:
        """May they?"""
        return may(request.user, staff_access.RIGHT)


@hooks.register("register_admin_menu_item")
def invitations_menu_item() -> MenuItem:
    """Who was invited, and who came."""
    return InvitationsMenuItem(
        gettext_lazy("Invitations"), reverse("accounts_invitations"), icon_name="mail", order=201
    )


@hooks.register("before_edit_snippet")
def published_texts_are_not_edited(request: HttpRequest, instance: Any) -> Any:
    """A version that is out is looked at, and a new one is written."""
    if isinstance(instance, LegalText) and instance.is_published:
        messages.warning(request, str(AlreadyPublished()))
        return redirect("wagtailsnippets_accounts_legaltext:inspect", instance.pk)
    return None


register_snippet(LegalTextCatalogue)
