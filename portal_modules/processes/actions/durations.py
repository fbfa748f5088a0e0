"""How long phases took: measured over the closed cases of their kind, so that pages only have to read it."""

from __future__ import annotations

from django.db import connection, transaction

# A phase that a case entered twice counts with both stays. What is left from a phase is counted from its first.
_MEASURE = """
with stay as (
    select e.phase_id, e.process_id, e.entered_on, p.closed_on,
           coalesce(lead(e.entered_on) over (partition by e.process_id order by e.entered_on, e.id),
                    p.closed_on) - e.entered_on as days
      from processes_phaseentry e
      join processes_process p on p.id = e.process_id
     where p.state = 'closed' and p.closed_on is not null
), passage as (
    select phase_id, process_id, sum(days) as days, max(closed_on) - min(entered_on) as days_left
      from stay group by phase_id, process_id having min(days) >= 0
)
insert into processes_phaseduration (phase_id, closed_count, median_days, high_days, median_left, high_left,
                                     measured_at)
select phase_id, count(*),
       ceil(percentile_cont(0.5) within group (order by days)),
       ceil(percentile_cont(0.8) within group (order by days)),
       ceil(percentile_cont(0.5) within group (order by days_left)),
       ceil(percentile_cont(0.8) within group (order by days_left)),
       now()
  from passage group by phase_id
on conflict (phase_id) do update
   set closed_count = excluded.closed_count, median_days = excluded.median_days,
       high_days = excluded.high_days, median_left = excluded.median_left,
       high_left = excluded.high_left, measured_at = excluded.measured_at
"""
# Cases were opened again, or given up: nothing is known of the phase any more.
_FORGET = "delete from processes_phaseduration where measured_at < now()"


@transaction.atomic
def measure_phases() -> None:
    """Measure the phases of the company in scope anew."""
    with connection.cursor() as cursor:
        cursor.execute(_MEASURE)
        cursor.execute(_FORGET)
