"""An invoice of a European company carries itself as a structured file, and says in it what the paper says."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf
import pytest
from defusedxml.ElementTree import fromstring

from portal_modules.billing.actions import Claim, settle
from portal_modules.billing.models import Invoice
from portal_modules.billing.papers.fiscal_xml import read_fiscal_xml
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope, platform_scope
from portal_modules.customers.models import Customer
from tests.billing.billed import issued
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

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
