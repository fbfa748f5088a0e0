"""Texts with gaps: of reminders, and those to copy. A gap that nobody fills is refused when it is written."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal_modules.core.admin import CompanyModelForm
from portal_modules.core.languages import PUBLIC_LANGUAGES

_GAP = re.compile(r"\{([^{}]*)\}")
STEP_GAPS = frozenset({"customer_name", "number", "amount", "due", "days", "link"})


def unknown_gaps(text: str, known: Set[str]) -> list[str]:
    """The gaps of a text that are not among these, in their order; a lone brace is one."""
    found = [name for name in _GAP.findall(text) if name not in known]
    return found + [brace for brace in _GAP.sub("", text) if brace in "{}"][:1]


class _TextForm(CompanyModelForm):
    """Looks at the gaps of each language."""

    gaps: ClassVar[dict[str, frozenset[str]]] = {}

    def clean(self) -> dict[str, Any]:
        """A gap that is not known is named at its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for field, known in self.gaps.items():
            for code in PUBLIC_LANGUAGES:
                wrong = unknown_gaps(str(data.get(f"{field}_{code}") or ""), known)
                if wrong:
                    self.add_error(
                        f"{field}_{code}",
                        ValidationError(
                            _("“%(gap)s” is no gap. Known are: %(known)s."),
                            params={
                                "gap": wrong[0],
                                "known": ", ".join(f"{{{name}}}" for name in sorted(known)),
                            },
                        ),
                    )
        return data


class StepForm(_TextForm):
    """A step of the reminders."""

    gaps: ClassVar[dict[str, frozenset[str]]] = {"subject": STEP_GAPS - {"link"}, "body": STEP_GAPS}


class ReadyTextForm(_TextForm):
    """A text to copy."""

    gaps: ClassVar[dict[str, frozenset[str]]] = {"text": frozenset({"link"})}
