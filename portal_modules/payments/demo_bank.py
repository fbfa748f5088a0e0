"""The bank files of the demo world: a statement whose lines name what they pay better and worse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import escape
from typing import Any, Final

from portal_modules.billing.actions import billing_day
from portal_modules.billing.models import Invoice
from portal_modules.core.jobs import do_at_once
from portal_modules.core.models import Company

from .actions.bank import take_bank_file
from .bank.txids import txid_of
from .models import BankFile

# Alias, the bank that is written in the file, and the account: of no bank that there is.
ACCOUNTS: Final = {"castro-lima": ("0000", "PT50-0001"), "altura": ("000", "00012345")}
_SEVERAL: Final = 7
_HEADER: Final = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\nCHARSET:NONE\n\n"


def load_bank_file(company: Company, *, by: Any | None) -> BankFile | None:
    """Last week's statement of a company that works with one, taken in and matched; nothing of it is decided."""
    account = ACCOUNTS.get(company.alias)
    open_ones = Invoice.objects.open().filter(currency=company.currency).select_related("customer")
    invoices = list(open_ones.order_by("next_due_on", "number")[:_SEVERAL])
    if account is None or not invoices:
        return None
    content = _statement(company, account, invoices, billing_day(company)).encode()
    file = take_bank_file(content, name=f"{company.alias}.ofx", by=by)
    if file.job is not None:
        do_at_once(file.job)
    return file


def _statement(company: Company, account: tuple[str, str], invoices: list[Invoice], today: date) -> str:
    bank, number = account
    rows = "".join(
        f"<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{today - timedelta(days=at % 5 + 1):%Y%m%d}<TRNAMT>{amount}"
        f"<FITID>{company.alias}-{at}{f'<NAME>{escape(name)}' if name else ''}<MEMO>{escape(memo)}</STMTTRN>\n"
        for at, (kind, amount, name, memo) in enumerate(_rows(company, invoices), 1)
    )
    return (
        f"{_HEADER}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>{company.currency}<BANKACCTFROM><BANKID>{bank}"
        f"<ACCTID>{number}</BANKACCTFROM><BANKTRANLIST>\n{rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


def _rows(company: Company, invoices: list[Invoice]) -> Iterator[tuple[str, str, str, str]]:
    """Each invoice in another way: by its reference, its number, the tax id, the name, and less than is open."""
    is_brazilian = company.country == "BR"
    came = "PIX RECEBIDO" if is_brazilian else "TRF"
    ways: list[Callable[[Invoice], tuple[Any, str, str]]] = [
        lambda each: (each.open_amount, "", f"{came} {txid_of(each.pk)}"),
        lambda each: (each.open_amount, each.name_as_issued, f"{came} {each.number}"),
        lambda each: (each.open_amount, "", f"{came} {each.tax_id or each.name_as_issued}"),
        lambda each: (each.open_amount, each.name_as_issued[:32], came),
        lambda each: (each.open_amount / 2, each.name_as_issued, f"{came} {each.number}"),
    ]
    for invoice, way in zip(invoices, ways, strict=False):
        amount, name, memo = way(invoice)
        yield "CREDIT", _written(amount, company), name.upper(), memo
    yield "CREDIT", _written(77, company), "", "DEPOSITO" if is_brazilian else "DEPÓSITO"
    yield "DEBIT", f"-{_written(12, company)}", "", "TARIFA" if is_brazilian else "COMISSÃO"


def _written(amount: Any, company: Company) -> str:
    return f"{amount:.0f}" if company.currency == "CLP" else f"{amount:.2f}"
