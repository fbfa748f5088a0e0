"""Who the customers of the demo world see: the team with its portraits, and who looks after whom."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.core.files.base import ContentFile
from django.utils import timezone

from cms.demo.portraits import portrait
from portal_modules.core.choices import StaffRole
from portal_modules.core.demo import DemoWorld, by_language
from portal_modules.core.models import Company, StaffMembership
from portal_modules.core.scope import PORTAL, Scope, database_scope
from portal_modules.customers.choices import HomeState
from portal_modules.customers.models import Customer, HomeText, Membership, StaffProfile
from portal_modules.users.models import User

_OF_THE_LAW_OFFICE = "castro-lima"


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """The profiles of all who have a job title; one of them looks after every customer."""
    members = {member.user.email: member.user for member in StaffMembership.objects.select_related("user")}
    profiles = {}
    for person in world.staff:
        if not person.job_title[0]:
            continue
        profile = StaffProfile(
            user=members[person.email],
            name=person.name,
            phone=person.phone,
            whatsapp=person.whatsapp,
            **by_language("job_title", person.job_title),
        )
        profile.photo.save("portrait.webp", ContentFile(portrait(Random(person.email))), save=False)  # noqa: S311
        profile.save()
        profiles[person.role] = profile
    if in_charge := profiles.get(StaffRole.OPERATOR) or next(iter(profiles.values()), None):
        Customer.objects.update(person_in_charge=in_charge.user)
    if company.alias == _OF_THE_LAW_OFFICE:
        HomeText.objects.create(
            state=HomeState.NOTHING,
            **by_language(
                "title",
                ("Está tudo em andamento", "Todo sigue su curso", "Everything is under way"),
            ),
            **by_language(
                "text",
                (
                    "Não precisa de fazer nada por agora. Assim que houver novidades, escrevemos.",
                    "Por ahora no tiene que hacer nada. En cuanto haya novedades, le escribimos.",
                    "There is nothing for you to do now. As soon as there is news, we write.",
                ),
            ),
        )
    _have_been_here_for_a_while()


def _have_been_here_for_a_while() -> None:
    """The customers are no newcomers: else their home page would welcome all of them on their first day."""
    since = timezone.now() - timedelta(days=400)
    people = list(Membership.objects.values_list("user_id", flat=True))
    with database_scope(Scope(role=PORTAL)):
        User.objects.filter(pk__in=people).update(created_at=since)
