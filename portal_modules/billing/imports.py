"""Invoices, boletos and fiscal notes from tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from portal_modules.core.importing.kinds import Column, ImportKind, Load, Part, bare, imports
from portal_modules.core.models import Company

from .loading import HEADER, InvoiceLoading
from .loading_rest import load_notes, load_slips

_CUSTOMER = (
    Column(
        "customer_tax_id",
        _("Tax id of the customer"),
        (
            *("nif", "cif", "cpf", "cnpj", "cpf cnpj", "rut", "tax id", "contribuinte", "nif do cliente"),
            *("documento do cliente", "rut del cliente", "identificacao fiscal", "identificacion fiscal"),
        ),
        ("501964843", "501964843"),
    ),
    Column(
        "customer_reference",
        _("Own number of the customer"),
        ("codigo do cliente", "codigo del cliente", "customer code", "customer number", "cliente id"),
        ("", ""),
    ),
    Column("country", _("Country of the tax id"), ("pais",), ("", "")),
)
_NUMBER = (
    "numero",
    "number",
    "fatura",
    "factura",
    "invoice",
    "invoice number",
    "numero da fatura",
    "folio",
    "documento",
)
_ISSUED = (
    "emissao",
    "data de emissao",
    "emision",
    "fecha de emision",
    "issue date",
    "issued",
    "fecha",
    "data",
)
_DUE = ("vencimento", "data de vencimento", "vencimiento", "fecha de vencimiento", "due date", "due")
_AMOUNT = ("valor", "amount", "importe", "monto", "total", "valor total")

_PRICE = ("price", "valor unitario", "preco", "preco unitario", "precio", "precio unitario", *_AMOUNT)
_ORDER = ("pedido", "orden de compra", "purchase order", "ordem de compra")


@imports.kind
class InvoiceTable(ImportKind):
    """Invoices of another program: one row for each line, those of one invoice after each other."""

    name = "billing.invoices"
    label = _("Invoices with their lines")
    summary = _("One row for each line. Rows of the same number that follow one another are one invoice.")
    right = "billing.edit"
    icon = "doc-full"
    register = "billing_invoice_modeladmin_index"
    needs: ClassVar[Any] = (
        frozenset({"number"}),
        frozenset({"customer_tax_id", "customer_reference"}),
        frozenset({"due_on"}),
        frozenset({"unit_price"}),
    )
    together = "number"
    chunk_size = 5000
    columns = (
        Column("number", _("Number"), _NUMBER, ("FT 2026/1", "FT 2026/1"), _("As the other program wrote it.")),
        *_CUSTOMER,
        Column("issued_on", _("Issued on"), _ISSUED, ("2026-03-02", "2026-03-02")),
        Column("due_on", _("Due on"), _DUE, ("2026-03-17", "2026-03-17")),
        Column("currency", _("Currency"), ("moeda", "moneda", "currency"), ("EUR", "EUR"), _("BRL, EUR, USD or CLP.")),
        Column("text", _("What for"), ("descricao", "descripcion", "description", "item", "texto"), ("Fees", "Postage")),
        Column("quantity", _("Quantity"), ("quantidade", "cantidad", "qty", "quantity"), ("1", "2")),
        Column("unit", _("Unit"), ("unidade", "unidad", "unit"), ("h", "")),
        Column("unit_price", _("Unit price"), _PRICE, ("120.00", "4.50")),
        Column("tax_rate", _("Tax, %"), ("iva", "taxa", "taxa de iva", "tasa", "tax rate", "iva %"), ("23", "23")),
        Column("withheld", _("Withheld"), ("retencao", "retencion", "withholding", "retido"), ("", "")),
        Column("paid", _("Paid so far"), ("pago", "pagado", "paid", "valor pago"), ("0", ""), _("Of the whole invoice.")),
        Column("reference", _("Reference"), ("referencia", "reference", "assunto", "asunto"), ("", "")),
        Column("purchase_order", _("Purchase order of the customer"), _ORDER, ("", "")),
        Column("period_from", _("Closing period, from"), ("periodo de", "periodo desde", "period from"), ("", "")),
        Column("period_to", _("Closing period, to"), ("periodo ate", "periodo hasta", "period to"), ("", "")),
    )  # fmt: skip

    def parts(self, company: Company, values: Mapping[str, str]) -> list[Part | None]:
        """The invoice by its number: what stands on it is the same in all of its rows."""
        number = values.get("number", "").strip()
        return [(f"n:{number}", tuple([values.get(name, "") for name in HEADER])) if number else None]

    def load(self, load: Load) -> None:
        """With a few statements for thousands."""
        InvoiceLoading(load).run()


@imports.kind
class SlipTable(ImportKind):
    """Boletos that a bank has registered, each with its line."""

    name = "billing.slips"
    label = _("Boletos")
    summary = _("The line of each boleto, and the number of its invoice.")
    right = "billing.edit"
    icon = "list-ol"
    register = "billing_bankslip_modeladmin_index"
    needs: ClassVar[Any] = (frozenset({"number"}), frozenset({"line"}))
    chunk_size = 500
    columns = (
        Column("number", _("Number of the invoice"), _NUMBER, ("000123", "000124")),
        Column(
            "line",
            _("Line of the boleto"),
            ("linha digitavel", "linha", "linea", "line", "codigo de barras"),
            ("", ""),
            _("47 digits, with or without points and blanks."),
        ),
        Column(
            "our_number",
            _("Number at the bank"),
            ("nosso numero", "our number", "numero en el banco"),
            ("", ""),
        ),
        Column("registered_on", _("Registered on"), ("registro", "data de registro", "registered"), ("", "")),
    )

    def parts(self, company: Company, values: Mapping[str, str]) -> list[Part | None]:
        """The boleto, by the digits of its line."""
        line = "".join(sign for sign in values.get("line", "") if sign.isdigit())
        return [(f"l:{line}", (values.get("number", ""),)) if line else None]

    def load(self, load: Load) -> None:
        """Each line through the action."""
        load_slips(load)


@imports.kind
class NoteTable(ImportKind):
    """Fiscal notes without their files."""

    name = "billing.notes"
    label = _("Fiscal notes (without their files)")
    summary = _("What a list shows of each. Notes with their XML are taken in on the page of fiscal notes.")
    right = "billing.edit"
    icon = "doc-full-inverse"
    register = "billing_fiscaldocument_modeladmin_index"
    can_tell = True
    needs: ClassVar[Any] = (
        frozenset({"key", "number"}),
        frozenset({"customer_tax_id", "customer_reference"}),
        frozenset({"issued_on"}),
        frozenset({"amount"}),
    )
    chunk_size = 500
    columns = (
        Column("key", _("Access key"), ("chave", "chave de acesso", "clave", "key", "access key"), ("", "")),
        Column(
            "kind",
            _("Kind"),
            ("tipo", "kind", "modelo"),
            ("nfe", "nfse"),
            _("nfe, nfse, dte, ubl or facturx."),
        ),
        Column(
            "number",
            _("Number of the note"),
            ("numero da nota", "numero", "number", "folio"),
            ("1234", "1235"),
        ),
        Column("series", _("Series"), ("serie", "series"), ("1", "1")),
        *_CUSTOMER,
        Column("issued_on", _("Issued on"), _ISSUED, ("2026-03-02", "2026-03-02")),
        Column("amount", _("Amount"), _AMOUNT, ("1500.00", "80.00")),
        Column("currency", _("Currency"), ("moeda", "moneda", "currency"), ("", "")),
        Column(
            "operation",
            _("Operation"),
            ("natureza", "natureza da operacao", "operacion", "operation"),
            ("", ""),
        ),
        Column("cfop", _("CFOP"), ("cfop",), ("", "")),
        Column(
            "state",
            _("State"),
            ("situacao", "estado", "state", "status"),
            ("", ""),
            _("cancelled, or nothing."),
        ),
        Column("invoice", _("Number of the invoice"), ("fatura", "factura", "invoice"), ("", "")),
    )

    def parts(self, company: Company, values: Mapping[str, str]) -> list[Part | None]:
        """The note, by its key or its number."""
        key = bare(values.get("key", "")).replace(" ", "") or "-".join(
            values.get(name, "") for name in ("kind", "series", "number")
        )
        return [(f"k:{key}", (values.get("amount", ""), values.get("issued_on", "")))]

    def load(self, load: Load) -> None:
        """Each line through the action."""
        load_notes(load)
