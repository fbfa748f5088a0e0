"""The files under `vectors`, as they were written: `python -m tests.payments.bank.vectors` writes them again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.payments.bank.files import Moved, Paid, cnab240, cnab400, ofx_sgml, ofx_xml

FOLDER = Path(__file__).parent.parent / "vectors"


def files() -> dict[str, bytes]:
    """Each file by its name."""
    day = date(2026, 5, 12)
    brazil = [
        Moved(day, "1250.00", "A1", "CONSTRUTORA SERRA AZUL", "PIX RECEBIDO txid: ALT2026000123"),
        Moved(day, "89,90", "A2", "", "TED 12.345.678/0001-95 SERRA AZUL LTDA ref 2026-0044"),
        Moved(day, "-35.50", "A3", "", "TARIFA PACOTE DE SERVICOS", kind="DEBIT"),
        Moved(date(2026, 5, 13), "1.300,00", "A4", "JOAO DA SILVA", "Depósito", kind="PIX"),
    ]
    portugal = [
        Moved(day, "350.00", "T-1", "Irmãos Vaz & Filhos, Lda", "TRF FT 2026/0012"),
        Moved(date(2026, 5, 20), "120.5", "T-2", "Beatriz Nogueira", "honorários"),
    ]
    itau = [
        Paid(
            "00000123", Decimal("500.00"), day, document="000045", name="SERRA AZUL", tax_id="12345678000195"
        ),
        Paid(
            "00000124",
            Decimal("100.00"),
            day,
            interest=Decimal("3.45"),
            fee=Decimal("2.50"),
            tax_id="39053344705",
        ),
        Paid("00000125", Decimal("80.00"), day, event="02"),
    ]
    bradesco = [
        Paid("777", Decimal("210.10"), day, name="ANA LIMA", tax_id="39053344705", document="F-77"),
        Paid("778", Decimal("99.99"), day, event="17"),
    ]
    itau_400 = [
        Paid(
            "123", Decimal("500.00"), day, fee=Decimal("2.50"), written=Decimal("497.50"), name="SERRA AZUL"
        ),
        Paid("124", Decimal("100.00"), day, interest=Decimal("3.45"), written=Decimal("100.00")),
        Paid("125", Decimal("60.00"), day, event="69"),
    ]
    bradesco_400 = [
        Paid("777", Decimal("210.10"), day, document="F-77"),
        Paid("778", Decimal("99.99"), day, event="15", interest=Decimal("1.01")),
        Paid("779", Decimal("10.00"), day, event="03"),
    ]
    texts = {
        "statement-1.ofx": ofx_sgml(brazil),
        "statement-2.ofx": ofx_xml(portugal),
        "itau-240.ret": cnab240("341", itau),
        "bradesco-240.ret": cnab240("237", bradesco),
        "itau-400.ret": cnab400("341", itau_400),
        "bradesco-400.ret": cnab400("237", bradesco_400),
    }
    return {name: text.encode("utf-8" if "xml" in text[:20] else "cp1252") for name, text in texts.items()}


if __name__ == "__main__":
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
