"""What staff do with many processes at once; each through its action, so that customers are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal_modules.core.admin import BulkForm, BulkVerb
from portal_modules.core.exceptions import Refusal
from portal_modules.core.inputs import DayInput
from portal_modules.core.languages import LANGUAGE_WORDS, PUBLIC_LANGUAGES
from portal_modules.core.models import StaffMembership
from portal_modules.customers.models import Customer
from portal_modules.documents.actions import ask_for_document
from portal_modules.documents.exceptions import CustomerArchived

from ..actions import (
    cancel_process,
    check_change,
    check_move,
    check_move_on,
    close_process,
    following_phases,
    move_on,
    move_to_phase,
    publish_notice,
    put_in_charge,
    reopen_process,
)
from ..choices import ProcessState
from ..models import Phase, Process

_RELATED = ("company", "kind", "phase")
_LATEST = 4_102_444_800_000  # milliseconds: the year 2100


def _now() -> int:
    """This moment in milliseconds, as a field can carry it."""
    return int(timezone.now().timestamp() * 1000)


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, today if nothing else is written."""
    return forms.DateField(label=label, initial=timezone.localdate, widget=DayInput(), **more)


def phase_of_kind(phase: Phase) -> str:
    """A phase among those of several kinds."""
    return f"{phase.kind}: {phase}"


def people_to_choose() -> Any:
    """Everybody who works here."""
    people = get_user_model().objects.filter(pk__in=StaffMembership.objects.values("user"))
    return people.order_by("name", "email")


class PhaseField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own class takes no argument
    """A phase, told apart from those of the same name by its kind."""

    def label_from_instance(self, obj: Any) -> str:
        """The kind before the phase."""
        return phase_of_kind(obj)


def phases_to_choose() -> Any:
    """The phases of all kinds, each kind's in their order."""
    return Phase.objects.select_related("kind").order_by("kind__position", "kind", "position", "pk")


class _InLanguages(BulkForm):
    """Some texts in each public language: `texts` are name, label, rows of the field, most characters."""

    texts: tuple[tuple[str, Any, int, int], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = dict(self.fields)
        self.fields.clear()
        for code, language in LANGUAGE_WORDS.items():
            for name, label, rows, most in self.texts:
                widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=label % {"language": language}, max_length=most, required=False, widget=widget
                )
        self.fields.update(own)

    def words(self, name: str) -> dict[str, str]:
        """One of the texts by language."""
        return words_of(self.cleaned_data, name)


