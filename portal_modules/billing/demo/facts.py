"""What the companies of the demo bill: things, prices and terms. All made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal_modules.core.demo import Words

_BOLETO: Words = (
    "Pagável em qualquer banco até o vencimento.",
    "Pagadero en cualquier banco hasta el vencimiento.",
    "Payable at any bank until the due date.",
)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is billed: prices from and to, in the smallest coin of the company."""

    text: str
    unit: str
    low: int
    high: int
    most: int = 1


@dataclass(frozen=True, slots=True)
class Business:
    """How one company bills."""

    things: Sequence[Thing]
    account_name: str
    account_number: str
    tax_rate: str = "0"
    withholding: str = "0"
    months: int = 14
    a_month: int = 1
    customers: int = 8
    days_to_pay: int = 15
    bank_code: str = ""
    bank_name: str = ""
    pix_key: str = ""
    pix_city: str = ""
    instructions: Words = ("", "", "")
    has_slips: bool = False
    notes_of_sale: int = 0
    closes_periods: bool = False


BUSINESSES: Mapping[str, Business] = {
    "altura": Business(
        things=(
            Thing("Locação de plataforma tesoura elétrica 8 m, 30 dias", "un", 289_000, 365_000, 3),
            Thing("Locação de plataforma articulada 16 m, 30 dias", "un", 720_000, 890_000, 2),
            Thing("Locação de manipulador telescópico 14 m, 30 dias", "un", 980_000, 1_240_000, 1),
            Thing("Transporte de ida e volta", "viagem", 65_000, 180_000, 2),
            Thing("Hora excedente de horímetro", "h", 7_500, 9_800, 12),
            Thing("Lavagem e abastecimento na devolução", "un", 38_000, 52_000, 1),
        ),
        account_name="Cobrança",
        account_number="12345-6",
        a_month=3,
        days_to_pay=28,
        bank_code="000",
        bank_name="Banco de Demonstração",
        pix_key="financeiro@altura.example.com",
        pix_city="São Paulo",
        instructions=_BOLETO,
        has_slips=True,
        notes_of_sale=40,
    ),
    "verde": Business(
        things=(
            Thing("Coleta de resíduos classe II-A, caçamba de 5 m³", "un", 38_000, 46_000, 6),
            Thing("Destinação final de resíduos classe II-B", "t", 21_500, 28_000, 9),
            Thing("Locação de contêiner de 1.000 L", "un", 12_000, 15_000, 4),
            Thing("Coleta de óleo vegetal usado", "un", 9_000, 12_500, 3),
        ),
        account_name="Cobrança",
        account_number="65432-1",
        withholding="1.5",
        a_month=1,
        days_to_pay=10,
        bank_code="000",
        bank_name="Banco de Demonstração",
        pix_key="+5554955500300",
        pix_city="Caxias do Sul",
        instructions=_BOLETO,
        has_slips=True,
        notes_of_sale=24,
        closes_periods=True,
    ),
    "estudio": Business(
        things=(
            Thing("Projeto de interiores, etapa do mês", "un", 320_000, 580_000),
            Thing("Visita técnica", "un", 38_000, 45_000, 3),
            Thing("Imagens em 3D", "un", 60_000, 95_000, 4),
        ),
        account_name="Conta principal",
        account_number="998877-0",
        bank_code="000",
        bank_name="Banco de Demonstração",
        pix_key="contato@estudio.example.com",
        pix_city="Recife",
        months=8,
        has_slips=True,
        instructions=_BOLETO,
    ),
    "castro-lima": Business(
        things=(
            Thing("Honorários: pedido de nacionalidade, prestação", "", 35_000, 90_000),
            Thing("Taxa da conservatória", "", 20_000, 25_000),
            Thing("Certidões e apostilas", "un", 4_500, 9_000, 4),
            Thing("Tradução certificada", "página", 2_500, 3_800, 9),
        ),
        account_name="Conta de honorários",
        account_number="PT50 0000 0000 0000 0000 0000 0",
        bank_name="Banco de Demonstração",
        tax_rate="23",
        months=10,
        customers=6,
        instructions=(
            "Indique o número da fatura na transferência.",
            "Indique el número de la factura en la transferencia.",
            "Name the number of the invoice in your transfer.",
        ),
    ),
    "pepino-tech": Business(
        things=(
            Thing("Plan de facturación, mensual", "", 89_990, 129_990),
            Thing("Documentos emitidos", "un", 45, 60, 900),
            Thing("Gestión de cobranza", "un", 1_990, 2_490, 40),
            Thing("Integración contable", "", 45_000, 60_000),
        ),
        account_name="Cuenta corriente",
        account_number="00-000-00000-0",
        bank_name="Banco de Demostración",
        tax_rate="19",
        a_month=2,
        days_to_pay=30,
        notes_of_sale=24,
        instructions=(
            "Transfira para a conta e informe o pagamento aqui.",
            "Transfiera a la cuenta e informe el pago aquí.",
            "Transfer to the account and tell us of the payment here.",
        ),
    ),
}

