"""An invoice of a European company carries itself as a structured file, and says in it what the paper says."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf
import pytest
from defusedxml.ElementTree import fromstring

from portal_modules.billing.actions import Claim, settle
from portal_modules.billing.models import Invoice
from portal_modules.billing.papers.cii import Claimed, ClaimedLine, Trader, can_be_told
from portal_modules.billing.papers.facturx import said_to_be_facturx
from portal_modules.billing.papers.fiscal_xml import read_fiscal_xml
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope, platform_scope
from portal_modules.customers.models import Customer
from tests.billing.billed import issued
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

SCHEMAS = {
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
}
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"


@pytest.fixture
def invoice(world: World) -> Invoice:
    with platform_scope():
        Company.objects.filter(pk=world.home.company.pk).update(country="PT", tax_id="501964843")
    with company_scope(world.home.company):
        Customer.objects.filter(pk=world.home.customers["alice"].pk).update(
            name="Silva & Filhos <Lda>", tax_id="509442013", country="PT"
        )
        world.home.customers["alice"].refresh_from_db()
    claims = [
        Claim("Work & <advice>", Decimal("100.10"), quantity=Decimal("1.5"), tax_rate=Decimal(23)),
        Claim("Postage", Decimal("4.05")),
    ]
    return issued(world.home, claims=claims, purchase_order="PO-7")


def pdf_of(world: World, invoice: Invoice) -> Any:
    alice = Browser().sign_in(world.alice, world.home.company)
    answer: Any = alice.get(f"/p/castro-lima/en/my/billing/invoices/{invoice.pk}/pdf/")
    return pikepdf.open(io.BytesIO(answer.content))


def texts(root: Element, name: str) -> list[str]:
    return [str(each.text) for each in root.iter(f"{RAM}{name}")]


@pytest.mark.row("E19")
def test_the_pdf_carries_the_invoice_for_programs(world: World, invoice: Invoice) -> None:
    with pdf_of(world, invoice) as pdf:
        assert list(pdf.attachments) == ["factur-x.xml"]
        (file,) = pdf.Root.AF
        assert file.AFRelationship == "/Alternative"
        with pdf.open_metadata() as about:
            assert about["pdfaid:part"] == "3"
        data = pdf.attachments["factur-x.xml"].get_file().read_bytes()
    root = fromstring(data)
    assert root.tag.endswith("CrossIndustryInvoice")
    total = invoice.total.quantize(Decimal("0.01"))
    assert texts(root, "DuePayableAmount") == texts(root, "GrandTotalAmount") == [str(total)]
    assert texts(root, "RateApplicablePercent") == ["23", "0", "0", "23"]
    assert texts(root, "LineTotalAmount") == ["150.15", "4.05", "154.20"]
    assert texts(root, "CalculatedAmount") == ["0.00", "34.53"]
    assert "Work & <advice>" in texts(root, "Name")
    assert "PO-7" in texts(root, "IssuerAssignedID")
    facts = read_fiscal_xml(data)
    assert (facts.kind, facts.number, facts.amount) == ("facturx", invoice.number, total)
    assert facts.recipient_tax_id.endswith("509442013")


@pytest.mark.row("E19")
def test_the_pdf_says_that_it_is_a_facturx(world: World, invoice: Invoice) -> None:
    with pdf_of(world, invoice) as pdf:
        assert pdf.check_pdf_syntax() == []
        with pdf.open_metadata() as about:
            fx = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
            said = {name: about[fx + name] for name in ("DocumentType", "DocumentFileName", "Version")}
            level = about[f"{fx}ConformanceLevel"]
            assert about["pdfaid:part"] == "3", "what it said before it still says"
            assert invoice.number is not None
            assert invoice.number in str(about["dc:title"])
        (file,) = pdf.Root.AF
        described = [
            str(each.findtext("pdfaSchema:prefix", namespaces=SCHEMAS))
            for each in fromstring(pdf.Root.Metadata.read_bytes()).iterfind(
                ".//pdfaExtension:schemas/*/*", namespaces=SCHEMAS
            )
        ]
        carried = fromstring(pdf.attachments["factur-x.xml"].get_file().read_bytes())
        mime, names = str(file.EF.F.Subtype), {str(file.F), str(file.UF)}
        assert "/ModDate" in file.EF.F.Params
    assert said == {"DocumentType": "INVOICE", "DocumentFileName": "factur-x.xml", "Version": "1.0"}
    assert names == {said["DocumentFileName"]}
    assert mime == "/text/xml"
    assert level == "BASIC"
    profile = next(carried.iter(f"{RAM}GuidelineSpecifiedDocumentContextParameter"))[0].text
    assert str(profile).endswith("urn:factur-x.eu:1p0:basic")
    assert described.count("fx") == 1, "and PDF/A is told of the four properties"


def test_a_pdf_without_the_file_does_not_say_so(world: World, invoice: Invoice) -> None:
    with platform_scope():
        Company.objects.filter(pk=world.home.company.pk).update(country="BR")
    with pdf_of(world, invoice) as pdf:
        assert b"factur-x" not in pdf.Root.Metadata.read_bytes()


def test_a_claimant_without_a_number_makes_no_such_file(world: World, invoice: Invoice) -> None:
    """BR-CO-26 and BR-S-02 of the norm."""
    with platform_scope():
        Company.objects.filter(pk=world.home.company.pk).update(tax_id="")
    with pdf_of(world, invoice) as pdf:
        assert not pdf.attachments


@pytest.mark.parametrize(
    ("rate", "tax", "can_be"),
    [("23", "23.00", True), ("23", "23.99", True), ("23", "24.00", False), ("0", "0.01", False)],
)
def test_the_norm_has_no_words_for_a_tax_that_is_not_its_rate(rate: str, tax: str, can_be: bool) -> None:
    """BR-CO-17 and BR-S-09, as the published rules read them."""
    line = ClaimedLine("Work", Decimal(1), Decimal(100), Decimal("100.00"), Decimal(rate), Decimal(tax))
    day = date(2026, 11, 2)
    buyer = Trader("Silva", "PT")
    claimed = Claimed("1", day, day, "EUR", Trader("Lima", "PT", "PT501964843"), buyer, [line], Decimal(0))
    assert can_be_told(claimed) is can_be


def test_a_pdf_that_is_built_otherwise_is_not_touched() -> None:
    for other in (b"", b"%PDF-1.7\nstartxref\n0\n%%EOF", b"startxref\n99999999\n%%EOF"):
        with pytest.raises(ValueError, match="another shape"):
            said_to_be_facturx(other)


def test_it_stays_the_same_when_it_is_paid(world: World, invoice: Invoice) -> None:
    def file() -> bytes:
        with pdf_of(world, invoice) as pdf:
            return bytes(pdf.attachments["factur-x.xml"].get_file().read_bytes())

    before = file()
    with company_scope(world.home.company):
        settle(invoice, paid=Decimal(10))
    assert file() == before


def test_a_tax_without_a_rate_and_a_company_elsewhere_have_none(world: World, invoice: Invoice) -> None:
    with platform_scope():
        Company.objects.filter(pk=world.home.company.pk).update(country="BR")
    with pdf_of(world, invoice) as pdf:
        assert not pdf.attachments
