"""Asking for a review, and answering one. What the office does with it is in the actions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal_modules.conversations.choices import WRITING_ROLES
from portal_modules.core.access import Access
from portal_modules.core.uploads import FilesField, FilesForm
from portal_modules.customers.models import Customer

from ..choosing import choices_for, choices_of
from ..models import Process, ReviewSubject
from ..models.reviews import MOST_LETTERS


class ReviewForm(FilesForm):
    """What it is about, which business is wrong if any, and what should be looked at.

    Somebody who writes for several customers also says for which of them, where no business says it.
    """

    subject = forms.ModelChoiceField(  # type: ignore[var-annotated]  # its rows are chosen below
        label=_("Subject"), queryset=None, empty_label=_("Choose one")
    )
    process = forms.ChoiceField(
        label=_("Which business?"),
        required=False,
        help_text=_("Leave it open when the business is missing from your list."),
    )
    customer = forms.ModelChoiceField(  # type: ignore[var-annotated]  # its rows are chosen below
        label=_("For whom?"), queryset=None, empty_label=None
    )
    description = forms.CharField(
        label=_("What should we look at?"),
        help_text=_("What is missing or wrong, and what you expected instead."),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    attachments = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("If a paper shows it: a PDF or a picture, up to 10 files of 20 MB each."),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        fields: Any = self.fields
        fields["subject"].queryset = ReviewSubject.objects.filter(is_active=True)
        writing = writing_customers(access)
        fields["customer"].queryset = Customer.objects.visible_to(access).filter(pk__in=writing)
        if len(writing) < 2:
            del fields["customer"]
        self._mine = Process.objects.visible_to(access).filter(customer__in=writing)
        found = [(str(choice.pk), str(choice)) for choice in choices_of(choices_for(self._mine))]
        fields["process"] = OwnProcessField(self._mine, found, fields["process"])

    def chosen_customer(self) -> Customer:
        """Whose review it is: the business's customer, else the one that was named, else the only one."""
        if process := self.cleaned_data["process"]:
            customer: Customer = process.customer
            return customer
        if "customer" in self.cleaned_data:
            return self.cleaned_data["customer"]
        return Customer.objects.visible_to(self.access).get(pk__in=writing_customers(self.access))


class OwnProcessField(forms.ChoiceField):
    """A business of the customer's. The list holds the first few; an address may name any of them."""

    def __init__(self, mine: Any, shown: list[tuple[str, str]], like: forms.Field) -> None:
        nothing = ("", _("It is not in the list"))
        super().__init__(
            choices=[nothing, *shown], label=like.label, help_text=like.help_text, required=False
        )
        self._mine = mine

    def clean(self, value: Any) -> Process | None:
        """The business, or none; somebody else's is as wrong as one that is not there."""
        if not value:
            return None
        try:
            process: Process | None = (
                self._mine.select_related("customer").filter(pk=UUID(str(value))).first()
            )
        except ValueError:
            process = None
        if process is None:
            raise forms.ValidationError(_("This is none of your businesses. Please choose again."))
        return process


def writing_customers(access: Access) -> list[int]:
    """The customers for whom whoever is looking may ask for something; a viewer only looks."""
    return [pk for pk in access.customer_ids if access.has_role(pk, *WRITING_ROLES)]
