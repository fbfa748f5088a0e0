"""Processes out of a file: each line through the actions, so that its way and its history are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal
from portal_modules.core.importing.kinds import CHANGED, NEW, SAME, Load, Row, bare
from portal_modules.core.languages import PUBLIC_LANGUAGES, filled
from portal_modules.core.models import StaffMembership
from portal_modules.core.numbers import LookupNumberError
from portal_modules.core.tax_ids import InvalidTaxId, normalize
from portal_modules.customers.models import Customer
from portal_modules.notifications.actions import telling_nobody

from .actions import (
    cancel_process,
    close_process,
    correct_process,
    move_to_phase,
    open_process,
    put_in_charge,
    reopen_process,
)
from .choices import ProcessState
from .exceptions import NumberNotUsable
from .models import Phase, Process, ProcessKind
from .numbers import imported_number

NO_CUSTOMER = _("No customer has this tax id or number. Import the customers first.")
NEEDS_CUSTOMER = _("A new process needs the tax id or the own number of its customer.")
NEEDS_KIND = _("A new process needs its kind.")
UNKNOWN_KIND = _("There is no kind of process of this name.")
UNKNOWN_PHASE = _("This kind of process has no phase of this name.")
UNKNOWN_PERSON = _("Nobody with this e-mail works here.")
NOT_A_DAY = _("“%(text)s” is no day. Write it like 2026-05-31 or 31/05/2026.")
NOT_A_STATE = _("“%(text)s” is no state: open, closed or cancelled.")
TOO_LONG = _("“%(text)s …” is too long.")
SEVERAL = _(
    "Several processes have this number at the registry. Add a column with the number for the lookup."
)
OTHER_KIND = _("The process is of another kind.")
OTHER_CUSTOMER = _("The process is another customer's.")

_DAY = re.compile(r"\A(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T].*)?\Z")
_STATES: Mapping[str, ProcessState] = {
    **{code: ProcessState(code) for code in ProcessState.values},
    **dict.fromkeys(
        ("aberto", "aberta", "em curso", "abierto", "en curso", "activo", "ativo"), ProcessState.OPEN
    ),
    **dict.fromkeys(
        (
            "fechado",
            "concluido",
            "encerrado",
            "cerrado",
            "concluida",
            "completo",
            "done",
            "finalizado",
            "terminado",
        ),
        ProcessState.CLOSED,
    ),
    **dict.fromkeys(("cancelado", "cancelada", "desistido", "anulado", "canceled"), ProcessState.CANCELLED),
}


class _OnlyLooked(Exception):  # noqa: N818 (it is no error)
    """Thrown at the end of a line in a dry run, so that nothing of it stays."""


class Loading:
    """One chunk of lines."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.company = load.company
        self.today = timezone.localdate(timezone=self.company.zone)
        self.kinds = _named(ProcessKind.objects.order_by("-position", "-pk"))
        self.phases: dict[int, dict[str, Phase]] = {}
        for phase in Phase.objects.order_by("-position", "-pk"):
            self.phases.setdefault(phase.kind_id, {}).update(_named([phase]))
        staff = get_user_model().objects.filter(pk__in=StaffMembership.objects.values("user"))
        self.staff = {person.email: person for person in staff}

    def run(self) -> None:
        """Each line in a savepoint; in a dry run all of them are undone."""
        with nullcontext() if self.load.tells else telling_nobody():
            for row in self.load.good_rows():
                try:
                    with transaction.atomic():
                        row.outcome = self._line(row)
                        if not self.load.writes:
                            raise _OnlyLooked
                except Refusal as refusal:
                    row.refuse(refusal.sentence)
                except _OnlyLooked:
                    continue

    def _line(self, row: Row) -> str:
        process = self._find(row)
        if process is not None:
            return self._change(row, process)
        if self.load.was_said(row, frozenset({0})) and not self.load.writes:
            return SAME  # an earlier line has opened it, and was undone
        self._open(row)
        return NEW

    # ---- finding ----------------------------------------------------------------------------------

    def _find(self, row: Row) -> Process | None:
        processes = Process.objects.select_related("kind", "phase", "company", "customer")
        if number := row.get("number"):
            found: Process | None = processes.filter(lookup_number=_number(number)).first()
            return found
        registry_number = _short(row.get("registry_number"), 60)
        same = processes.filter(registry_number=registry_number)
        if row.get("customer_tax_id") or row.get("customer_reference"):
            same = same.filter(customer=self._customer(row))
        some = list(same[:2])
        if len(some) > 1:
            raise Refusal(SEVERAL)
        return some[0] if some else None

    def _customer(self, row: Row) -> Customer:
        tax_id, reference = row.get("customer_tax_id"), row.get("customer_reference")
        if not tax_id and not reference:
            raise Refusal(NEEDS_CUSTOMER)
        customers = Customer.objects.all()
        if tax_id:
            country = row.get("country").upper() or self.company.country
            try:
                customers = customers.filter(country=country, tax_id=normalize(country, tax_id))
            except InvalidTaxId as refusal:
                raise Refusal(refusal.sentence) from None
            except ValueError:
                raise Refusal(NO_CUSTOMER) from None
        if reference:
            customers = customers.filter(reference=reference[:60])
        found: Customer | None = customers.select_related("company").first()
        if found is None:
            raise Refusal(NO_CUSTOMER)
        return found

    def _kind(self, row: Row) -> ProcessKind:
        if not row.get("kind"):
            raise Refusal(NEEDS_KIND)
        kind = self.kinds.get(bare(row.get("kind")))
        if kind is None:
            raise Refusal(UNKNOWN_KIND)
        return kind

    def _phase(self, row: Row, kind_id: int) -> Phase | None:
        if not row.get("phase"):
            return None
        phase = self.phases.get(kind_id, {}).get(bare(row.get("phase")))
        if phase is None:
            raise Refusal(UNKNOWN_PHASE)
        return phase

    def _person(self, row: Row) -> Any | None:
        email = row.get("person").lower()
        if email and email not in self.staff:
            raise Refusal(UNKNOWN_PERSON)
        return self.staff.get(email)

    # ---- opening and changing ---------------------------------------------------------------------

    def _open(self, row: Row) -> None:
        customer, kind = self._customer(row), self._kind(row)
        phase, since = self._phase(row, kind.pk), _day(row.get("phase_since"))
        opened_on = _day(row.get("opened_on")) or since or self.today
        # Where it was on the first day is not in the file when it entered its phase later.
        moves_later = phase is not None and since is not None and since > opened_on
        process = open_process(
            customer,
            kind,
            by=self.load.by,
            opened_on=opened_on,
            phase=None if moves_later else phase,
            title=_short(row.get("title"), 200),
            registry_number=_short(row.get("registry_number"), 60),
            number=row.get("number"),
            tells_customer=self.load.tells,
        )
        if moves_later and phase is not None and since is not None and phase.pk != process.phase_id:
            process = move_to_phase(process, phase, by=self.load.by, on=since)
        if person := self._person(row):
            process = put_in_charge(process, person, by=self.load.by)
        self._to_state(row, process)

    def _change(self, row: Row, process: Process) -> str:
        if row.get("kind") and self._kind(row).pk != process.kind_id:
            raise Refusal(OTHER_KIND)
        if (row.get("customer_tax_id") or row.get("customer_reference")) and (
            self._customer(row).pk != process.customer_id
        ):
            raise Refusal(OTHER_CUSTOMER)
        by, changed = self.load.by, False
        title, registry_number = _short(row.get("title"), 200), _short(row.get("registry_number"), 60)
        if (title and title != process.title) or (
            registry_number and registry_number != process.registry_number
        ):
            process = correct_process(
                process, by=by, title=title or None, registry_number=registry_number or None
            )
            changed = True
        phase = self._phase(row, process.kind_id)
        if phase is not None and phase.pk != process.phase_id:
            process = move_to_phase(process, phase, by=by, on=_day(row.get("phase_since")) or self.today)
            changed = True
        person = self._person(row)
        if person is not None and person.pk != process.person_in_charge_id:
            process = put_in_charge(process, person, by=by)
            changed = True
        changed = self._to_state(row, process) or changed
        return CHANGED if changed else SAME

    def _to_state(self, row: Row, process: Process) -> bool:
        text = row.get("state")
        if not text:
            return False
        state = _STATES.get(bare(text))
        if state is None:
            raise Refusal(filled(NOT_A_STATE, text=text[:60]))
        if state == process.state:
            return False
        on = _day(row.get("closed_on"))
        if state == ProcessState.OPEN:
            reopen_process(process, by=self.load.by)
        elif state == ProcessState.CLOSED:
            close_process(process, by=self.load.by, on=on)
        else:
            cancel_process(process, by=self.load.by, on=on)
        return True


def _named(rows: Any) -> dict[str, Any]:
    """Each by its name in any language."""
    names = [f"name_{code}" for code in PUBLIC_LANGUAGES]
    return {bare(text): row for row in rows for name in names if (text := getattr(row, name))}


def _number(text: str) -> str:
    try:
        return imported_number(text)
    except LookupNumberError:
        raise NumberNotUsable from None


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise Refusal(filled(TOO_LONG, text=text[:30]))
    return text


def _day(text: str) -> date | None:
    """2026-05-31, or 31/05/2026 as all four countries write it."""
    if not text:
        return None
    refused = filled(NOT_A_DAY, text=text[:30])
    parts = _DAY.match(text)
    if parts is None:
        raise Refusal(refused)
    first, month, last = (int(part) for part in parts.groups())
    try:
        return date(first, month, last) if len(parts[1]) == 4 else date(last, month, first)
    except ValueError:
        raise Refusal(refused) from None