STEPS: Sequence[tuple[int, Words, Words]] = (
    (
        -3,
        (
            "A fatura {number} vence em breve",
            "La factura {number} vence pronto",
            "Invoice {number} is due soon",
        ),
        (
            "Olá, {customer_name}.\n\nA fatura {number}, de {amount}, vence em {due}.\n\n{link}",
            "Estimado cliente {customer_name}:\n\nLa factura {number}, por {amount}, vence el {due}.\n\n{link}",
            "Dear {customer_name},\n\nInvoice {number} over {amount} is due on {due}.\n\n{link}",
        ),
    ),
    (
        3,
        ("A fatura {number} venceu", "La factura {number} está vencida", "Invoice {number} is overdue"),
        (
            "Olá, {customer_name}.\n\nA fatura {number}, de {amount}, venceu em {due}. "
            "Se já pagou, desconsidere esta mensagem.\n\n{link}",
            "Estimado cliente {customer_name}:\n\nLa factura {number}, por {amount}, venció el {due}. "
            "Si ya pagó, no tenga en cuenta este mensaje.\n\n{link}",
            "Dear {customer_name},\n\nInvoice {number} over {amount} was due on {due}. "
            "If you have paid, please disregard this message.\n\n{link}",
        ),
    ),
    (
        15,
        (
            "Fatura {number}: {days} dias em atraso",
            "Factura {number}: {days} días de atraso",
            "Invoice {number}: {days} days overdue",
        ),
        (
            "Olá, {customer_name}.\n\nA fatura {number}, de {amount}, está {days} dias em atraso. "
            "Fale conosco se algo não estiver certo.\n\n{link}",
            "Estimado cliente {customer_name}:\n\nLa factura {number}, por {amount}, tiene {days} días de atraso. "
            "Escríbanos si algo no está bien.\n\n{link}",
            "Dear {customer_name},\n\nInvoice {number} over {amount} is {days} days overdue. "
            "Write to us if something is wrong.\n\n{link}",
        ),
    ),
)

READY_TEXTS: Sequence[tuple[Words, Words]] = (
    (
        ("Assinatura de e-mail", "Firma de correo", "Mail signature"),
        (
            "Suas faturas e segundas vias: {link}",
            "Sus facturas y segundas copias: {link}",
            "Your invoices and second copies: {link}",
        ),
    ),
    (
        ("Resposta sobre boletos", "Respuesta sobre boletas", "Answer about bank slips"),
        (
            "Todas as faturas, com os boletos e as notas fiscais, estão aqui: {link}",
            "Todas las facturas, con sus documentos tributarios, están aquí: {link}",
            "All invoices, with bank slips and fiscal notes, are here: {link}",
        ),
    ),
)
