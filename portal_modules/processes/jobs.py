"""What is done with processes in long work."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import Chunk, JobKind, Text, jobs
from portal_modules.core.models import Job
from portal_modules.customers.models import Customer

from .actions import move_to_phase
from .models import Phase, Process


@jobs.kind
class MovePasted(JobKind):
    """Moves processes whose numbers somebody pasted: items are the line, the process and the phase."""

    name = "processes.move_pasted"
    label = gettext_lazy("Move processes by their numbers")
    right = "processes.edit"
    chunk_size = 25

    def title(self, job: Job) -> str:
        """With how many they are."""
        number = ngettext("%(number)s process", "%(number)s processes", job.total) % {"number": job.total}
        return f"{self.label} · {number}"

    def links(self, job: Job) -> list[tuple[Text, str]]:
        """To the register."""
        return [(gettext_lazy("Processes"), reverse("processes_process_modeladmin_index"))]

    def work(self, chunk: Chunk) -> None:
        """Each one through the action; what was found before may be another way by now."""
        wanted = [
            (int(line), number, pk, phase) for line, number, pk, phase in (item.value for item in chunk.items)
        ]
        rows = Process.objects.filter(pk__in=[pk for _line, _number, pk, _phase in wanted]).order_by("pk")
        processes = {str(each.pk): each for each in rows.select_for_update(no_key=True)}
        # Checklists ask for documents, which locks the customer before their series of numbers.
        customers = {each.customer_id for each in processes.values()}
        list(Customer.objects.select_for_update(no_key=True).filter(pk__in=customers).order_by("pk"))
        phases = {each.pk: each for each in Phase.objects.filter(pk__in={phase for *_rest, phase in wanted})}
        on = date.fromisoformat(chunk.parameters["on"])
        for line, number, pk, phase in wanted:
            with chunk.trying(what=number, line=line):
                if pk not in processes or phase not in phases:
                    raise Refusal(gettext_lazy("It is not there any more."))
                move_to_phase(processes[pk], phases[phase], by=chunk.by, on=on)
