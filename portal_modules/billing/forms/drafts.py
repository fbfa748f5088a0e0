"""The form in which staff write an invoice: for whom and until when, its lines, its instalments."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import AmountField, NoAmount
from portal_modules.core.choices import Currency
from portal_modules.core.companies import card_in_scope
from portal_modules.core.inputs import DayInput
from portal_modules.customers.forms import CustomerField, hints
from portal_modules.customers.models import Customer

from ..actions import Claim, Part
from ..actions.drafting import MOST_LINES, MOST_PARTS, days_to_pay
from ..days import billing_day
from ..models import BankAccount, Invoice

BLANK_LINES: Final = 3


def _plain(text: str, most: int) -> Decimal:
    """A quantity or a rate as people write it: a point or a comma, and nothing that only programs read."""
    whole, _mark, fraction = text.strip().replace(",", ".").partition(".")
    if not (
        text.isascii() and whole.isdigit() and (fraction.isdigit() or not fraction) and len(fraction) <= 4
    ):
        raise ValidationError(str(NoAmount.sentence))
    found = Decimal(f"{whole}.{fraction or 0}") if len(whole) <= len(str(most)) else Decimal(most + 1)
    if found > most:
        raise ValidationError(_("This is too much."))
    return found


class PlainDecimalField(forms.Field):
    """A number with at most four decimals, such as a quantity."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def to_python(self, value: object) -> Any:
        """The number, None where nothing was typed."""
        text = "" if value is None else str(value).strip()
        return _plain(text, self.most) if text else None

    def prepare_value(self, value: object) -> object:
        """Without zeros at the end."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Phones show digits and a decimal sign."""
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}


