"""The register of the messages sent, and the catalogue of the words of mails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_modeladmin.helpers import ButtonHelper

from portal_modules.core.admin import BulkVerb, Catalogue, Register
from portal_modules.core.rights import may

from .actions import send_again
from .choices import DeliveryState
from .exceptions import NotFailed
from .forms import WordsForm
from .models import MessageWords, OutboxMessage, label_of
from .staff_words import MailsView, WriteMailView


class MessageButtons(ButtonHelper):
    """To read, and to send again what failed."""

    def get_buttons_for_obj(self, obj: OutboxMessage, **kwargs: Any) -> list[dict[str, Any]]:
        """The buttons of one message."""
        buttons: list[dict[str, Any]] = super().get_buttons_for_obj(obj, **kwargs)
        if obj.state == DeliveryState.FAILED and may(self.request.user, "notifications.resend"):
            buttons.append(
                {
                    "url": reverse("notifications_send_again", args=[obj.pk]),
                    "label": _("Send again"),
                    "classname": "button button-small",
                    "title": _("Send this message again"),
                }
            )
        return buttons


class EventFilter(SimpleListFilter):
    """What a message is about, in words."""

    title = _("about")
    parameter_name = "event"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """Those that occur."""
        found = OutboxMessage.objects.order_by("event").values_list("event", flat=True).distinct()
        return [(event, label_of(event)) for event in found]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the one that was chosen."""
        return queryset.filter(event=self.value()) if self.value() else queryset


def _why_not_again(message: OutboxMessage, _data: Mapping[str, Any]) -> Any:
    return None if message.state == DeliveryState.FAILED else NotFailed.sentence


class MessageRegister(Register):
    """What was told to whom, and whether it arrived. Nobody adds to it or changes it."""

    model = OutboxMessage
    menu_label = _("Messages sent")
    menu_icon = "mail"
    menu_order = 220
    view_right = "notifications.view"
    edit_right = "notifications.nobody"
    can_create = False
    history_view_enabled = False
    button_helper_class = MessageButtons
    index_template_name = "notifications/staff/messages.html"
    bulk_verbs = (
        BulkVerb(
            "again",
            _("Send again"),
            lambda message, _data, by: send_again(message, by=by),
            why_not=_why_not_again,
            right="notifications.resend",
            related=("contact",),
            is_told=True,
        ),
    )
    list_display = ["created_at", "about", "recipient", "state", "sent_at", "error"]
    list_export = ["created_at", "about", "recipient", "state", "attempts", "sent_at", "error"]
    list_columns = ["customer", "language", "attempts"]
    list_filter = ["state", EventFilter, "created_at"]
    list_group = ["state"]
    list_tones = {
        "state": {"waiting": "busy", "sent": "done", "failed": "wrong", "bounced": "wrong", "dropped": "off"}
    }
    search_fields = ["contact__name", "contact__email", "address", "customer__name"]
    list_select_related = ["contact", "customer"]
    inspect_view_fields = [
        "about",
        "recipient",
        "customer",
        "language",
        "state",
        "attempts",
        "created_at",
        "sent_at",
        "next_try_at",
        "error",
    ]


class WordsCatalogue(Catalogue):
    """The company's own words for each mail, with what can be written into them."""

    model = MessageWords
    base_form_class = WordsForm
    icon = "edit"
    menu_label = _("Words of the mails")
    menu_order = 221
    index_view_class = MailsView
    add_view_class = WriteMailView
    view_right = "notifications.view"
    edit_right = "notifications.word"
    translated = ("subject", "title", "body")
    common_panels = (FieldPanel("event"),)
    list_display = ("__str__", "subject")
