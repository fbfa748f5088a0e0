"""What staff can do with a record, as buttons on its page: nobody opens a form of all fields for daily work.

A register names its verbs; each is offered where it is possible now, and calls one action. What the action
refuses is said beside the button, and what was typed stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.admin.registers import RegisterInspectView
from portal_modules.core.beside import staff_parts
from portal_modules.core.exceptions import Refusal

Text = str | Promise


class VerbForm(forms.Form):
    """What a verb asks for; `row` is the record that it is about."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row


def always(row: Any) -> bool:
    """A verb that is possible in every state."""
    return True


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing to do with a record: `do(row, data, by)` calls the action with what the form gave."""

    name: str
    label: Text
    do: Callable[[Any, dict[str, Any], Any], Any]
    is_possible: Callable[[Any], bool] = always
    form: type[VerbForm] = VerbForm
    done: Text = gettext_lazy("Done.")

    def new_form(self, row: Any, data: Any = None) -> VerbForm:
        """Its form; the fields of several on one page are told apart by its name."""
        return self.form(data, row=row, prefix=self.name, auto_id=f"id_{self.name}_%s")


class VerbInspectView(RegisterInspectView):
    """One row to read, with what can be done with it, and what stands beside it."""

    verbs: ClassVar[Sequence[Verb]] = ()

    def get_template_names(self) -> list[str]:
        """The page with buttons."""
        return ["core/admin/record.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The forms of what is possible now, for those who may."""
        tried: VerbForm | None = kwargs.pop("tried", None)
        may_act = self.permission_helper.user_can_edit_obj(self.request.user, self.instance)
        possible = [verb for verb in self.verbs if may_act and verb.is_possible(self.instance)]
        forms_shown = [
            tried if tried is not None and tried.prefix == verb.name else verb.new_form(self.instance)
            for verb in possible
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "verbs": list(zip(possible, forms_shown, strict=True)), "beside": self._beside()}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do one of them."""
        if not self.permission_helper.user_can_edit_obj(request.user, self.instance):
            raise PermissionDenied
        verb = next((each for each in self.verbs if each.name == request.POST.get("verb")), None)
        if verb is None:
            return self._page(None)
        form = verb.new_form(self.instance, request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            if not verb.is_possible(self.instance):
                raise Refusal(_("This cannot be done any more: somebody else was quicker."))
            with transaction.atomic():
                verb.do(self.instance, form.cleaned_data, request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            self.instance.refresh_from_db()
            if not verb.is_possible(self.instance):
                messages.error(request, str(refusal))
            return self._page(form)
        messages.success(request, str(verb.done))
        return HttpResponseRedirect(request.get_full_path())

    def _page(self, form: VerbForm | None) -> HttpResponse:
        context = self.get_context_data(tried=form)
        return self.render_to_response(context, status=422)

    def _beside(self) -> SafeString:
        return staff_parts.render(self.request, self.instance)
