"""The catalogue of terms and privacy notices: written as drafts, published once, kept for ever."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import BaseButton
from wagtail.snippets.views.snippets import IndexView

from portal_modules.core.admin import Catalogue, CompanyModelForm
from portal_modules.core.admin.catalogues import RightsPermissionPolicy
from portal_modules.core.exceptions import Refusal
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.rights import may

from .actions import publish_text, refuse_draft, write_draft
from .models import LegalText

EDIT = "accounts.edit"


class LegalTextForm(CompanyModelForm):
    """A draft. Its kind is chosen once, because its number counts within the kind."""

    instance: LegalText

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.fields["kind"].disabled = True

    def clean(self) -> dict[str, Any]:
        """The action's refusals, beside the kind."""
        data: dict[str, Any] = super().clean()
        if kind := data.get("kind"):
            draft = LegalText(pk=self.instance.pk, kind=kind, company_id=self.instance.company_id)
            try:
                refuse_draft(draft)
            except Refusal as refusal:
                self.add_error("kind", str(refusal))
        return data

    def save(self, commit: bool = True) -> LegalText:
        """Keep it, with its number."""
        text: LegalText = super().save(commit=False)
        return write_draft(text)


class NobodyDeletes(RightsPermissionPolicy):
    """What was published stays for ever, and a draft becomes the next version."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As by role, but for deleting."""
        return action != "delete" and super().user_has_permission(user, action)


class LegalTextList(IndexView):
    """All versions; a draft has the button that puts it out."""

    def get_list_buttons(self, instance: LegalText) -> list[Any]:
        """Publish first, the rest in the menu."""
        buttons: list[Any] = super().get_list_buttons(instance)
        if instance.is_published or not may(self.request.user, EDIT):
            return buttons
        url = reverse(LegalTextCatalogue.publish_name, args=[instance.pk])
        return [BaseButton(_("Publish"), url=url, classname="button button-small"), *buttons]

    def get_edit_url(self, instance: LegalText) -> str | None:
        """Only drafts are written on."""
        return None if instance.is_published else super().get_edit_url(instance)


class LegalTextCatalogue(Catalogue):
    """Terms and privacy notices, by version."""

    model = LegalText
    icon = "doc-full"
    menu_label = gettext_lazy("Terms and privacy")
    menu_order = 890
    view_right = "accounts.view"
    edit_right = EDIT
    policy_class = NobodyDeletes
    base_form_class = LegalTextForm
    index_view_class = LegalTextList
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "version", "published_at", "published_by", "must_accept"] + [
        f"{field}_{code}" for code in PUBLIC_LANGUAGES for field in ("changes", "body")
    ]
    translated = ("body", "changes")
    common_panels = (FieldPanel("kind"), FieldPanel("must_accept"))
    list_display = (
        "__str__",
        BooleanColumn("must_accept", label=gettext_lazy("has to be accepted")),
        "published_at",
    )
    ordering = ("kind", "-version")
    publish_name = "wagtailsnippets_accounts_legaltext:publish"

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the page that puts a draft out."""
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [*patterns, path("publish/<int:pk>/", publish, name="publish")]


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Any, pk: int) -> HttpResponse:
    """What follows from publishing, and the button."""
    if not may(request.user, EDIT):
        raise PermissionDenied
    text = get_object_or_404(LegalText.objects.drafts(), pk=pk)
    list_url = reverse("wagtailsnippets_accounts_legaltext:list")
    if request.method != "POST":
        return render(request, "accounts/admin/publish.html", {"text": text, "list_url": list_url})
    try:
        publish_text(text, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(text)s is published.") % {"text": text})
    return HttpResponseRedirect(list_url)
