"""Something of every kind in each company, each text carrying its mark: what a leak would show."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    Comment,
    GroupApprovalTask,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail_localize.models import Translation, TranslationSource

from cms.models import CompanyDocument, CompanyImage
from cms.news.models import NewsIndexPage, NewsPage
from portal_modules.accounts.models import AddressProof, LegalText
from portal_modules.conversations.choices import MessageKind
from portal_modules.conversations.models import Message, Thread
from portal_modules.core.access import ActorKind
from portal_modules.core.models import (
    Channel,
    CompanySetting,
    ImportFile,
    Job,
    JobFault,
    SocialLink,
    StaffMembership,
)
from portal_modules.core.models.owned import CompanyOwned
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Address, BuildingSite, CustomerGroup
from portal_modules.documents.actions import ask_for_document
from portal_modules.documents.models import Document
from portal_modules.feedback.choices import Mode
from portal_modules.feedback.models import Opinion
from portal_modules.notifications.models import MailPreference, OutboxMessage
from tests.cms.reading import add_answer, add_article, add_programme, add_section
from tests.modules.rows import filled
from tests.world.companies import CompanyWorld


@dataclass
class Belongings:
    """The identifiers of one company's rows, by the kind of row."""

    ids: dict[str, list[Any]]


def fill(side: CompanyWorld, mark: str) -> Belongings:
    """Make one of everything, in the scope of the company."""
    with company_scope(side.company):
        index = NewsIndexPage.objects.get(path__startswith=side.company.site.root_page.path)
        news = index.add_child(
            instance=NewsPage(title=f"News {mark}", slug="one", introduction=mark, locale=index.locale)
        )
        revision = news.save_revision(user=side.editor)
        revision.publish(user=side.editor)
        draft = index.add_child(
            instance=NewsPage(title=f"Draft {mark}", slug="two", live=False, locale=index.locale)
        )
        draft.save_revision(user=side.editor)
        image = CompanyImage.objects.create(
            title=f"Image {mark}", file=_picture(), collection=_collection(side), uploaded_by_user=side.editor
        )
        image.tags.add(f"tag {mark}")
        document = CompanyDocument.objects.create(
            title=f"Document {mark}",
            file=ContentFile(mark.encode(), name="d.txt"),
            collection=_collection(side),
            uploaded_by_user=side.editor,
        )
        news.image = image
        news.save_revision(user=side.editor).publish(user=side.editor)
        child = _collection(side).add_child(name=f"Collection {mark}")
        redirect = Redirect.objects.create(old_path="/old", site=side.company.site, redirect_link=f"/{mark}")
        workflow = Workflow.objects.create(name=f"Workflow {mark}")
        task = GroupApprovalTask.objects.create(name=f"Task {mark}")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=index)
        state = workflow.start(draft, side.editor)
        comment = Comment.objects.create(
            page=news, user=side.editor, text=f"Comment {mark}", contentpath="title"
        )
        source, _made = TranslationSource.get_or_create_from_instance(news)
        translation = Translation.objects.create(
            source=source, target_locale=Locale.objects.exclude(pk=news.locale_id).first()
        )
        translation.save_target(user=side.editor)
        customer = next(iter(side.customers.values()))
        process = next(iter(side.processes.values()))
        group = CustomerGroup.objects.create(name=f"Group {mark}")
        address = Address.objects.create(customer=customer, street=f"Street {mark}", city=mark, country="PT")
        BuildingSite.objects.create(customer=customer, name=f"Site {mark}", address=address)
        Channel.objects.create(purpose="general", kind="email", value=f"{mark.lower()}@example.com")
        SocialLink.objects.create(network="website", url=f"https://{mark.lower()}.example")
        CompanySetting.objects.create(name="note", value=mark)
        thread = Thread.objects.create(
            customer=customer,
            record_type="processes.process",
            record_id=process.pk,
            last_message_at=timezone.now(),
        )
        for kind in (MessageKind.MESSAGE, MessageKind.NOTE):
            Message.objects.create(
                thread=thread, kind=kind, actor_kind=ActorKind.STAFF, author_name=mark, body=f"{kind} {mark}"
            )
        file = Document.objects.create(
            customer=customer,
            record_type="processes.process",
            record_id=process.pk,
            file=ContentFile(mark.encode(), name="x"),
            name=f"File {mark}",
            content_type="text/plain",
            size=len(mark),
            sha256="0" * 64,
            actor_kind=ActorKind.STAFF,
            author_name=mark,
        )
        asked = ask_for_document(
            customer, title={"en": f"Paper {mark}"}, reason={"en": mark}, due_on=None, record=process, by=None
        )
        OutboxMessage.objects.create(
            event="note",
            customer=customer,
            address=f"{mark.lower()}@example.com",
            language="en",
            payload={"note": mark},
            next_try_at=timezone.now(),
            state="sent",
        )
        AddressProof.objects.create(purpose="register", email=f"{mark.lower()}@example.com")
        job = Job.objects.create(
            company=side.company,
            kind="core.bulk",
            right="processes.edit",
            started_by_name=mark,
            language="en",
            total=1,
            position=1,
            refused=1,
            state="done",
            file=ContentFile(mark.encode(), name="x"),
            file_name=f"{mark}.csv",
            worked_at=timezone.now(),
            ended_at=timezone.now(),
        )
        JobFault.objects.create(job=job, line=1, what=f"What {mark}", reasons={"": f"Reason {mark}"})
        table = ImportFile.objects.create(
            company=side.company,
            kind="customers",
            name=f"{mark}.csv",
            headings=[f"Heading {mark}"],
            sample=[[f"Cell {mark}"]],
            row_count=1,
            rows_file=ContentFile(f'[2, "Cell {mark}"]'.encode(), name="x"),
            check_job=job,
        )
        legal = LegalText.objects.create(kind="terms", version=1, body_en=f"<p>Terms {mark}</p>")
        _pages(mark)
        _rest(side, mark)
        editor_groups = list(side.editor.groups.values_list("pk", flat=True))
        pages = Page.objects.filter(path__startswith=side.company.site.root_page.path)
        return Belongings(
            {
                "page": [*pages.values_list("pk", flat=True)],
                "home": [pages.first().pk],
                "news": [news.pk, draft.pk],
                "image": [image.pk],
                "document": [document.pk],
                "collection": [_collection(side).pk, child.pk],
                "redirect": [redirect.pk],
                "workflow": [workflow.pk],
                "task": [task.pk],
                "task_state": [state.current_task_state_id],
                "workflow_state": [state.pk],
                "comment": [comment.pk],
                "translation": [translation.pk],
                "revision": [revision.pk, draft.latest_revision_id],
                "user": [side.editor.pk, side.manager.pk],
                "group": editor_groups,
                "membership": [StaffMembership.objects.first().pk],
                "site": [side.company.site_id],
                "kind": [side.kind.pk],
                "legaltext": [legal.pk],
                "phase": [side.phases[0].pk],
                "process": [process.pk],
                "customer": [customer.pk],
                "contact": [customer.contacts.first().pk],
                "customergroup": [group.pk],
                "company": [side.company.pk],
                "locale": [news.locale_id],
                "thread": [thread.pk],
                "file": [file.pk],
                "request": [asked.pk],
                "job": [job.pk],
                "import": [table.pk],
                "import_kind": ["customers", "processes"],
                **_by_model(),
            }
        )


