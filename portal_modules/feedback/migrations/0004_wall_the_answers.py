"""A wall around answers: staff write and read them, and nobody changes them."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, Right, wall


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_answers")]

    operations = [
        wall(
            "feedback_opinionanswer",
            staff=Right(OWN_COMPANY, ("select", "insert")),
            same_company={"opinion_id": "feedback_opinion"},
        )
    ]
