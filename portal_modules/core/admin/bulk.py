"""What is done with many rows of a register at once: the count and the faults before, a job, a report after.

A register names its `bulk_verbs`. Its list posts to `<register>/bulk/`, with the list's own query string:

    verb      the name of one of them
    chosen    the id of a row, as often as there are chosen rows
    all       "yes" for all rows that the query string finds, whichever are chosen

Each row goes through the module's action, in a job (`core.jobs`); few rows are done at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import re_path, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks

from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import Chunk, JobKind, do_at_once, jobs, start_job
from portal_modules.core.models import Job
from portal_modules.core.rights import may

Text = str | Promise

MOST_ROWS = 20_000
AT_ONCE = 20  # so few rows are done while somebody waits
SHOWN_FAULTS = 200


class BulkForm(forms.Form):
    """What a verb asks for, once for all rows; `rows` are those that it is about."""

    def __init__(self, *args: Any, rows: models.QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows


def nothing_in_the_way(row: Any, data: Mapping[str, Any]) -> Text | None:
    """A verb that every row can take."""
    return None


def _locks_no_more(rows: Sequence[Any]) -> None:
    """A verb that touches nothing but its rows."""


@dataclass(frozen=True, slots=True)
class BulkVerb:
    """One thing to do with many rows.

    `do(row, data, by)` calls the action; `why_not(row, data)` says beforehand what the action would refuse.
    `right` is needed beside that of seeing the register; empty is the register's right to edit.
    `related` comes along with the rows. `is_told` says that customers hear of it. `lock(rows)` locks what the
    action will lock beside the row, for the whole chunk and in one order: nobody then waits for each other. Rows
    of a table that nobody may change are not locked themselves: `locks_rows`.
    """

    name: str
    label: Text
    do: Callable[[Any, dict[str, Any], Any], Any]
    form: type[BulkForm] = BulkForm
    why_not: Callable[[Any, Mapping[str, Any]], Text | None] = nothing_in_the_way
    right: str = ""
    related: Sequence[str] = ()
    lock: Callable[[Sequence[Any]], object] = _locks_no_more
    locks_rows: bool = True
    is_told: bool = False

    def new_form(self, rows: models.QuerySet[Any], data: Any = None) -> BulkForm:
        """Its form; the names of its fields begin with the verb's."""
        return self.form(data, rows=rows, prefix=self.name)


# The registers that have such verbs, by their address.
_registers: dict[str, Any] = {}


