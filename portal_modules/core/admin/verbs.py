"""The page of a record for staff: its state, what can be done with it, its facts, and what stands beside it.

A register names its verbs; each is offered as a button where it is possible now, and calls one action. What
the action refuses is said in the form, and what was typed stays. Nobody opens a form of all fields for daily
work.
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
from django.utils import translation
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from portal_modules.core.admin.registers import RegisterInspectView
from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may

Text = str | Promise
LOG_ACTION = "balcao.verb"


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
    """One thing to do with a record: `do(row, data, by)` calls the action with what the form gave.

    `preview` does the same, and shows what came of it instead of keeping it. `right` is for what others do than those
    who may change the row.
    """

    name: str
    label: Text
    do: Callable[[Any, dict[str, Any], Any], Any]
    is_possible: Callable[[Any], bool] = always
    form: type[VerbForm] = VerbForm
    done: Text = gettext_lazy("Done.")
    preview: Callable[[Any, dict[str, Any], Any], SafeString] | None = None
    right: str = ""

    def new_form(self, row: Any, data: Any = None) -> VerbForm:
        """Its form; the fields of several on one page are told apart by its name."""
        return self.form(data, row=row, prefix=self.name, auto_id=f"id_{self.name}_%s")


@dataclass(frozen=True, slots=True)
class OfferedVerb:
    """A verb on the page: its form, and what a preview of it has shown."""

    verb: Verb
    form: VerbForm
    shown: SafeString | None = None

    @property
    def has_preview(self) -> bool:
        """Can it be seen before it is done? A template would call the function itself."""
        return self.verb.preview is not None

    @property
    def is_open(self) -> bool:
        """Has somebody tried it, so that its form has to be seen?"""
        return bool(self.form.errors) or self.shown is not None


class VerbInspectView(RegisterInspectView):
    """One row to read, with what can be done with it."""

    verbs: ClassVar[Sequence[Verb]] = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The forms of what is possible now, for those who may."""
        tried: OfferedVerb | None = kwargs.pop("tried", None)
        possible = [verb for verb in self.verbs if self._may_do(verb) and verb.is_possible(self.instance)]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "verbs": [
                tried
                if tried is not None and tried.verb is verb
                else OfferedVerb(verb, verb.new_form(self.instance))
                for verb in possible
            ],
        }

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do one of them, or show what would come of it."""
        verb = next((each for each in self.verbs if each.name == request.POST.get("verb")), None)
        if not self._may_do(verb):
            raise PermissionDenied
        if verb is None:
            return self._page(None)
        form = verb.new_form(self.instance, request.POST)
        if not form.is_valid():
            return self._page(OfferedVerb(verb, form))
        try:
            if not verb.is_possible(self.instance):
                raise Refusal(_("This cannot be done any more: somebody else was quicker."))
            if verb.preview is not None and request.POST.get("preview"):
                return self._page(OfferedVerb(verb, form, self._previewed(verb, form)), status=200)
            with transaction.atomic():
                verb.do(self.instance, form.cleaned_data, request.user)
                log_as_wagtail_does(self.instance, verb.name, verb.label, request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            self.instance.refresh_from_db()
            if not verb.is_possible(self.instance):
                messages.error(request, str(refusal))
            return self._page(OfferedVerb(verb, form))
        messages.success(request, str(verb.done))
        return HttpResponseRedirect(f"{request.get_full_path()}#main")  # where what was done is told

    def _may_do(self, verb: Verb | None) -> bool:
        """May whoever looks do it?"""
        if verb is not None and verb.right:
            return may(self.request.user, verb.right)
        return bool(self.permission_helper.user_can_work_on_obj(self.request.user, self.instance))

    def _previewed(self, verb: Verb, form: VerbForm) -> SafeString:
        """Done, looked at, and undone: what the action would refuse is refused here too."""
        assert verb.preview is not None
        with transaction.atomic():
            shown = verb.preview(self.instance, form.cleaned_data, self.request.user)
            transaction.set_rollback(True)
        return shown

    def _page(self, tried: OfferedVerb | None, status: int = 422) -> HttpResponse:
        context = self.get_context_data(tried=tried)
        return self.render_to_response(context, status=status)


def log_as_wagtail_does(row: Any, name: str, label: Text, user: Any) -> None:
    """Into the log that Wagtail's reports read; the label in English, to be translated for whoever reads it."""
    with translation.override("en"):
        words = str(label)
    log(row, LOG_ACTION, user=user, data={"verb": name, "words": words})


class VerbFormatter(LogFormatter):
    """How Wagtail tells what was done by a button."""

    label = gettext_lazy("Do something with a record")

    def format_message(self, log_entry: Any) -> str:
        """The button's label, in the reader's language."""
        words = log_entry.data.get("words")
        return _(words) if words else str(self.label)


def register_log_action(actions: Any) -> None:
    """Make the action known to Wagtail's log."""
    actions.register_action(LOG_ACTION)(VerbFormatter)
