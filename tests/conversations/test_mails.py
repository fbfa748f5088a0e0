"""Who hears of what was said."""

from __future__ import annotations

from portal_modules.conversations.actions import write_message
from portal_modules.conversations.choices import MessageKind
from portal_modules.conversations.emails import customer_wrote, message_written
from portal_modules.core.access import ActorKind
from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from tests.conversations.test_story import answer_of_staff
from tests.world.companies import World


def test_an_answer_is_mailed_to_the_customers_people_without_what_it_says(world: World) -> None:
    answer_of_staff(world, "SECRET-WORDS")
    with company_scope(world.home.company):
        messages = OutboxMessage.objects.filter(event="conversations.message_written")
        assert {each.contact.email for each in messages} == {"alice@example.com", "bob@example.com"}
        mail = message_written(messages[0])
        assert mail is not None
        assert "SECRET-WORDS" not in str(mail)
        assert mail.button is not None
        assert mail.button.url.endswith(f"/my/processes/{world.home.processes['alice'].pk}/#thread")
        assert "SECRET-WORDS" not in str(messages[0].payload)


def test_a_note_is_told_nobody(world: World) -> None:
    answer_of_staff(world, "Only us", kind=MessageKind.NOTE)
    with company_scope(world.home.company):
        assert not OutboxMessage.objects.filter(event__startswith="conversations.").exists()


def test_a_customers_message_reaches_whoever_looks_after_it_else_the_managers(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        for person, expected in ((None, world.home.manager), (world.home.clerk, world.home.clerk)):
            process.person_in_charge = person
            process.save(update_fields=["person_in_charge"])
            message = write_message(
                process, body="Hello", by=world.alice, actor=ActorKind.CONTACT, author_name="Alice"
            )
            told = OutboxMessage.objects.filter(
                event="conversations.customer_wrote", payload__message_id=message.pk
            )
            assert [each.address for each in told] == [expected.email]
            mail = customer_wrote(told[0])
            assert mail is not None
            assert mail.button is not None
            assert mail.button.url.endswith(f"/admin/processes/process/inspect/{process.pk}/#thread")
        answer_of_staff(world, "Hello Alice")
        assert customer_wrote(told[0]) is None, "it was answered already"