def _pages(mark: str) -> None:
    """A page of each kind that customers read."""
    add_article(add_section(title=f"Section {mark}"), f"Article {mark}")
    add_answer(f"Question {mark}", mark)
    add_programme(f"Programme {mark}")


def _owned() -> list[type[Any]]:
    """The models of our own whose rows belong to a company."""
    return [model for model in apps.get_models() if issubclass(model, CompanyOwned)]


def _rest(side: CompanyWorld, mark: str) -> None:
    """A plain row of whatever has none by now, so that a module need not come here to be probed."""
    customer = next(iter(side.customers.values()))
    contact = customer.contacts.first()
    # What a plain row would break a rule of.
    besides: dict[type[Any], dict[str, Any]] = {
        MailPreference: {"contact": contact},
        Opinion: {"mode": Mode.LOGIN},
    }
    for model in _owned():
        if not model.objects.exists():
            filled(model, customer, mark=mark, **besides.get(model, {}))


def _by_model() -> dict[str, list[Any]]:
    """Some identifiers of each of our models: `{"processes/process": [...]}`, as addresses name them."""
    found = {}
    for model in _owned():
        rows = list(model.objects.order_by().values_list("pk", flat=True)[:2])
        assert rows, f"nothing was made of {model.__name__}"
        found[f"{model._meta.app_label}/{model._meta.model_name}"] = rows
    return found


def _collection(side: CompanyWorld) -> Collection:
    return Collection.objects.get(depth=2)


def _picture() -> ImageFile:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "green").save(buffer, "PNG")
    return ImageFile(BytesIO(buffer.getvalue()), name="picture.png")
