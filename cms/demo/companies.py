"""The five companies of the demo world. None of them exists; their tax ids are well formed, and nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal_modules.core.choices import ChannelKind, ChannelPurpose, SocialNetwork
from portal_modules.core.demo import Words

ACCESS, FINANCE, RETURNS = ChannelPurpose.ACCESS, ChannelPurpose.FINANCE, ChannelPurpose.RETURNS
SUPPORT, GENERAL = ChannelPurpose.SUPPORT, ChannelPurpose.GENERAL
PHONE, WHATSAPP = ChannelKind.PHONE, ChannelKind.WHATSAPP
EMAIL, WEBSITE = ChannelKind.EMAIL, ChannelKind.WEBSITE

NONE: Words = ("", "", "")
# Two of them belong to one group.
SISTERS = ("Grupo Paineira", ("altura", "verde"))
_SAME_DAY: Words = (
    "Resposta no mesmo dia útil",
    "Respuesta el mismo día hábil",
    "Answered the same working day",
)
_TWO_DAYS: Words = (
    "Resposta em dois dias úteis",
    "Respuesta en dos días hábiles",
    "Answered in two working days",
)
_ALWAYS: Words = ("Todos os dias, 24 horas", "Todos los días, las 24 horas", "Every day, round the clock")


def _weekdays(begin: int, end: int) -> Words:
    return (
        f"Segunda a sexta, {begin}h–{end}h",
        f"Lunes a viernes, {begin}:00–{end}:00",
        f"Monday to Friday, {begin}:00–{end}:00",
    )


def _six_days(begin: int, end: int) -> Words:
    return (
        f"Segunda a sábado, {begin}h–{end}h",
        f"Lunes a sábado, {begin}:00–{end}:00",
        f"Monday to Saturday, {begin}:00–{end}:00",
    )


def _option(first: int, then: int = 0) -> Words:
    """What to press, such as "option 6, item 1"."""
    if not then:
        return f"opção {first}", f"opción {first}", f"option {first}"
    return f"opção {first}, item {then}", f"opción {first}, ítem {then}", f"option {first}, item {then}"


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """One way to reach the company."""

    purpose: ChannelPurpose
    kind: ChannelKind
    value: str
    hours: Words = NONE
    menu_path: Words = NONE


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """A company as its pages show it. `mark` is the shape of its logo, `motif` that of its pictures."""

    alias: str
    name: str
    legal_name: str
    country: str
    tax_id: str
    color: str
    accent: str
    address: str
    mark: str
    motif: str
    heading: Words
    introduction: Words
    lookup_hint: Words
    channels: Sequence[ChannelFacts]
    networks: Sequence[SocialNetwork]

    def social_url(self, network: SocialNetwork) -> str:
        """An address that belongs to nobody."""
        home = f"https://{self.alias}.example.com/"
        return home if network == SocialNetwork.WEBSITE else f"{home}{network}"


COMPANIES = (
    CompanyFacts(
        alias="castro-lima",
        name="Castro & Lima Advogados",
        legal_name="Castro & Lima, Sociedade de Advogados, SP, RL",
        country="PT",
        tax_id="599142707",
        color="#1f4e5f",
        accent="#c8803c",
        address="Rua da Glicínia, 14, 2.º\n1250-098 Lisboa\nPortugal",
        mark="arch",
        motif="tiles",
        heading=("O seu negócio, passo a passo", "Su negocio, paso a paso", "Your business, step by step"),
        introduction=(
            "Nacionalidade, residência e registo civil em Portugal. Veja a qualquer hora em que fase está e "
            "o que "
            "vem a seguir.",
            "Nacionalidad, residencia y registro civil en Portugal. Vea a cualquier hora en qué fase está y "
            "qué "
            "sigue.",
            "Portuguese nationality, residence and civil registry. See at any hour where it stands and what "
            "comes "
            "next.",
        ),
        lookup_hint=(
            "Está no e-mail que lhe enviámos no dia em que abrimos o seu negócio.",
            "Está en el correo que le enviamos el día en que abrimos su negocio.",
            "It is in the e-mail that we sent you on the day we opened your business.",
        ),
        channels=[
            ChannelFacts(ACCESS, EMAIL, "portal@castro-lima.example.com", _SAME_DAY),
            ChannelFacts(ACCESS, WHATSAPP, "+351 910 000 701", _weekdays(9, 18)),
            ChannelFacts(FINANCE, EMAIL, "contas@castro-lima.example.com", _TWO_DAYS),
            ChannelFacts(FINANCE, PHONE, "+351 210 000 700", _weekdays(9, 17), _option(3)),
            ChannelFacts(SUPPORT, PHONE, "+351 210 000 700", _weekdays(9, 17), _option(2, 1)),
            ChannelFacts(SUPPORT, WHATSAPP, "+351 910 000 702", _weekdays(9, 18)),
            ChannelFacts(GENERAL, PHONE, "+351 210 000 700", _weekdays(9, 17)),
            ChannelFacts(GENERAL, WEBSITE, "https://castro-lima.example.com/"),
        ],
        networks=[
            SocialNetwork.WEBSITE,
            SocialNetwork.INSTAGRAM,
            SocialNetwork.FACEBOOK,
            SocialNetwork.LINKEDIN,
            SocialNetwork.YOUTUBE,
        ],
    ),
    CompanyFacts(
        alias="altura",
        name="Altura Locações",
        legal_name="Altura Locações de Equipamentos Ltda.",
        country="BR",
        tax_id="99418205000159",
        color="#b3541e",
        accent="#2f4858",
        address="Avenida das Paineiras, 2200, galpão 4\nGuarulhos, SP 07190-000\nBrasil",
        mark="lift",
        motif="blocks",
        heading=("Sua obra no ritmo certo", "Su obra al ritmo justo", "Your site at the right pace"),
        introduction=(
            "Plataformas, geradores e manipuladores. Acompanhe daqui a entrega, a manutenção e a devolução.",
            "Plataformas, generadores y manipuladores. Siga desde aquí la entrega, el mantenimiento y la "
            "devolución.",
            "Platforms, generators and handlers. Follow delivery, maintenance and return from here.",
        ),
        lookup_hint=(
            "Está no e-mail que enviamos quando a proposta foi aprovada.",
            "Está en el correo que enviamos cuando se aprobó la propuesta.",
            "It is in the e-mail that we sent when the proposal was approved.",
        ),
        channels=[
            ChannelFacts(ACCESS, EMAIL, "portal@altura.example.com", _weekdays(8, 18)),
            ChannelFacts(FINANCE, PHONE, "+55 11 5550 0700", _weekdays(8, 17), _option(4, 2)),
            ChannelFacts(RETURNS, WHATSAPP, "+55 11 95550 0701", _six_days(7, 17), _option(3)),
            ChannelFacts(SUPPORT, PHONE, "+55 11 5550 0702", _ALWAYS, _option(1)),
            ChannelFacts(GENERAL, PHONE, "+55 11 5550 0700", _weekdays(8, 18)),
        ],
        networks=[
            SocialNetwork.WEBSITE,
            SocialNetwork.INSTAGRAM,
            SocialNetwork.LINKEDIN,
            SocialNetwork.YOUTUBE,
        ],
    ),
    CompanyFacts(
        alias="verde",
        name="Verde Coletas",
        legal_name="Verde Coletas e Resíduos Ltda.",
        country="BR",
        tax_id="99307614000188",
        color="#2f6b3a",
        accent="#d9a441",
        address="Rua dos Ipês, 810\nCaxias do Sul, RS 95012-000\nBrasil",
        mark="leaf",
        motif="hills",
        heading=(
            "O resíduo certo no lugar certo",
            "El residuo correcto en su lugar",
            "The right waste, in its place",
        ),
        introduction=(
            "Coletas, tickets e documentos da sua empresa, do primeiro coletor ao destino final.",
            "Recolecciones, comprobantes y documentos de su empresa, del primer contenedor al destino final.",
            "Your company's collections, tickets and papers, from the first container to the final "
            "destination.",
        ),
        lookup_hint=(
            "Está no e-mail que enviamos quando o contrato começou.",
            "Está en el correo que enviamos cuando comenzó el contrato.",
            "It is in the e-mail that we sent when the contract began.",
        ),
        channels=[
            ChannelFacts(ACCESS, EMAIL, "acesso@verde.example.com", _weekdays(8, 18)),
            ChannelFacts(FINANCE, EMAIL, "financeiro@verde.example.com"),
            ChannelFacts(SUPPORT, WHATSAPP, "+55 54 95550 0700", _six_days(6, 20)),
            ChannelFacts(GENERAL, PHONE, "+55 54 5550 0700", _weekdays(8, 18)),
        ],
        networks=[SocialNetwork.WEBSITE, SocialNetwork.INSTAGRAM, SocialNetwork.LINKEDIN],
    ),
    CompanyFacts(
        alias="estudio",
        name="Estúdio Norte",
        legal_name="Estúdio Norte Design e Tecnologia Ltda.",
        country="BR",
        tax_id="99625190000108",
        color="#5b3a8c",
        accent="#e2725b",
        address="Rua do Poço, 33, sala 5\nRecife, PE 50030-000\nBrasil",
        mark="north",
        motif="arcs",
        heading=(
            "Seu projeto, sempre à vista",
            "Su proyecto, siempre a la vista",
            "Your project, always in view",
        ),
        introduction=(
            "Veja em que pé está o trabalho, o que falta e o que depende de você.",
            "Vea cómo va el trabajo, qué falta y qué depende de usted.",
            "See how the work is going, what is left and what depends on you.",
        ),
        lookup_hint=(
            "Está no e-mail que enviamos quando o projeto começou.",
            "Está en el correo que enviamos cuando comenzó el proyecto.",
            "It is in the e-mail that we sent when the project began.",
        ),
        channels=[
            ChannelFacts(ACCESS, EMAIL, "oi@estudio.example.com", _weekdays(9, 18)),
            ChannelFacts(SUPPORT, WHATSAPP, "+55 81 95550 0700", _weekdays(9, 18)),
            ChannelFacts(GENERAL, PHONE, "+55 81 5550 0700", _weekdays(9, 18)),
        ],
        networks=[SocialNetwork.WEBSITE, SocialNetwork.INSTAGRAM],
    ),
    CompanyFacts(
        alias="pepino-tech",
        name="Pepino Tech",
        legal_name="Pepino Tech SpA",
        country="CL",
        tax_id="674029187",
        color="#3d7a1f",
        accent="#1d3557",
        address="Calle Los Boldos 455, oficina 31\nProvidencia, Santiago\nChile",
        mark="slice",
        motif="waves",
        heading=(
            "Suas contas em dia, com calma",
            "Sus cuentas al día, con calma",
            "Your accounts in order, calmly",
        ),
        introduction=(
            "Faturas, pagamentos e mensagens em um só lugar, sem papéis e sem telefonemas.",
            "Facturas, pagos y mensajes en un solo lugar, sin papeles y sin llamadas.",
            "Invoices, payments and messages in one place, without paper and without calls.",
        ),
        lookup_hint=(
            "Está no e-mail que enviamos quando o serviço começou.",
            "Está en el correo que le enviamos cuando comenzó el servicio.",
            "It is in the e-mail that we sent when the service began.",
        ),
        channels=[
            ChannelFacts(ACCESS, EMAIL, "acceso@pepino-tech.example.com", _weekdays(9, 18)),
            ChannelFacts(FINANCE, PHONE, "+56 2 5550 0700", _weekdays(9, 17), _option(2)),
            ChannelFacts(SUPPORT, WHATSAPP, "+56 9 5550 0700", _weekdays(9, 18)),
            ChannelFacts(GENERAL, EMAIL, "hola@pepino-tech.example.com"),
        ],
        networks=[SocialNetwork.WEBSITE, SocialNetwork.LINKEDIN, SocialNetwork.INSTAGRAM],
    ),
)
