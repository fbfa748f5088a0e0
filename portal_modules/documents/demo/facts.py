"""Which documents the demo's companies ask for, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from portal_modules.core.demo import Words

# What was said to each time that something was sent: refused with these words, "accepted", or nothing yet.
Round: TypeAlias = Words | str


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """One document: what it is, why it is needed, what it looks like, and how its file is called."""

    title: Words
    reason: Words
    example: Words
    file_name: str


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """One time that a document was asked for: days before and after today, and what was sent."""

    paper: str
    asked_days_ago: int
    due_in: int
    rounds: Sequence[Round] = ()


PAPERS = {
    "birth": PaperFacts(
        (
            "Certidão de nascimento do seu avô",
            "Partida de nacimiento de su abuelo",
            "Your grandfather's birth certificate",
        ),
        (
            "A conservatória confirma por ela a linha de descendência.",
            "El registro confirma con ella la línea de descendencia.",
            "The registry confirms the line of descent by it.",
        ),
        (
            "A versão de inteiro teor, com os nomes dos pais. Todas as margens têm de se ver.",
            "La versión literal, con los nombres de los padres. Deben verse todos los márgenes.",
            "The long form, with the names of the parents. All margins have to be seen.",
        ),
        "certidao-avo.jpg",
    ),
    "identity": PaperFacts(
        (
            "Documento de identidade, frente e verso",
            "Documento de identidad, por ambos lados",
            "Identity document, both sides",
        ),
        (
            "Anexamo-lo ao requerimento.",
            "Lo adjuntamos a la solicitud.",
            "We attach it to the application.",
        ),
        (
            "Válido por mais de seis meses; a fotografia e os números legíveis.",
            "Con más de seis meses de vigencia; la foto y los números legibles.",
            "Valid for more than six months; photo and numbers readable.",
        ),
        "identidade.jpg",
    ),
    "address": PaperFacts(
        ("Comprovativo de morada", "Comprobante de domicilio", "Proof of address"),
        (
            "A correspondência do registo vai para esta morada.",
            "La correspondencia del registro llega a esta dirección.",
            "The registry writes to this address.",
        ),
        (
            "Uma fatura de água, luz ou telefone dos últimos três meses, em seu nome.",
            "Una factura de agua, luz o teléfono de los últimos tres meses, a su nombre.",
            "A water, power or phone bill of the last three months, in your name.",
        ),
        "fatura-agua.jpg",
    ),
    "marriage": PaperFacts(
        (
            "Certidão de casamento dos pais",
            "Acta de matrimonio de los padres",
            "Your parents' marriage certificate",
        ),
        (
            "Falta no processo, e o registo não o aceita sem ela.",
            "Falta en el expediente, y el registro no lo acepta sin ella.",
            "It is missing, and the registry does not accept the file without it.",
        ),
        (
            "Emitida há menos de um ano.",
            "Emitida hace menos de un año.",
            "Issued less than a year ago.",
        ),
        "casamento.jpg",
    ),
    "record": PaperFacts(
        (
            "Certificado de registo criminal",
            "Certificado de antecedentes penales",
            "Criminal record certificate",
        ),
        (
            "É pedido a quem tem mais de 16 anos.",
            "Se pide a los mayores de 16 años.",
            "It is asked of everybody above 16.",
        ),
        (
            "Do país onde vive, com menos de três meses.",
            "Del país donde vive, de menos de tres meses.",
            "Of the country where you live, less than three months old.",
        ),
        "registo-criminal.pdf",
    ),
    "form": PaperFacts(
        ("Formulário assinado", "Formulario firmado", "Signed form"),
        (
            "Só com a sua assinatura podemos entregar o pedido.",
            "Solo con su firma podemos presentar la solicitud.",
            "We can hand in the application only with your signature.",
        ),
        (
            "As três páginas, assinadas como no seu documento.",
            "Las tres páginas, firmadas como en su documento.",
            "All three pages, signed as in your document.",
        ),
        "formulario.pdf",
    ),
    # Of companies whose customers are companies, in Brazil and in Chile.
    "premises": PaperFacts(
        (
            "Comprovante de endereço da empresa",
            "Comprobante de domicilio de la empresa",
            "Proof of the company's address",
        ),
        (
            "Este endereço vai nas faturas, e é nele que entregamos.",
            "Esta dirección va en las facturas, y en ella entregamos.",
            "This address stands on the invoices, and we deliver to it.",
        ),
        (
            "Uma conta de água, luz ou telefone dos últimos três meses, em nome da empresa.",
            "Una cuenta de agua, luz o teléfono de los últimos tres meses, a nombre de la empresa.",
            "A water, power or phone bill of the last three months, in the company's name.",
        ),
        "conta-de-luz.jpg",
    ),
    "articles": PaperFacts(
        ("Contrato social", "Escritura de constitución", "Articles of incorporation"),
        (
            "Confirma quem pode assinar pela empresa.",
            "Confirma quién puede firmar por la empresa.",
            "It confirms who may sign for the company.",
        ),
        (
            "A última versão registrada, com todas as páginas.",
            "La última versión inscrita, con todas las páginas.",
            "The last registered version, with all its pages.",
        ),
        "contrato-social.pdf",
    ),
    "contract": PaperFacts(
        ("Contrato assinado", "Contrato firmado", "Signed contract"),
        (
            "Com ele assinado, começamos o serviço.",
            "Con él firmado, comenzamos el servicio.",
            "We begin the service when it is signed.",
        ),
        (
            "Todas as páginas, assinadas por quem representa a empresa.",
            "Todas las páginas, firmadas por quien representa a la empresa.",
            "All pages, signed by whoever represents the company.",
        ),
        "contrato.pdf",
    ),
}

_DARK: Words = (
    "A fotografia está escura e o carimbo não se lê. Tire-a com luz do dia, por favor.",
    "La foto está oscura y no se lee el sello. Tómela con luz del día, por favor.",
    "The photo is dark and the stamp cannot be read. Please take it in daylight.",
)
_OLD: Words = (
    "A fatura tem mais de três meses. Envie uma mais recente, por favor.",
    "La factura tiene más de tres meses. Envíe una más reciente, por favor.",
    "The bill is older than three months. Please send a newer one.",
)

# By company, one list for each of its first records; "" is for companies without a story.
STORIES: dict[str, list[list[AskedFacts]]] = {
    "castro-lima": [
        [
            AskedFacts("birth", 4, 9),
            AskedFacts("address", 12, 5, [_OLD]),
            AskedFacts("identity", 30, -12, ["accepted"]),
        ],
        [AskedFacts("marriage", 21, -3), AskedFacts("record", 40, -20, [_DARK, "accepted"])],
        [AskedFacts("identity", 6, 8, [""])],
        [AskedFacts("form", 3, 3)],
        [AskedFacts("form", 25, -10, ["accepted"]), AskedFacts("birth", 25, -8, [_DARK, "accepted"])],
        [AskedFacts("record", 9, 12, [""])],
        [AskedFacts("address", 2, 14)],
        [AskedFacts("identity", 60, -40, ["accepted"])],
    ],
    "": [
        [AskedFacts("premises", 5, 9)],
        [AskedFacts("articles", 20, -8, ["accepted"])],
        [AskedFacts("contract", 4, 6, [""])],
    ],
}