class DraftForm(forms.Form):
    """What stands on the invoice besides its lines."""

    customer = CustomerField(label=_("Customer"))
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DayInput())
    bank_account = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Bank account"), queryset=None, required=False, empty_label=_("None")
    )
    reference = forms.CharField(label=_("Reference"), max_length=120, required=False)
    purchase_order = forms.CharField(label=_("Purchase order of the customer"), max_length=60, required=False)
    period_from = forms.DateField(label=_("Closing period, from"), required=False, widget=DayInput())
    period_to = forms.DateField(label=_("Closing period, to"), required=False, widget=DayInput())
    discount_percent = PlainDecimalField(
        label=_("Discount for early payment, percent"), most=99, required=False
    )
    discount_amount = AmountField(
        label=_("Discount for early payment, amount"), required=False, may_be_zero=True
    )
    discount_until = forms.DateField(label=_("Discount until"), required=False, widget=DayInput())
    notes = forms.CharField(
        label=_("Notes to the customer"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, invoice: Invoice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invoice = invoice
        accounts: Any = self.fields["bank_account"]
        accounts.queryset = BankAccount.objects.filter(is_active=True)
        if invoice is not None:
            self.fields["customer"].disabled = self.fields["currency"].disabled = True
        money: Any = self.fields["discount_amount"]
        money.currency = self.chosen_currency()

    def chosen_currency(self) -> str:
        """The currency that amounts of this form are in."""
        if self.invoice is not None:
            return self.invoice.currency
        named = (
            str(self.data.get(self.add_prefix("currency"), ""))
            if self.is_bound
            else self.initial.get("currency")
        )
        return named if named in Currency.values else str(card_in_scope().company.currency)

    def facts(self) -> dict[str, Any]:
        """The columns that an action takes."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("reference", "purchase_order", "notes", "bank_account")},
            **{name: data[name] for name in ("period_from", "period_to", "discount_until")},
            "discount_percent": data["discount_percent"] or Decimal(0),
            "discount_amount": data["discount_amount"] or Decimal(0),
        }


class _OfCurrency(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's own class takes no argument
    """Rows whose amounts are in the currency of the invoice."""

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        self.currency = currency
        super().__init__(*args, **kwargs)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Each amount field learns the currency; whatever row is left empty is none."""
        super().add_fields(form, index)
        form.empty_permitted = True
        for field in form.fields.values():
            if isinstance(field, AmountField):
                field.currency = self.currency


class _RowForm(forms.Form):
    """A row of several: emptied, it is not there."""

    # Filled in beforehand: it does not make a row.
    usual: ClassVar[frozenset[str]] = frozenset()

    def has_changed(self) -> bool:
        """Does the row say something?"""
        typed = [
            str(self.data.get(self.add_prefix(name), "")) for name in self.fields if name not in self.usual
        ]
        return any(text.strip() for text in typed)


class LineForm(_RowForm):
    """One line. What is left empty is no line."""

    usual = frozenset({"quantity"})
    text = forms.CharField(label=_("What for"), max_length=500)
    quantity = PlainDecimalField(label=_("Quantity"), most=9_999_999, initial=Decimal(1))
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    unit_price = AmountField(label=_("Unit price"), may_be_zero=True)
    tax_rate = PlainDecimalField(label=_("Tax, %"), most=100, required=False)
    withheld = AmountField(label=_("Withheld"), required=False, may_be_zero=True)

    def claim(self) -> Claim:
        """What an action takes."""
        data = self.cleaned_data
        return Claim(
            data["text"],
            data["unit_price"],
            quantity=data["quantity"],
            unit=data["unit"],
            tax_rate=data["tax_rate"] or Decimal(0),
            withheld=data["withheld"] or Decimal(0),
        )


class PartForm(_RowForm):
    """One instalment."""

    due_on = forms.DateField(label=_("Due on"), widget=DayInput())
    amount = AmountField(label=_("Amount"))


def _set_of(form: type[forms.Form], *, extra: int, most: int) -> Any:
    return formset_factory(
        form, formset=_OfCurrency, extra=extra, max_num=most, absolute_max=most, validate_max=True
    )


LineFormSet = _set_of(LineForm, extra=BLANK_LINES, most=MOST_LINES)
PartFormSet = _set_of(PartForm, extra=0, most=MOST_PARTS)


class DraftForms:
    """The form with its lines and instalments, of a new invoice or of a draft."""

    def __init__(
        self, data: Any = None, *, invoice: Invoice | None = None, customer: Customer | None = None
    ) -> None:
        self.invoice = invoice
        self.facts = DraftForm(data, invoice=invoice, initial=self._initial(customer))
        currency = self.facts.chosen_currency()
        self.lines = LineFormSet(data, prefix="lines", currency=currency, initial=self._lines())
        self.parts = PartFormSet(data, prefix="parts", currency=currency, initial=self._parts())
        self.parts.extra = 2 if data is None and invoice is None else 1

    @property
    def customer_hints(self) -> list[str]:
        """What the browser offers for the customer; a draft's stays."""
        return hints() if self.invoice is None else []

    def is_valid(self) -> bool:
        """All of them, so that each says what is wrong with it."""
        return all([self.facts.is_valid(), self.lines.is_valid(), self.parts.is_valid()])

    @property
    def currency(self) -> str:
        """The currency of its amounts."""
        return self.facts.chosen_currency()

    def claims(self) -> list[Claim]:
        """The lines that say something and are in order."""
        good = [form for form in self.lines.forms if form.has_changed() and form.is_valid()]
        return [form.claim() for form in good if form.cleaned_data]

    def parts_named(self) -> list[Part]:
        """The instalments."""
        good = [form for form in self.parts.forms if form.has_changed() and form.is_valid()]
        return [
            Part(form.cleaned_data["due_on"], form.cleaned_data["amount"])
            for form in good
            if form.cleaned_data
        ]

    def _initial(self, customer: Customer | None) -> dict[str, Any]:
        if self.invoice is not None:
            names = [name for name in DraftForm.base_fields if name not in {"customer", "bank_account"}]
            found = {name: getattr(self.invoice, name) for name in names}
            found["discount_percent"] = found["discount_percent"] or None
            found["discount_amount"] = found["discount_amount"] or None
            return {
                **found,
                "customer": self.invoice.customer_id,
                "bank_account": self.invoice.bank_account_id,
            }
        company = card_in_scope().company
        account = BankAccount.objects.filter(is_active=True, currency=company.currency).first()
        days = days_to_pay(customer) if customer else int(card_in_scope().setting("billing.days_to_pay"))
        return {
            "customer": customer.pk if customer else None,
            "currency": company.currency,
            "due_on": billing_day(company) + timedelta(days=days),
            "bank_account": account.pk if account else None,
        }

    def _lines(self) -> list[dict[str, Any]]:
        if self.invoice is None:
            return []
        names = ("text", "quantity", "unit", "unit_price", "tax_rate", "withheld")
        rows = [{name: getattr(line, name) for name in names} for line in self.invoice.lines.all()]
        return [
            {**row, "tax_rate": row["tax_rate"] or None, "withheld": row["withheld"] or None} for row in rows
        ]

    def _parts(self) -> list[dict[str, Any]]:
        if self.invoice is None:
            return []
        return [{"due_on": part.due_on, "amount": part.amount} for part in self.invoice.instalments.all()]
