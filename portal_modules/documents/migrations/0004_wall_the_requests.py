"""Walls around documents asked for: customers read theirs, and actions write them."""

from django.db import migrations

from portal_modules.core.walls import OWN_COMPANY, OWN_CUSTOMER, Right, wall

OF_CUSTOMER = {"customer_id": "customers_customer"}


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_ask_for_documents")]

    operations = [
        wall(
            "documents_documentrequest",
            portal=Right(OWN_CUSTOMER),
            same_company={**OF_CUSTOMER, "example_file_id": "documents_document"},
        ),
        wall(
            "documents_sentdocument",
            portal=Right(OWN_CUSTOMER),
            same_company=OF_CUSTOMER,
            parent=("request_id", "documents_documentrequest"),
        ),
        wall(
            "documents_sentfile",
            portal=Right(OWN_CUSTOMER),
            same_company={**OF_CUSTOMER, "document_id": "documents_document"},
            parent=("sent_id", "documents_sentdocument"),
        ),
        wall("documents_documentrequestevent", staff=Right(OWN_COMPANY, ("select", "insert"))),
    ]
