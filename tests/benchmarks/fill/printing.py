"""How long it takes to print invoices, and to set the same pages with bare Typst. Run in the portal's environment.

    python -m tests.benchmarks.fill.printing

Prints, as JSON, how many were printed each way, and the seconds of the processor that each way took. The two ways take
turns at different invoices, because Typst remembers what it has set.
"""

from __future__ import annotations

import json
import time

import django

django.setup()

import typst  # noqa: E402

from portal_modules.billing.models import Invoice  # noqa: E402
from portal_modules.billing.papers.content import as_content, draw  # noqa: E402
from portal_modules.billing.papers.typeset import FONTS, TEMPLATES  # noqa: E402
from portal_modules.billing.printing import design_of, in_language_of, invoice_paper  # noqa: E402
from portal_modules.core.companies import CompanyCard, card_of_company  # noqa: E402
from portal_modules.core.models import Company  # noqa: E402
from portal_modules.core.scope import company_scope, platform_scope  # noqa: E402

MANY = 200  # each way
_STANDARDS = ["a-3a", "ua-1"]


def main() -> None:
    """Warm up with two, and measure the rest in turns."""
    with platform_scope():
        companies = list(Company.objects.filter(closed_at=None).order_by("pk"))
    seconds = {"ours": 0.0, "bare": 0.0}
    printed = 0
    for company in companies:
        with company_scope(company):
            card = card_of_company(company)
            wanted = 2 * MANY + 2 - printed
            keys = list(Invoice.objects.issued().order_by("pk").values_list("pk", flat=True)[:wanted])
            for key in keys:
                name = "ours" if printed % 2 else "bare"
                taken = _ours(key, card) if name == "ours" else _bare(key, card)
                if printed >= 2:  # noqa: PLR2004 (the first of each way read the fonts)
                    seconds[name] += taken
                printed += 1
        if printed >= 2 * MANY + 2:
            break
    print(json.dumps({"printed": (printed - 2) // 2, **seconds}))


def _read(key: object) -> Invoice:
    found: Invoice = Invoice.objects.select_related("customer", "company", "bank_account").get(pk=key)
    return found


def _ours(key: object, card: CompanyCard) -> float:
    """From its id to the PDF, as a request does it the first time."""
    begin = time.process_time()
    invoice = _read(key)
    with in_language_of(invoice, card):
        made = draw(invoice_paper(invoice, card), design_of(card))
    taken = time.process_time() - begin
    assert made.startswith(b"%PDF")
    return taken


_compilers: list[typst.Compiler] = []


def _bare(key: object, card: CompanyCard) -> float:
    """What stands on it is there already: Typst alone."""
    invoice = _read(key)
    with in_language_of(invoice, card):
        data = json.dumps(as_content(invoice_paper(invoice, card)), ensure_ascii=False, sort_keys=True)
    if not _compilers:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
        _compilers.append(typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True))
    template = str(TEMPLATES / f"{design_of(card)}.typ")
    begin = time.process_time()
    made = _compilers[0].compile(
        input=template, sys_inputs={"data": data}, format="pdf", pdf_standards=_STANDARDS, timestamp=0
    )
    taken = time.process_time() - begin
    assert bytes(made).startswith(b"%PDF")  # type: ignore[arg-type]  # one document is one piece
    return taken


if __name__ == "__main__":
    main()
