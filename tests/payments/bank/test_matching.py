"""Which open amount a line of the bank may be for: why, for none twice, and always the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.payments.bank.banks import our_number_of
from portal_modules.payments.bank.lines import StatementLine
from portal_modules.payments.bank.matching import Claim, Proposal, propose
from portal_modules.payments.bank.reasons import Why
from tests.patience import soon

DAY = date(2026, 5, 12)


def line(number: int = 1, amount: str = "100", text: str = "", **more: Any) -> StatementLine:
    return StatementLine(
        number=number,
        posted_on=DAY,
        amount=Decimal(amount),
        currency=more.pop("currency", "BRL"),
        identifier=f"x{number}",
        text=text,
        **more,
    )


def claim(invoice: str, amount: str = "100", **more: Any) -> Claim:
    return Claim(
        invoice=invoice,
        amount=Decimal(amount),
        currency=more.pop("currency", "BRL"),
        due_on=more.pop("due_on", DAY),
        **more,
    )


def only(proposals: dict[int, Proposal]) -> Proposal:
    [proposal] = proposals.values()
    return proposal


def whys(proposal: Proposal) -> set[Why]:
    return {reason.why for reason in proposal.reasons}


def test_a_pix_reference_comes_first_whatever_else_fits() -> None:
    claims = [claim("other", tax_id="39053344705", name="ANA LIMA"), claim("meant", txids=("ALT26X123",))]
    for said in (
        line(text="PIX ANA LIMA 390.533.447-05", txid="alt26x123"),
        line(text="PIX ANA LIMA 390.533.447-05 ALT26X123"),
        line(text="ANA LIMA 39053344705", references=("alt26x123",)),
    ):
        proposal = only(propose([said], claims))
        assert proposal.parts[0].claim.invoice == "meant"
        assert {Why.TXID, Why.AMOUNT} <= whys(proposal)
        assert proposal.score >= 90


def test_a_boleto_is_found_by_its_number_at_its_bank_and_interest_is_told_apart() -> None:
    claims = [claim("meant", slips=(("341", "124"),)), claim("other", slips=(("237", "124"),))]
    late = line(amount="103.45", charges=Decimal("3.45"), bank="341", our_number="124")
    proposal = only(propose([late], claims))
    assert proposal.parts[0].claim.invoice == "meant"
    assert proposal.parts[0].amount == Decimal(100)
    assert {Why.OUR_NUMBER, Why.CHARGES} <= whys(proposal)


def test_the_number_of_a_boleto_is_read_out_of_its_barcode() -> None:
    # Carteira 109, nosso número 12345678; agência 1234, carteira 09, nosso número 00000000777.
    assert (
        our_number_of("3419" + "0" * 15 + "109" + "12345678" + "9" + "1234" + "567890" + "000") == "12345678"
    )
    assert our_number_of("2379" + "0" * 15 + "1234" + "09" + "00000000777" + "0012345" + "0") == "777"
    assert our_number_of("0019" + "0" * 40) == ""


def test_numbers_tax_ids_and_names_in_the_banks_text_lead_to_the_invoice() -> None:
    claims = [
        claim("by number", keys=("FT 2026/0012",)),
        claim("by tax id", tax_id="12345678000195", name="SERRA AZUL LTDA"),
        claim("by name", name="Construtora João Conceição Ltda"),
        claim("nobody's", "55.55"),
    ]
    lines = [
        line(1, text="TRF ft-2026/0012 obrigado"),
        line(2, text="TED 12.345.678/0001-95"),
        line(3, text="PIX RECEBIDO JOAO CONCEICAO"),
        line(4, "55.55", "DEPOSITO"),
        line(5, "1.23", "DEPOSITO"),
    ]
    found = propose(lines, claims)
    assert {number: each.parts[0].claim.invoice for number, each in found.items()} == {
        1: "by number",
        2: "by tax id",
        3: "by name",
        4: "nobody's",
    }
    assert found[4].score <= 40
    assert found[2].score > found[3].score > found[4].score


def test_several_invoices_paid_at_once_are_found_by_their_sum() -> None:
    claims = [
        claim("first", "100", tax_id="39053344705", due_on=date(2026, 4, 1)),
        claim("second", "50.50", tax_id="39053344705", due_on=date(2026, 4, 2)),
        claim("third", "70", tax_id="39053344705", due_on=date(2026, 4, 3)),
        claim("stranger's", "150.50", tax_id="11144477735"),
    ]
    proposal = only(propose([line(amount="150.50", payer_tax_id="39053344705")], claims))
    assert [part.claim.invoice for part in proposal.parts] == ["first", "second"]
    assert sum(part.amount for part in proposal.parts) == Decimal("150.50")
    assert {Why.SUM, Why.TAX_ID} <= whys(proposal)


def test_a_part_or_more_is_proposed_where_the_payer_is_known_and_says_so() -> None:
    claims = [claim("owed", "100", tax_id="39053344705")]
    less = only(propose([line(amount="40", payer_tax_id="39053344705")], claims))
    more = only(propose([line(amount="104", payer_tax_id="39053344705")], claims))
    assert (less.parts[0].amount, more.parts[0].amount) == (Decimal(40), Decimal(100))
    assert Why.LESS in whys(less)
    assert Why.MORE in whys(more)
    with translation.override("en"):
        said = next(reason for reason in more.reasons if reason.why == Why.MORE)
        assert said.words == "It is R$4.00 more than what is open."


def test_money_that_went_out_and_other_currencies_are_proposed_for_nothing() -> None:
    claims = [claim("owed", txids=("TX12345",), currency="EUR"), claim("too", tax_id="39053344705")]
    assert propose([line(amount="-100", payer_tax_id="39053344705")], claims) == {}
    assert propose([line(text="TX12345")], claims[:1]) == {}


def test_an_amount_that_several_owe_is_no_proposal_by_itself() -> None:
    claims = [claim("one"), claim("two")]
    assert propose([line(text="DEPOSITO")], claims) == {}


def test_thousands_of_the_same_amount_and_name_stay_quick() -> None:
    claims = [claim(f"{at:05d}", name="JOAO SILVA", tax_id="39053344705") for at in range(20_000)]
    lines = [line(number, text="PIX JOAO SILVA 39053344705") for number in range(1, 2_001)]
    with soon():
        found = propose(lines, claims)
    assert len(found) == 2_000


names = st.sampled_from(["ANA LIMA", "JOÃO DA SILVA", "Serra Azul Ltda", "", "X"])
tax_ids = st.sampled_from(["", "39053344705", "12345678000195", "01234567890"])
some = st.sampled_from(["10", "20", "30", "60", "100.01"])
claims_of = st.lists(
    st.builds(
        lambda amount, name, tax_id, key, day: claim(
            "",
            amount,
            name=name,
            tax_id=tax_id,
            customer=tax_id,
            keys=(key,),
            due_on=date(2026, 5, day),
            slips=(("341", key),),
        ),
        some,
        names,
        tax_ids,
        st.sampled_from(["1", "FT1234", "2026001"]),
        st.integers(1, 28),
    ),
    max_size=25,
).map(lambda found: [replace(each, invoice=f"i{at}") for at, each in enumerate(found)])
lines_of = st.lists(
    st.builds(
        lambda amount, name, tax_id, key: line(
            1, amount, f"{name} {key}", payer_tax_id=tax_id, bank="341", our_number=key
        ),
        some,
        names,
        tax_ids,
        st.sampled_from(["", "1", "FT1234", "2026001"]),
    ),
    max_size=25,
).map(lambda found: [replace(each, number=at, identifier=f"l{at}") for at, each in enumerate(found, 1)])


@given(lines_of, claims_of)
def test_no_open_amount_is_proposed_twice_nor_more_than_it_or_than_the_line(
    lines: list[StatementLine], claims: list[Claim]
) -> None:
    found = propose(lines, claims)
    taken = [part.claim.invoice for proposal in found.values() for part in proposal.parts]
    assert len(taken) == len(set(taken))
    for number, proposal in found.items():
        assert proposal.line.number == number
        assert proposal.reasons
        assert all(0 < part.amount <= part.claim.amount for part in proposal.parts)
        assert sum(part.amount for part in proposal.parts) <= proposal.line.amount
        assert len({part.claim.customer for part in proposal.parts}) == 1


@given(lines_of, claims_of, st.randoms(use_true_random=False))
def test_the_order_in_which_invoices_come_changes_nothing(
    lines: list[StatementLine], claims: list[Claim], random: Any
) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert propose(lines, claims) == propose(lines, shuffled)