class WithBulkVerbs:
    """The part of a register that knows its bulk verbs. Mixed into a `ModelAdmin`."""

    bulk_verbs: ClassVar[Sequence[BulkVerb]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        me: Any = self
        self.bulk_key: str = me.url_helper.base_url_path
        if self.bulk_verbs:
            _registers[self.bulk_key] = self

    @property
    def bulk_url(self) -> str:
        """Where its list posts the chosen rows to."""
        me: Any = self
        return reverse(me.url_helper.get_action_url_name("bulk"))

    def bulk_verbs_of(self, user: Any) -> list[BulkVerb]:
        """The verbs that this person may use."""
        me: Any = self
        return [verb for verb in self.bulk_verbs if may(user, verb.right or me.edit_right)]

    def bulk_view(self, request: Any) -> HttpResponse:
        """The page between the list and the job."""
        me: Any = self
        view: Any = type("RegisterBulkView", (_BulkPage, me.index_view_class), {})
        answer: HttpResponse = view.as_view(model_admin=self)(request)
        return answer

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """With one more address, where there are verbs."""
        me: Any = self
        urls: tuple[Any, ...] = tuple(super().get_admin_urls_for_registration())  # type: ignore[misc]
        if self.bulk_verbs:
            path = rf"^{me.url_helper.base_url_path}/bulk/$"
            urls += (re_path(path, self.bulk_view, name=me.url_helper.get_action_url_name("bulk")),)
        return urls


class _BulkPage:
    """Which rows, what becomes of them, and then to do it.

    It stands before the register's own list, which finds the rows that the query string means.
    """

    http_method_names: ClassVar[list[str]] = ["get", "head", "post"]
    # Of the list that it is mixed into.
    request: Any
    model_admin: Any
    queryset: models.QuerySet[Any]
    model: type[models.Model]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is nothing to see without chosen rows."""
        return self._back()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The three steps: the form, what would happen, and the start."""
        verbs = self.model_admin.bulk_verbs_of(request.user)
        if not verbs:
            raise PermissionDenied
        verb = next((each for each in verbs if each.name == request.POST.get("verb")), None)
        if verb is None:
            return self._back(_("Choose what to do with the rows."))
        rows = self._rows()
        if rows is None:
            return self._back(_("Some of the chosen rows are not there any more. Nothing was changed."))
        number = rows.count()
        if not number:
            return self._back(_("Choose some rows first."))
        if number > MOST_ROWS:
            return self._back(
                _("These are %(number)s rows; at most %(most)s can be changed at once. Use a filter.")
                % {"number": number, "most": MOST_ROWS}
            )
        step = request.POST.get("step", "")
        form = verb.new_form(rows, request.POST if step or not verb.form.base_fields else None)
        if not step and form.fields:
            return self._page(verb, form, number)
        if not form.is_valid():
            return self._page(verb, form, number, status=422)
        plan = _plan(verb, rows, form.cleaned_data)
        is_as_seen = request.POST.get("number") == str(number)
        if step != "do" or not is_as_seen or not plan.possible:
            return self._page(verb, form, number, plan=plan, has_changed=step == "do" and not is_as_seen)
        return self._start(verb, form, rows, number)

    def _rows(self) -> models.QuerySet[Any] | None:
        """All that the list finds, or the chosen ones; None when one of these is not of this company."""
        post = self.request.POST
        if post.get("all") == "yes":
            return self.model._default_manager.filter(pk__in=self.queryset.order_by().values("pk"))
        try:
            chosen = {self.model._meta.pk.to_python(each) for each in post.getlist("chosen")}
        except (ValidationError, ValueError, OverflowError):
            return None
        rows = self.model_admin.get_queryset(self.request).filter(pk__in=chosen)
        found: models.QuerySet[Any] = rows.order_by()
        return found if found.count() == len(chosen) else None

    def _start(self, verb: BulkVerb, form: BulkForm, rows: models.QuerySet[Any], number: int) -> HttpResponse:
        data: Any = form.data
        sent = {name: data.getlist(name) for name in data if name.startswith(f"{verb.name}-")}
        job = start_job(
            BulkChange.name,
            by=self.request.user,
            right=verb.right or self.model_admin.edit_right,
            parameters={"register": self.model_admin.bulk_key, "verb": verb.name, "data": sent},
            items=rows.order_by("pk").values_list("pk", flat=True),
        )
        if number <= AT_ONCE:
            do_at_once(job)
        return HttpResponseRedirect(reverse("core_job", args=[job.pk]))

    def _page(
        self, verb: BulkVerb, form: BulkForm, number: int, status: int = 200, **more: Any
    ) -> HttpResponse:
        post = self.request.POST
        context = {
            "view": self,
            "title": capfirst(str(verb.label)),
            "subtitle": capfirst(self.model._meta.verbose_name_plural),
            "icon": self.model_admin.get_menu_icon(),
            "verb": verb,
            "form": form,
            "number": number,
            "is_all": post.get("all") == "yes",
            "chosen": [] if post.get("all") == "yes" else post.getlist("chosen"),
            "index_url": self._index_url(),
            "shown_faults": SHOWN_FAULTS,
            **more,
        }
        return render(self.request, "core/admin/bulk.html", context, status=status)

    def _back(self, why: str = "") -> HttpResponse:
        if why:
            messages.error(self.request, why)
        return HttpResponseRedirect(self._index_url())

    def _index_url(self) -> str:
        query = self.request.GET.urlencode()
        return f"{self.model_admin.url_helper.index_url}{'?' if query else ''}{query}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen: how many rows can, and why the others cannot."""

    possible: int
    faults: list[tuple[str, str]]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """How often each reason occurs, the most frequent first."""
        return Counter(reason for _row, reason in self.faults).most_common()


def _plan(verb: BulkVerb, rows: models.QuerySet[Any], data: Mapping[str, Any]) -> Plan:
    possible, faults = 0, []
    for row in rows.select_related(*verb.related).order_by("pk").iterator(chunk_size=2000):
        if reason := verb.why_not(row, data):
            faults.append((str(row), str(reason)))
        else:
            possible += 1
    return Plan(possible, faults)


@jobs.kind
class BulkChange(JobKind):
    """A verb for many rows of a register."""

    name = "core.bulk"
    label = gettext_lazy("Change of many rows")
    chunk_size = 25

    def title(self, job: Job) -> str:
        """The verb and the register: "Move to a phase · processes"."""
        register, verb = _named(job.parameters)
        if register is None or verb is None:
            return str(self.label)
        number = ngettext("%(number)s row", "%(number)s rows", job.total) % {"number": job.total}
        return f"{capfirst(register.opts.verbose_name_plural)} · {verb.label} · {number}"

    def links(self, job: Job) -> list[tuple[Text, str]]:
        """Back to the register."""
        register, _verb = _named(job.parameters)
        if register is None:
            return []
        return [(capfirst(register.opts.verbose_name_plural), register.url_helper.index_url)]

    def work(self, chunk: Chunk) -> None:
        """Each row in a savepoint, through the verb."""
        register, verb = _named(chunk.parameters)
        if register is None or verb is None:
            raise Refusal(gettext_lazy("This cannot be done any more."))
        wanted = [item.value for item in chunk.items]
        # Every choice that the form may have had: those of a few rows only would be too few.
        form = verb.new_form(register.model._default_manager.all(), _query(chunk.parameters["data"]))
        fits = form.is_valid()
        found = _rows(register.model, wanted, verb)
        for _gone in range(len(wanted) - len(found)):
            chunk.refuse(gettext_lazy("It is not there any more."))
        verb.lock(found)
        for row in found:
            with chunk.trying(what=str(row)):
                if not fits:
                    raise Refusal(gettext_lazy("What was asked for is not possible any more."))
                if reason := verb.why_not(row, form.cleaned_data):
                    raise Refusal(reason)
                verb.do(row, form.cleaned_data, chunk.by)


def _rows(model: Any, wanted: Iterable[Any], verb: BulkVerb) -> list[Any]:
    """All rows of a chunk, locked in one order: who wants one of them waits before holding anything else."""
    rows = model._default_manager.filter(pk__in=list(wanted)).order_by("pk").select_related(*verb.related)
    found: list[Any] = list(rows.select_for_update(no_key=True, of=("self",)) if verb.locks_rows else rows)
    return found


def _named(parameters: Mapping[str, Any]) -> tuple[Any | None, BulkVerb | None]:
    """The register and the verb of a job. A worker has not met the registers before."""
    hooks.search_for_hooks()
    register = _registers.get(parameters.get("register", ""))
    verbs = register.bulk_verbs if register else ()
    return register, next((verb for verb in verbs if verb.name == parameters.get("verb")), None)


def _query(sent: Mapping[str, Sequence[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, list(values))
    return data
