"""Opinions of the demo world: some weeks of what people said."""

from __future__ import annotations

from random import Random

from portal_modules.core.demo import DemoWorld, Shown, staff_address
from portal_modules.core.models import Company
from portal_modules.customers.models import Membership

from .choices import Mode
from .models import Opinion

_SAID = (
    (5, "pt", "Vi em que fase está sem ter de ligar. Obrigada."),
    (5, "pt", "Muito claro."),
    (4, "pt", "Gostaria de receber também por WhatsApp."),
    (4, "es", "Fácil de usar, incluso para mi madre."),
    (5, "es", "Por fin entiendo en qué va mi trámite."),
    (3, "es", "El plazo cambió y no entendí por qué."),
    (4, "en", "Clear and quick. The steps help a lot."),
    (2, "en", "I could not find how to send a second file."),
    (5, "en", ""),
    (4, "pt", ""),
    (3, "pt", "O texto da fase podia ser mais curto."),
    (5, "es", ""),
    (1, "pt", "Esperei duas semanas por uma resposta."),
    (5, "en", "My lawyer answered the same day."),
)
_PAGES = {Mode.LOGIN: "my/processes/", Mode.NUMBER: "lookup/process/"}


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """Some of people who signed in, some of people with a number."""
    members = list(Membership.objects.order_by("pk"))
    for mark, language, text in _SAID:
        mode = Mode.LOGIN if members and rng.random() < 0.6 else Mode.NUMBER
        member = rng.choice(members) if mode == Mode.LOGIN else None
        Opinion.objects.create(
            mark=mark,
            text=text,
            language=language,
            mode=mode,
            page=f"/p/{company.alias}/{language}/{_PAGES[mode]}",
            customer_id=member.customer_id if member else None,
            contact_id=member.contact_id if member else None,
        )


def show(company: Company, world: DemoWorld, shown: Shown) -> None:
    """The register."""
    shown.urls["register_opinions"] = staff_address("feedback_opinion_modeladmin_index")
