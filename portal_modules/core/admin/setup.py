"""The company's own pages: its card and look, and how it is reached."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseModelFormSet, modelformset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal_modules.core.actions import change_company, log
from portal_modules.core.logos import drawn_anew
from portal_modules.core.models import Channel, Company, SocialLink
from portal_modules.core.palette import build_palette, parse_colour
from portal_modules.core.scope import current_scope
from portal_modules.core.tax_ids import InvalidTaxId, normalize

RIGHT = "core.change_company"
View = Callable[..., HttpResponse]


def for_managers(view: View) -> View:
    """Refuse whoever does not run the company."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.company is None or not request.user.has_perm(RIGHT):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class OurCompanyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes no argument
    """What every page and mail says of the company, and its look."""

    remove_logo = forms.BooleanField(label=gettext_lazy("Show the name instead of a logo"), required=False)

    class Meta:
        model = Company
        fields = ["name", "legal_name", "tax_id", "address", "time_zone", "color", "logo"]
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3}),
            "color": forms.TextInput(attrs={"type": "color", "data-balcao-colour": ""}),
            "logo": forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["remove_logo"]

    def clean_tax_id(self) -> str:
        """Checked by the rule of its country, and kept bare."""
        typed: str = self.cleaned_data["tax_id"]
        try:
            return normalize(self.instance.country, typed) if typed else ""
        except InvalidTaxId as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean_logo(self) -> Any:
        """A new picture is drawn anew; the one that is there stays."""
        chosen = self.cleaned_data["logo"]
        return drawn_anew(chosen) if chosen and "logo" in self.files else self.instance.logo

    def values(self) -> dict[str, Any]:
        """The fields that were changed."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.changed_data}
        if self.cleaned_data.get("remove_logo") and "logo" not in found:
            found["logo"] = ""
        return found


@for_managers
def our_company(request: Any) -> HttpResponse:
    """Name, address, logo and colour."""
    # A row of its own: the form must not touch the one that this page's frame shows.
    company = Company.objects.get(pk=request.company.pk)
    form = OurCompanyForm(request.POST or None, request.FILES or None, instance=company)
    if request.method == "POST" and form.is_valid():
        change_company(company, by=request.user, **form.values())
        messages.success(request, _("Saved. Your pages show it from now on."))
        return redirect("core_our_company")
    palette = build_palette(request.company.color)
    context = {"form": form, "changes": [change.sentence for change in palette.changes], "tab": "company"}
    return render(request, "core/admin/our_company.html", context, status=422 if form.errors else 200)


@for_managers
@require_safe
def sample_css(request: Any) -> HttpResponse:
    """The tones that a colour gives, for the sample beside its field."""
    try:
        parse_colour(request.GET.get("colour", ""))
    except ValueError:
        raise Http404 from None
    palette = build_palette(request.GET["colour"])
    rules = [
        f".balcao-sample--{theme}{{--sample-brand:{tones.brand};--sample-on:{tones.on_brand};"
        f"--sample-text:{tones.brand_text};--sample-soft:{tones.brand_soft};--sample-border:{tones.border}}}"
        for theme, tones in (("light", palette.light), ("dark", palette.dark))
    ]
    response = HttpResponse("".join(rules), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


class _OfThisCompany(BaseModelFormSet):  # type: ignore[type-arg]
    """New rows belong to the company that is worked in."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django's stubs leave it out
        if form.instance.pk is None:
            form.instance.company_id = current_scope().company
        return form


def _formset(model: Any, fields: list[str]) -> type[Any]:
    return modelformset_factory(
        model, fields=fields, formset=_OfThisCompany, extra=2, can_delete=True, max_num=40, validate_max=True
    )


ChannelFormSet = _formset(Channel, ["purpose", "kind", "value", "menu_path", "hours", "position"])
SocialLinkFormSet = _formset(SocialLink, ["network", "url", "position"])


@for_managers
def our_channels(request: Any) -> HttpResponse:
    """How customers reach the company, by purpose, and where else it is found."""
    data = request.POST or None
    channels = ChannelFormSet(data, queryset=Channel.objects.all(), prefix="channels")
    links = SocialLinkFormSet(data, queryset=SocialLink.objects.all(), prefix="links")
    # Both are looked at, so that everything that is wrong is said at once.
    are_right = [request.method == "POST" and each.is_valid() for each in (channels, links)]
    if all(are_right):
        channels.save()
        links.save()
        log("core.change_channels", request.company, by=request.user)
        messages.success(request, _("Saved. Your pages show it from now on."))
        return redirect("core_our_channels")
    is_wrong = request.method == "POST"
    context = {"channels": channels, "links": links, "is_wrong": is_wrong, "tab": "channels"}
    return render(request, "core/admin/our_channels.html", context, status=422 if is_wrong else 200)