def words_of(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """What was written of a text, by language."""
    return {code: data[f"{name}_{code}"] for code in PUBLIC_LANGUAGES}


class BulkMoveForm(BulkForm):
    """Into which phase, and since when."""

    phase = PhaseField(label=_("Phase"), queryset=None)
    on = day_field(_("Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["phase"]
        field.queryset = phases_to_choose().filter(kind__in=self.rows.order_by().values("kind"))


class BulkMoveOnForm(BulkForm):
    """Since when. Which phase is next is another one for each kind, and is looked up once for all rows."""

    on = day_field(_("Since"))
    seen_at = forms.IntegerField(
        widget=forms.HiddenInput(), initial=_now, min_value=0, max_value=_LATEST, required=False
    )

    def clean(self) -> dict[str, Any]:
        """With the phases that follow, and the moment at which the rows were looked at."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        seen = data.get("seen_at") or _now()
        return {
            **data,
            "following": following_phases(),
            "seen_at": datetime.fromtimestamp(seen / 1000, tz=UTC),
        }


class BulkNoticeForm(_InLanguages):
    """A title and a text, in at least one language and always both."""

    texts = (("title", _("Title (%(language)s)"), 1, 160), ("body", _("Text (%(language)s)"), 4, 10_000))
    is_marked = forms.BooleanField(
        label=_("Also shown by number"),
        required=False,
        help_text=_("Whoever knows the number reads it without signing in: no names, no amounts."),
    )

    def clean(self) -> dict[str, Any]:
        """Nothing is half written."""
        data = super().clean() or self.cleaned_data
        pairs = [(data.get(f"title_{code}"), data.get(f"body_{code}")) for code in PUBLIC_LANGUAGES]
        if not any(all(pair) for pair in pairs) or any(bool(one) != bool(other) for one, other in pairs):
            raise forms.ValidationError(
                _("Write the title and the text, in at least one language and always both.")
            )
        return data


class BulkAskForm(_InLanguages):
    """A document, what it is for, and until when."""

    texts = (
        ("document", _("Document (%(language)s)"), 1, 160),
        ("reason", _("What it is for (%(language)s)"), 2, 600),
    )
    due_on = day_field(_("Needed until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = None

    def clean_due_on(self) -> date | None:
        """A day that is still to come."""
        day: date | None = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is in the past."))
        return day

    def clean(self) -> dict[str, Any]:
        """It has a name."""
        data = super().clean() or self.cleaned_data
        if not any(data.get(f"document_{code}") for code in PUBLIC_LANGUAGES):
            raise forms.ValidationError(_("Write which document it is, in at least one language."))
        return data


class BulkPersonForm(BulkForm):
    """Who looks after them."""

    person = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Person in charge"), queryset=None, required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people_to_choose()


class BulkEndForm(BulkForm):
    """On which day they ended."""

    on = day_field(_("On which day"))


def why_not_move(process: Process, data: Mapping[str, Any]) -> Any:
    """What the action would refuse."""
    return _refusal(check_move, process, data["phase"], on=data["on"])


def _why_not_move_on(process: Process, data: Mapping[str, Any]) -> Any:
    return _refusal(check_move_on, process, data["following"], on=data["on"])


def _why_not_become(state: ProcessState) -> Any:
    def why_not(process: Process, data: Mapping[str, Any]) -> Any:
        return _refusal(check_change, process, state, on=data.get("on") or timezone.localdate())

    return why_not


def _why_not_ask(process: Process, data: Mapping[str, Any]) -> Any:
    return CustomerArchived.sentence if process.customer.archived_at else None


def _refusal(check: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        check(*args, **kwargs)
    except Refusal as refusal:
        return refusal.sentence
    return None


def lock_customers(processes: Sequence[Process]) -> None:
    """What asking for documents locks, before the series of their numbers is."""
    customers = {process.customer_id for process in processes}
    list(Customer.objects.select_for_update(no_key=True).filter(pk__in=customers).order_by("pk").values("pk"))


def _ask(process: Process, data: dict[str, Any], by: Any) -> None:
    ask_for_document(
        process.customer,
        title=words_of(data, "document"),
        reason=words_of(data, "reason"),
        due_on=data["due_on"],
        record=process,
        by=by,
    )


def _publish(process: Process, data: dict[str, Any], by: Any) -> None:
    title, body = words_of(data, "title"), words_of(data, "body")
    publish_notice(process, by=by, title=title, body=body, is_marked=data["is_marked"])


BULK_VERBS = (
    BulkVerb(
        "move",
        _("Move to a phase"),
        lambda process, data, by: move_to_phase(process, data["phase"], by=by, on=data["on"]),
        BulkMoveForm,
        why_not_move,
        related=_RELATED,
        lock=lock_customers,
        is_told=True,
    ),
    BulkVerb(
        "next",
        _("Move to their next phase"),
        lambda process, data, by: move_on(
            process, data["following"], by=by, on=data["on"], seen_at=data["seen_at"]
        ),
        BulkMoveOnForm,
        _why_not_move_on,
        related=_RELATED,
        lock=lock_customers,
        is_told=True,
    ),
    BulkVerb("notice", _("Publish a notice"), _publish, BulkNoticeForm, related=_RELATED, is_told=True),
    BulkVerb(
        "ask",
        _("Ask for a document"),
        _ask,
        BulkAskForm,
        _why_not_ask,
        right="documents.edit",
        related=(*_RELATED, "customer", "customer__company"),
        lock=lock_customers,
        is_told=True,
    ),
    BulkVerb(
        "person",
        _("Say who is in charge"),
        lambda process, data, by: put_in_charge(process, data["person"], by=by),
        BulkPersonForm,
        related=_RELATED,
    ),
    BulkVerb(
        "close",
        _("Complete"),
        lambda process, data, by: close_process(process, by=by, on=data["on"]),
        BulkEndForm,
        _why_not_become(ProcessState.CLOSED),
        related=_RELATED,
        is_told=True,
    ),
    BulkVerb(
        "cancel",
        _("Give up"),
        lambda process, data, by: cancel_process(process, by=by, on=data["on"]),
        BulkEndForm,
        _why_not_become(ProcessState.CANCELLED),
        related=_RELATED,
        is_told=True,
    ),
    BulkVerb(
        "reopen",
        _("Reopen"),
        lambda process, _data, by: reopen_process(process, by=by),
        why_not=_why_not_become(ProcessState.OPEN),
        related=_RELATED,
        is_told=True,
    ),
)
