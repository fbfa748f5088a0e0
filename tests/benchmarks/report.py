"""The table for people, and `bench.json` for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.alike import DOORS, SLOWNESS_GOAL, Likeness
from tests.benchmarks.entering import GOAL as LOGIN_GOAL
from tests.benchmarks.entering import NAME as LOGIN
from tests.benchmarks.entering import LoginTime
from tests.benchmarks.exports import GOALS as EXPORTS
from tests.benchmarks.exports import Taken
from tests.benchmarks.importing import CASES, ImportTime
from tests.benchmarks.matching import GOAL as MATCHING_GOAL
from tests.benchmarks.matching import NAME as MATCHING
from tests.benchmarks.matching import MatchingTime
from tests.benchmarks.measure import Course
from tests.benchmarks.memory import GOAL as MEMORY_GOAL
from tests.benchmarks.memory import NAME as MEMORY_NAME
from tests.benchmarks.memory import Growth
from tests.benchmarks.printing import GOAL as PRINTING_GOAL
from tests.benchmarks.printing import NAME as PRINTING_NAME
from tests.benchmarks.printing import Printed

Entry = dict[str, Any]
QUIET = 0.3  # cores that others may take without being mentioned


def entries_of(courses: Sequence[Course], floor: Course) -> list[Entry]:
    """One entry for each page. `ratio` is time per request, divided by the floor's."""
    return [
        {
            "name": course.target.name,
            "ratio": round(course.milliseconds / floor.milliseconds, 3),
            "goal": course.target.goal,
            "queries": course.queries,
            "query_goal": course.target.query_goal,
            "ms": round(course.milliseconds, 3),
            "floor_ms": round(floor.milliseconds, 3),
            "cpu_ms": round(course.cpu_milliseconds, 3),
            "cpu_ratio": round(course.cpu_milliseconds / floor.cpu_milliseconds, 3),
            "others_cores": round(course.others, 2),
            "failed_requests": course.bad,
            "measured_at": _now(),
        }
        for course in courses
    ]


def entry_of_growth(growth: Growth) -> Entry:
    """Here `ratio` is the share by which the worker's memory grew: 0.03 is three percent."""
    return {
        "name": MEMORY_NAME,
        "ratio": round(growth.share, 4),
        "goal": MEMORY_GOAL,
        "queries": None,
        "percent": round(100 * growth.share, 2),
        "first_request": growth.first,
        "first_kib": growth.first_kib,
        "last_request": growth.last,
        "last_kib": growth.last_kib,
        "measured_at": _now(),
    }


def entry_of_export(taken: Taken) -> Entry:
    """Here `ratio` is the memory above idle as a part of what is allowed."""
    return {
        "name": taken.name,
        "ratio": round(taken.ratio, 3),
        "goal": 1.0,
        "queries": None,
        "mebibytes": round(taken.mebibytes, 1),
        "allowed_mebibytes": EXPORTS[taken.name],
        "measured_at": _now(),
    }


def entry_of_printing(printed: Printed) -> Entry:
    """Here `ratio` is the share that is asked for of Typst's own rate, as a part of the one that was reached."""
    return {
        "name": PRINTING_NAME,
        "ratio": round(PRINTING_GOAL / printed.share, 3),
        "goal": 1.0,
        "queries": None,
        "per_second": round(printed.per_second, 1),
        "bare_per_second": round(printed.bare_per_second, 1),
        "share": round(printed.share, 3),
        "measured_at": _now(),
    }


def entries_of_likeness(likeness: Likeness) -> list[Entry]:
    """Of the first, `ratio` is the distance of the medians as a part of what is allowed; of the second, the time of
    the door's request divided by that of the floor's page.
    """
    times = {
        "queries": None,
        "known_ms": round(likeness.known, 3),
        "unknown_ms": round(likeness.unknown, 3),
        "floor_ms": round(likeness.floor, 3),
        "measured_at": _now(),
    }
    alike = {"name": likeness.name, "ratio": round(likeness.ratio, 3), "goal": 1.0, **times}
    if DOORS[likeness.name].hashes:
        return [alike]
    slow = {"ratio": round(likeness.slowness, 3), "goal": SLOWNESS_GOAL, **times}
    return [alike, {"name": likeness.name.replace("alike_", "door_"), **slow}]


def entry_of_login(login: LoginTime) -> Entry:
    """Here `ratio` is the time of signing in, divided by that of the hash alone."""
    return {
        "name": LOGIN,
        "ratio": round(login.ratio, 3),
        "goal": LOGIN_GOAL,
        "queries": None,
        "ms": round(login.milliseconds, 3),
        "floor_ms": round(login.hash_milliseconds, 3),
        "measured_at": _now(),
    }


def entry_of_import(done: ImportTime) -> Entry:
    """Here `ratio` is the time of the import, divided by that of the COPY of its rows."""
    return {
        "name": done.case.name,
        "ratio": round(done.ratio, 3),
        "goal": done.case.goal,
        "queries": None,
        "rows": done.rows,
        "seconds": round(done.seconds, 2),
        "floor_seconds": round(done.floor_seconds, 2),
        "measured_at": _now(),
    }


