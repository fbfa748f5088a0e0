"""Walls around threads: what staff note beside a record does not exist for its customer."""

from django.db import migrations

from portal_modules.core.walls import OWN_CUSTOMER, Right, wall

OF_CUSTOMER = {"customer_id": "customers_customer"}


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial"), ("documents", "0002_wall_the_documents")]

    operations = [
        wall(
            "conversations_thread",
            portal=Right(OWN_CUSTOMER, ("select", "insert", "update")),
            same_company=OF_CUSTOMER,
        ),
        wall(
            "conversations_message",
            portal=Right(f"{OWN_CUSTOMER} and kind <> 'note'", ("select", "insert")),
            same_company=OF_CUSTOMER,
            parent=("thread_id", "conversations_thread"),
        ),
        wall(
            "conversations_messagefile",
            portal=Right(
                f"{OWN_CUSTOMER} and message_id in (select id from conversations_message)",
                ("select", "insert"),
            ),
            same_company=OF_CUSTOMER,
            parent=("message_id", "conversations_message"),
        ),
        wall(
            "conversations_follower",
            portal=Right(OWN_CUSTOMER, ("select", "insert", "update", "delete")),
            same_company=OF_CUSTOMER,
            parent=("thread_id", "conversations_thread"),
        ),
    ]
