"""What the law office asks its customers for, and what they asked it to look at again."""

from __future__ import annotations

from dataclasses import dataclass

from portal_modules.core.demo import Words

from ..choices import ReviewState


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """A document of a checklist, asked for at the opening or in a phase."""

    title: Words
    why: Words
    example: Words
    days: int
    phase: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A review: whose, about what, of which matter (the number of the story; None where one is missing)."""

    email: str
    subject: int
    matter: int | None
    description: str
    state: ReviewState
    days_ago: int
    answer: str = ""


_BIRTH = ItemFacts(
    title=("Certidão de nascimento", "Partida de nacimiento", "Birth certificate"),
    why=(
        "Prova a filiação. Tem de ser de cópia integral e com menos de seis meses.",
        "Prueba la filiación. Tiene que ser una copia íntegra de menos de seis meses.",
        "It proves who your parents are. It has to be a full copy, less than six months old.",
    ),
    example=(
        "Uma digitalização a cores, frente e verso, em PDF.",
        "Un escaneo a color, por ambos lados, en PDF.",
        "A colour scan of both sides, as a PDF.",
    ),
    days=21,
)
_IDENTITY = ItemFacts(
    title=("Documento de identificação", "Documento de identidad", "Identity document"),
    why=(
        "A conservatória confere o nome e a data de nascimento.",
        "El registro civil comprueba el nombre y la fecha de nacimiento.",
        "The registry compares the name and the date of birth.",
    ),
    example=(
        "Uma fotografia nítida das duas faces, ou da página do passaporte.",
        "Una foto nítida de las dos caras, o de la página del pasaporte.",
        "A sharp photo of both sides, or of the page of the passport.",
    ),
    days=14,
)
_CRIMINAL = ItemFacts(
    title=("Registo criminal", "Certificado de antecedentes", "Criminal record certificate"),
    why=(
        "É pedido a quem tem mais de dezasseis anos, por cada país onde viveu.",
        "Se pide a los mayores de dieciséis años, por cada país donde vivieron.",
        "It is asked of everybody over sixteen, for each country where they have lived.",
    ),
    example=(
        "O certificado do seu país, com apostila, emitido há menos de três meses.",
        "El certificado de su país, con apostilla, emitido hace menos de tres meses.",
        "The certificate of your country with an apostille, issued less than three months ago.",
    ),
    days=30,
    phase="review",
)
_MARRIAGE = ItemFacts(
    title=("Certidão de casamento", "Partida de matrimonio", "Marriage certificate"),
    why=(
        "É o ato que vai constar no registo português.",
        "Es el acto que va a constar en el registro portugués.",
        "It is what will stand in the Portuguese registry.",
    ),
    example=(
        "A certidão recente, com apostila, em PDF.",
        "La partida reciente, con apostilla, en PDF.",
        "A recent certificate with its apostille, as a PDF.",
    ),
    days=21,
)
_ADDRESS = ItemFacts(
    title=("Comprovativo de morada", "Comprobante de domicilio", "Proof of address"),
    why=(
        "Mostra onde vive em Portugal. Vai com o pedido.",
        "Muestra dónde vive en Portugal. Va con la solicitud.",
        "It shows where you live in Portugal, and goes with the application.",
    ),
    example=(
        "Um contrato de arrendamento ou uma fatura de água, luz ou gás no seu nome.",
        "Un contrato de alquiler o una factura de agua, luz o gas a su nombre.",
        "A rental contract, or a bill for water, power or gas in your name.",
    ),
    days=14,
)

CHECKLISTS = {
    "children": (_BIRTH, _IDENTITY),
    "grandchildren": (_BIRTH, _IDENTITY, _CRIMINAL),
    "marriage": (_MARRIAGE, _IDENTITY, _CRIMINAL),
    "residence": (_IDENTITY, _ADDRESS),
    "transcription": (_MARRIAGE, _IDENTITY),
}

SUBJECTS: tuple[Words, ...] = (
    (
        "Falta um processo na minha lista",
        "Falta un trámite en mi lista",
        "A business is missing from my list",
    ),
    ("A fase não está certa", "La fase no es correcta", "The phase is not right"),
    ("Há um erro nos meus dados", "Hay un error en mis datos", "There is an error in my details"),
    ("Não entendo um aviso", "No entiendo un aviso", "I do not understand a notice"),
    ("Outro assunto", "Otro asunto", "Something else"),
)

REVIEWS = (
    ReviewFacts(
        "rachel.whitcombe",
        1,
        3,
        "My husband's lawyer told me that the enquiries were answered in spring, but the page still says that "
        "you are waiting for them. Could somebody check?",
        ReviewState.CLOSED,
        24,
        "Thank you for telling us. Two of the three answers have arrived; the third is on its way. The page is "
        "right to wait, and we have added a notice that says so.",
    ),
    ReviewFacts(
        "tomas.figueroa",
        2,
        2,
        "En la ficha aparece mi segundo apellido sin tilde. ¿Pueden corregirlo antes de la cita?",
        ReviewState.LOOKED_AT,
        4,
    ),
    ReviewFacts(
        "ana.moreira",
        0,
        None,
        "Em maio assinei também a procuração para o pedido do meu filho Caio, mas ele não aparece na minha lista.",
        ReviewState.RECEIVED,
        1,
    ),
)