def entry_of_matching(done: MatchingTime) -> Entry:
    """Here `ratio` is the time of matching a bank file, divided by that of reading it."""
    return {
        "name": MATCHING,
        "ratio": round(done.ratio, 3),
        "goal": MATCHING_GOAL,
        "queries": None,
        "rows": done.proposed,
        "seconds": round(done.matching, 2),
        "floor_seconds": round(done.reading, 2),
        "measured_at": _now(),
    }


def write(entries: Sequence[Entry], file: Path) -> None:
    """Write the entries; those of an earlier run that this one did not measure stay."""
    names = {entry["name"] for entry in entries}
    kept = [entry for entry in _read(file) if entry.get("name") not in names]
    file.write_text(json.dumps([*kept, *entries], indent=1) + "\n")


def table(entries: Sequence[Entry]) -> str:
    """The entries as people read them; a missed goal is said plainly."""
    lines = [
        f"{'page':<16}{'ms':>8}{'ratio':>8}{'goal':>6}{'queries':>9}{'goal':>6}{'cpu ms':>9}{'cpu ratio':>11}"
    ]
    for entry in entries:
        if entry["name"] == MEMORY_NAME:
            lines.append(
                f"{entry['name']:<16} {entry['percent']:+.2f} % from {entry['first_kib']} KiB at request "
                f"{entry['first_request']} to {entry['last_kib']} KiB at {entry['last_request']}"
                f" (goal: less than {100 * MEMORY_GOAL:.0f} %){verdict(entry)}"
            )
        elif entry["name"] in {case.name for case in CASES}:
            lines.append(
                f"{entry['name']:<16} {entry['rows']:,} rows in {entry['seconds']:.1f} s, their COPY in "
                f"{entry['floor_seconds']:.1f} s: {entry['ratio']:.2f} (goal: {entry['goal']:.0f}){verdict(entry)}"
            )
        elif entry["name"] == MATCHING:
            lines.append(
                f"{entry['name']:<16} {entry['seconds']:.2f} s, reading the file {entry['floor_seconds']:.2f} s: "
                f"{entry['ratio']:.2f} (goal: {entry['goal']:.0f}){verdict(entry)}"
            )
        elif entry["name"] in EXPORTS:
            lines.append(
                f"{entry['name']:<18}{entry['mebibytes']:.1f} MiB above idle, of {entry['allowed_mebibytes']} that are "
                f"allowed{verdict(entry)}"
            )
        elif entry["name"] == PRINTING_NAME:
            lines.append(
                f"{entry['name']:<18}{entry['per_second']:.1f} a second on one core, bare Typst "
                f"{entry['bare_per_second']:.1f}: {entry['share']:.2f} of it (goal: at least {PRINTING_GOAL})"
                f"{verdict(entry)}"
            )
        elif entry["name"] == LOGIN:
            lines.append(
                f"{entry['name']:<18}{entry['ms']:.2f} ms, the hash alone {entry['floor_ms']:.2f} ms: "
                f"{entry['ratio']:.2f} (goal: {entry['goal']}){verdict(entry)}"
            )
        elif entry["name"].startswith("door_"):
            lines.append(
                f"{entry['name']:<18}{max(entry['known_ms'], entry['unknown_ms']):.2f} ms, the floor "
                f"{entry['floor_ms']:.2f} ms: {entry['ratio']:.2f} (goal: {entry['goal']}){verdict(entry)}"
            )
        elif entry["name"] in DOORS:
            lines.append(
                f"{entry['name']:<18}{entry['known_ms']:.2f} ms for a known address, "
                f"{entry['unknown_ms']:.2f} ms for an unknown one: {entry['ratio']:.2f} of what is allowed"
                f"{verdict(entry)}"
            )
        else:
            lines.append(
                f"{entry['name']:<16}{entry['ms']:>8.2f}{entry['ratio']:>8.2f}{_goal(entry['goal']):>6}"
                f"{_goal(entry['queries']):>9}{_goal(entry['query_goal']):>6}{entry['cpu_ms']:>9.2f}"
                f"{entry['cpu_ratio']:>11.2f}{verdict(entry)}"
            )
    others = max((entry.get("others_cores", 0) for entry in entries), default=0)
    if others > QUIET:
        lines.append(f"Noisy: other work took up to {others:.1f} cores meanwhile. Trust `cpu ratio` first.")
    return "\n".join(lines)


def verdict(entry: Entry) -> str:
    """What was missed."""
    missed = []
    if entry["goal"] is not None and entry["ratio"] > entry["goal"]:
        missed.append("GOAL MISSED")
    if (goal := entry.get("query_goal")) is not None and entry["queries"] > goal:
        missed.append("TOO MANY QUERIES")
    if failed := entry.get("failed_requests"):
        missed.append(f"{failed} FAILED REQUESTS")
    return "".join(f"  {words}" for words in missed)


def _goal(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _read(file: Path) -> list[Entry]:
    try:
        return list(json.loads(file.read_text()))
    except (FileNotFoundError, ValueError):
        return []


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
