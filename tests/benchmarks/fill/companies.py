"""Companies with all that their pages show. Run in the portal's environment, with their number.

They are made as an administrator would make them, through the portal's own actions and models.
"""

from __future__ import annotations

import sys

import django

django.setup()

from wagtail.signal_handlers import disable_reference_index_auto_update  # noqa: E402

from portal_modules.core.actions import NewCompany, create_company  # noqa: E402
from portal_modules.core.choices import (  # noqa: E402
    ChannelKind,
    ChannelPurpose,
    Country,
    SocialNetwork,
)
from portal_modules.core.models import Channel, Company, SocialLink  # noqa: E402
from portal_modules.core.scope import company_scope  # noqa: E402
from portal_modules.processes.models import Phase, ProcessKind  # noqa: E402
from tests.benchmarks.fill import words  # noqa: E402
from tests.benchmarks.fill.news import publish_news  # noqa: E402

SPEAKING_ALL = 5  # companies whose news are in all three languages; the others' are in English


def main(count: int) -> None:
    """Make so many companies."""
    for number in range(count):
        company = _make_company(number)
        # Nobody looks up here which page uses which picture, and keeping it takes half of the time.
        with company_scope(company), disable_reference_index_auto_update():
            _make_channels(number)
            make_kinds()
            publish_news(company, ("en", "pt", "es") if number < SPEAKING_ALL else ("en",))


def _make_company(number: int) -> Company:
    name = words.NAMES[number % len(words.NAMES)]
    trade = words.TRADES[number // len(words.NAMES) % len(words.TRADES)]
    country = list(Country)[number % len(Country)]
    wanted = NewCompany(
        name=f"{name} {trade} {number + 1}",
        alias=f"{name}-{trade}-{number + 1}".lower(),
        country=country,
        color=f"#{40 + 4 * (number % 20):02x}5f{90 - number % 50:02x}",
        address="Rua do Balcão 1\n1000-001 Lisboa",
    )
    return create_company(wanted, by=None)


def _make_channels(number: int) -> None:
    for position, (purpose, kind, value) in enumerate(
        (
            (ChannelPurpose.ACCESS, ChannelKind.WHATSAPP, f"+351 910 000 {number:03d}"),
            (ChannelPurpose.FINANCE, ChannelKind.EMAIL, f"accounts{number}@office.test"),
            (ChannelPurpose.GENERAL, ChannelKind.PHONE, f"+351 210 000 {number:03d}"),
            (ChannelPurpose.GENERAL, ChannelKind.EMAIL, f"desk{number}@office.test"),
        )
    ):
        Channel.objects.create(
            purpose=purpose, kind=kind, value=value, position=position, hours="9:00 – 18:00"
        )
    for position, network in enumerate(
        (SocialNetwork.WEBSITE, SocialNetwork.INSTAGRAM, SocialNetwork.LINKEDIN)
    ):
        SocialLink.objects.create(network=network, url=f"https://{network}.test/{number}", position=position)


def make_kinds() -> None:
    """The kinds of processes of a company, with their phases."""
    for position, names in enumerate(zip(words.KINDS, words.KINDS_PT, words.KINDS_ES, strict=True)):
        kind = ProcessKind.objects.create(
            name_en=names[0], name_pt=names[1], name_es=names[2], position=position
        )
        for place, (english, portuguese, spanish) in enumerate(words.PHASES):
            Phase.objects.create(
                kind=kind,
                position=place,
                name_en=english,
                name_pt=portuguese,
                name_es=spanish,
                **{f"description_{language}": text for language, text in words.PHASE_TEXT.items()},
                usual_days_min=20,
                usual_days_max=120,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]))
