"""Manifest of the processes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.choices import StaffRole
from portal_modules.core.modules import (
    Function,
    Guarded,
    MenuEntry,
    NoticeKind,
    NumberLookup,
    Periodic,
    PortalModule,
    Setting,
    SettingKind,
    StaffRight,
)
from portal_modules.customers.choices import CustomerRole

from .choices import ProcessState

_BUSINESS = {
    "business": _("the kind of business"),
    "number": _("its number"),
}
_REVIEW = {
    "number": _("its number"),
    "subject": _("its subject"),
}
_WORKING = frozenset({StaffRole.MANAGER, StaffRole.OPERATOR, StaffRole.PLATFORM})


class ProcessesModule(PortalModule):
    name = "portal_modules.processes"
    label = "processes"
    title = verbose_name = _("Processes")
    summary = _("Matters that go through phases, which customers follow by number or in their area.")
    icon = "folder-open-inverse"
    category = _("Services")
    depends = ("customers", "documents", "notifications", "conversations")
    # Who looks after the money has no need to know how a matter stands.
    seen_by = frozenset({CustomerRole.OWNER, CustomerRole.OPERATIONS, CustomerRole.VIEWER})
    records = ("models.Process", "models.ReviewRequest")
    menu = (
        MenuEntry(
            label=_("My business"),
            url_name="processes:list",
            lookup_url_name="processes:lookup_process",
            icon="folder",
            order=10,
            level=Level.REGISTERED,
        ),
    )
    lookup = NumberLookup("processes.lookup", "processes:lookup", "processes:lost_number")
    guarded = (
        Guarded("processes.registry_key", _("See the key of a registry"), ("registry_key",)),
        Guarded("processes.reviews", _("Ask for a correction"), ("reviews", "review_new", "review")),
    )
    functions = (
        Function("processes.lookup", _("Follow a business by its number")),
        Function("processes.reviews", _("Ask for a review")),
    )
    settings = (
        Setting(
            "processes.lookup_minutes",
            _("A number keeps its business open for"),
            default=60,
            kind=SettingKind.NUMBER,
            least=5,
            most=480,
            unit=_("minutes"),
            help=_("In the browser in which it was typed. After that it has to be typed again."),
            is_for_all=True,
        ),
        Setting(
            "processes.show_times",
            _("Say when a phase usually ends"),
            default=True,
            help=_("From closed cases, or from the usual days of the phase."),
        ),
    )
    rights = (
        StaffRight("processes.view", _("See processes"), frozenset(StaffRole)),
        StaffRight("processes.edit", _("Work on processes"), _WORKING),
        StaffRight(
            "processes.configure",
            _("Change kinds of processes and their phases"),
            frozenset({StaffRole.MANAGER, StaffRole.PLATFORM}),
        ),
    )
    notices = (
        NoticeKind(
            "processes.opened",
            _("A business of yours was opened"),
            _("With its number, so that you can follow it."),
            _BUSINESS,
        ),
        NoticeKind(
            "processes.phase_changed",
            _("A business of yours entered a new phase"),
            _("What the phase is, and what you can do in it."),
            {
                **_BUSINESS,
                "phase": _("the phase that it entered"),
                "phase_text": _("what the phase says to customers"),
            },
        ),
        NoticeKind(
            "processes.notice_published",
            _("There is a notice about a business of yours"),
            _("When we have something to tell you about it."),
            {
                **_BUSINESS,
                "notice_title": _("the title of the notice, where it may be mailed"),
                "notice": _("the text of the notice, where it may be mailed"),
            },
        ),
        NoticeKind(
            "processes.state_changed",
            _("A business of yours was completed, ended or taken up again"),
            placeholders={
                **_BUSINESS,
                "outcome": _("completed, ended or taken up again, as a sentence"),
                "outcome_text": _("what that means"),
            },
            by_state={
                ProcessState.CLOSED: _("Your business is completed"),
                ProcessState.CANCELLED: _("Your business was ended"),
                ProcessState.OPEN: _("We are at work on your business again"),
            },
        ),
        NoticeKind(
            "processes.review_received",
            _("We have your request for a review"),
            _("With its number."),
            _REVIEW,
        ),
        NoticeKind("processes.review_answered", _("A review that you asked for is answered"), "", _REVIEW),
    )
    periodic = (Periodic("portal_modules.processes.tasks.measure_all_phases", seconds=60 * 60 * 24),)
