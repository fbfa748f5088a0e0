"""One run: fill, serve, ask, compare."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from cms.embedded.processes import say
from tests.benchmarks import desk, report
from tests.benchmarks.alike import DOORS, Street, measure_likeness
from tests.benchmarks.entering import NAME as LOGIN
from tests.benchmarks.entering import measure_login
from tests.benchmarks.exports import GOALS as EXPORTS
from tests.benchmarks.exports import measure_exports
from tests.benchmarks.fill import fill_portal
from tests.benchmarks.floor.fill import fill_floor
from tests.benchmarks.ground import BenchFailure, Ground, Sizes
from tests.benchmarks.importing import CASES, ImportCase, measure_import
from tests.benchmarks.matching import NAME as MATCHING
from tests.benchmarks.matching import measure_matching
from tests.benchmarks.measure import Course, run_rounds
from tests.benchmarks.memory import NAME as MEMORY
from tests.benchmarks.memory import measure_growth
from tests.benchmarks.printing import NAME as PRINTING
from tests.benchmarks.printing import measure_printing
from tests.benchmarks.queries import count_queries
from tests.benchmarks.targets import NAMES, PortalPages, Target, floor_target
from tests.benchmarks.visitors import forget_visitors
from tests.benchmarks.web import WebServer, serving


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do."""

    sizes: Sizes
    names: Sequence[str]
    rounds: int
    duration: int  # seconds
    memory_divisor: int  # by which the numbers of requests of the memory's measure are divided
    imported: int  # rows


@dataclass(slots=True)
class Bench:
    """A run on servers that are up. A page that cannot be measured does not keep the others from it."""

    ground: Ground
    plan: Plan
    postmaster: int | None
    entries: list[report.Entry] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Do all of it."""
        self._prepare()
        pages = [name for name in NAMES if name in self.plan.names]
        if pages:
            self._measure_pages(pages)
        if offices := [name for name in desk.PAGES if name in self.plan.names]:
            self._measure_desk(offices)
        if any(name in self.plan.names for name in EXPORTS):
            self._measure_exports()
        if PRINTING in self.plan.names:
            self._measure_printing()
        if doors := [name for name in DOORS if name in self.plan.names]:
            self._measure_likeness(doors)
        if LOGIN in self.plan.names:
            self._measure_login()
        if MEMORY in self.plan.names:
            self._measure_memory()
        for case in CASES:
            if case.name in self.plan.names:
                self._measure_import(case)
        if MATCHING in self.plan.names:
            say("Matching a bank file against what is open")
            self.entries.append(report.entry_of_matching(measure_matching()))

    def _prepare(self) -> None:
        begin = time.monotonic()
        say(f"Filling {self.ground.var}, where it was not done before")
        fill_floor(self.ground, self.plan.sizes.processes)
        fill_portal(self.ground, self.plan.sizes)
        self.ground.collect_statics()
        forget_visitors(self.ground)
        say(f"  ready after {time.monotonic() - begin:.0f} s")

    def _measure_pages(self, names: Sequence[str]) -> None:
        with self._floor() as floor_server, self._portal() as server:
            floor = self._course(floor_target(self.ground), floor_server, self.ground.floor_environment())
            courses = [floor]
            pages = PortalPages(self.ground, server)
            environment = self.ground.portal_environment()
            for name in names:
                try:
                    courses.append(self._course(pages.target(name), server, environment))
                except BenchFailure as failure:
                    self._fail(name, failure)
            plan = self.plan
            say(f"Measuring {plan.rounds} rounds of {plan.duration} s")
            run_rounds(courses, self.postmaster, rounds=plan.rounds, duration=plan.duration)
            self.entries += report.entries_of(courses, floor)

    def _measure_desk(self, names: Sequence[str]) -> None:
        """Each page beside the same one in a company without rows."""
        say("Pages of the back office")
        with self._portal() as server:
            staff = desk.staff_of(self.ground)
            environment = self.ground.portal_environment()
            for name in names:
                try:
                    page, empty = (
                        self._course(each, server, environment) for each in desk.PAGES[name].targets(staff)
                    )
                except BenchFailure as failure:
                    self._fail(name, failure)
                    continue
                plan = self.plan
                run_rounds([empty, page], self.postmaster, rounds=plan.rounds, duration=plan.duration)
                self.entries += report.entries_of([page], empty)

    def _measure_exports(self) -> None:
        say("Exports of a hundred thousand rows")
        try:
            self.entries += [report.entry_of_export(each) for each in measure_exports(self.ground)]
        except BenchFailure as failure:
            self._fail("exports", failure)

    def _measure_printing(self) -> None:
        say("Invoices as PDF, beside bare Typst")
        try:
            self.entries.append(report.entry_of_printing(measure_printing(self.ground)))
        except BenchFailure as failure:
            self._fail(PRINTING, failure)

    def _measure_likeness(self, doors: Sequence[str]) -> None:
        say("Known and unknown addresses, in turn")
        page = floor_target(self.ground).cases[0].request
        with self._floor() as floor, self._portal() as server:
            for name in doors:
                try:
                    likeness = measure_likeness(self.ground, Street(server, floor, page), name)
                except BenchFailure as failure:
                    self._fail(name, failure)
                else:
                    self.entries += report.entries_of_likeness(likeness)

    def _measure_login(self) -> None:
        say("Signing in with a password, beside the hash of it")
        try:
            with self._portal() as server:
                self.entries.append(report.entry_of_login(measure_login(self.ground, server)))
        except BenchFailure as failure:
            self._fail(LOGIN, failure)

    def _measure_memory(self) -> None:
        say(f"Memory of a worker, over a mix of {', '.join(NAMES)}")
        try:
            with self._portal() as server:
                pages = PortalPages(self.ground, server)
                targets = [pages.target(name) for name in NAMES]
                for target in targets:
                    target.verify(server)
            with self._portal() as server:  # a fresh worker, for which the mix's first request is the first
                growth = measure_growth(self.ground, server, targets, shorter=self.plan.memory_divisor)
        except BenchFailure as failure:
            self._fail(MEMORY, failure)
        else:
            self.entries.append(report.entry_of_growth(growth))

    def _measure_import(self, case: ImportCase) -> None:
        say(f"Import of {self.plan.imported:,} {case.words}")
        try:
            self.entries.append(report.entry_of_import(measure_import(self.ground, case, self.plan.imported)))
        except BenchFailure as failure:
            self._fail(case.name, failure)

    def _course(self, target: Target, server: WebServer, environment: dict[str, str]) -> Course:
        """The page with its requests in a file, seen to answer as it should."""
        target.verify(server)
        file = self.ground.file(f"{target.name}.requests")
        file.write_text("".join(f"{case.request.line()}\n" for case in target.cases))
        return Course(target, server, file, count_queries(file, environment))

    def _fail(self, name: str, failure: BenchFailure) -> None:
        self.failures.append(f"{name}: {failure}")

    @contextmanager
    def _floor(self) -> Iterator[WebServer]:
        ground = self.ground
        with serving(
            "tests.benchmarks.floor.wsgi", ground.port, ground.floor_environment(), ground.log("floor")
        ) as server:
            yield server

    @contextmanager
    def _portal(self) -> Iterator[WebServer]:
        ground = self.ground
        with serving(
            "cms.wsgi", ground.portal_port, ground.portal_environment(), ground.log("portal")
        ) as server:
            yield server
