"""What staff do with a process, as buttons on its page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal_modules.core.admin import Verb, VerbForm, VerbInspectView, always
from portal_modules.core.inputs import DayInput
from portal_modules.core.languages import LANGUAGE_WORDS, PUBLIC_LANGUAGES
from portal_modules.core.templatetags.days import day
from portal_modules.customers.models import BuildingSite

from ..actions import (
    cancel_process,
    close_process,
    keep_registry_key,
    move_to_phase,
    place_process,
    publish_notice,
    put_in_charge,
    reopen_process,
)
from ..actions.keys import LONGEST_KEY
from ..choices import TRANSITIONS, ProcessState
from ..models import Notice, Phase, Process
from ..reading import MOST_NOTICES, ShownNotice, read_own_process
from .bulk import people_to_choose
from .lateness import days_late, late_in_words


def _day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, initial=timezone.localdate, widget=DayInput())


class MoveForm(VerbForm):
    """Into which phase, and since when."""

    phase = forms.ModelChoiceField(label=_("Phase"), queryset=None)  # type: ignore[var-annotated]
    on = _day_field(_("Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Phase.objects.filter(kind=self.row.kind_id).exclude(pk=self.row.phase_id)
        field: Any = self.fields["phase"]
        field.queryset = others
        field.initial = others.filter(position__gt=self.row.phase.position).first()


class NoticeForm(VerbForm):
    """A title and a text, in the languages that the customer reads."""

    is_marked = forms.BooleanField(
        label=_("Also shown by number"),
        required=False,
        help_text=_("Whoever knows the number reads it without signing in: no names, no amounts."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marked = self.fields.pop("is_marked")
        for code, name in LANGUAGE_WORDS.items():
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title (%(language)s)") % {"language": name}, max_length=160, required=False
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Text (%(language)s)") % {"language": name},
                max_length=10_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.fields["is_marked"] = marked


class PersonForm(VerbForm):
    """Who looks after it."""

    person = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Person in charge"), queryset=None, required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people_to_choose()
        field.initial = self.row.person_in_charge_id


class PlaceForm(VerbForm):
    """At which of its customer's sites it is."""

    site = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Site"), queryset=None, required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["site"]
        field.queryset = BuildingSite.objects.active().filter(customer=self.row.customer_id)
        field.initial = self.row.site_id


class EndForm(VerbForm):
    """On which day it ended."""

    on = _day_field(_("On which day"))


class KeyForm(VerbForm):
    """The key at the registry: written, and never shown to staff again."""

    key = forms.CharField(
        label=_("Access key at the registry"),
        max_length=LONGEST_KEY,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "It is kept encrypted, and only the customer can see it. Leave it empty to take it away."
        ),
    )


def _move(process: Process, data: dict[str, Any], by: Any) -> None:
    move_to_phase(process, data["phase"], by=by, on=data["on"])


def _publish(process: Process, data: dict[str, Any], by: Any) -> None:
    publish_notice(process, by=by, **_words_of(data))


def _preview(process: Process, data: dict[str, Any], by: Any) -> SafeString:
    """The notice as it will be read: in each language, and by whoever only has the number."""
    notice = publish_notice(process, by=by, **_words_of(data))
    readings = []
    for code, name in PUBLIC_LANGUAGES.items():
        with translation.override(process.company.spoken(code)):
            words = ShownNotice(notice.title, notice.body, notice.published_at or timezone.now())
            written_day = day(timezone.localtime(words.published_at))
        readings.append(
            {
                "language": name,
                "code": code,
                "notice": words,
                "day": written_day,
                "is_written": bool(data[f"title_{code}"].strip()),
            }
        )
    context = {"readings": readings, "is_marked": data["is_marked"], "number": process.number_shown}
    return render_to_string("processes/staff_preview.html", context)


def _words_of(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": {code: data[f"title_{code}"] for code in PUBLIC_LANGUAGES},
        "body": {code: data[f"body_{code}"] for code in PUBLIC_LANGUAGES},
        "is_marked": data["is_marked"],
    }


def _close(process: Process, data: dict[str, date], by: Any) -> None:
    close_process(process, by=by, on=data["on"])


def _cancel(process: Process, data: dict[str, date], by: Any) -> None:
    cancel_process(process, by=by, on=data["on"])


def _reopen(process: Process, data: dict[str, Any], by: Any) -> None:
    reopen_process(process, by=by)


def _keep_key(process: Process, data: dict[str, str], by: Any) -> None:
    keep_registry_key(process, data["key"], by=by)


def _is_open(process: Process) -> bool:
    return process.state == ProcessState.OPEN


def _has_sites(process: Process) -> bool:
    return bool(BuildingSite.objects.active().filter(customer=process.customer_id).exists())


def _can_become(state: ProcessState) -> Any:
    return lambda process: state in TRANSITIONS[ProcessState(process.state)]


class ProcessInspectView(VerbInspectView):
    """One process, with its buttons."""

    head_template = "processes/staff_head.html"
    body_template = "processes/staff_notices.html"

    verbs = (
        Verb("move", _("Move to a phase"), _move, _is_open, MoveForm, _("It is in its new phase.")),
        Verb(
            "notice",
            _("Publish a notice"),
            _publish,
            always,
            NoticeForm,
            _("The notice is published."),
            _preview,
        ),
        Verb(
            "person",
            _("Say who is in charge"),
            lambda process, data, by: put_in_charge(process, data["person"], by=by),
            always,
            PersonForm,
            _("It is written down who is in charge."),
        ),
        Verb(
            "place",
            _("Say at which site it is"),
            lambda process, data, by: place_process(process, data["site"], by=by),
            _has_sites,
            PlaceForm,
            _("It is written down at which site it is."),
        ),
        Verb(
            "key",
            _("Keep the registry's key"),
            _keep_key,
            always,
            KeyForm,
            _("The key is kept as you said."),
        ),
        Verb(
            "close",
            _("Complete"),
            _close,
            _can_become(ProcessState.CLOSED),
            EndForm,
            _("The process is complete."),
        ),
        Verb(
            "cancel",
            _("Give up"),
            _cancel,
            _can_become(ProcessState.CANCELLED),
            EndForm,
            _("The process is discontinued."),
        ),
        Verb(
            "reopen",
            _("Reopen"),
            _reopen,
            _can_become(ProcessState.OPEN),
            done=_("The process is open again."),
        ),
    )

    def get_head(self) -> dict[str, Any]:
        """How far it has come, and what the customer was told."""
        process = self.instance
        shown = read_own_process(process.pk, timezone.localdate())
        return {
            "process": process,
            "number": process.number_shown,
            "way": shown.way if shown else None,
            "days_late": late_in_words(days) if (days := days_late(process)) else "",
            "notices": Notice.objects.filter(process=process).order_by("-published_at", "-pk")[:MOST_NOTICES],
        }
