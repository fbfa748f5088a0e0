"""What the law office works on: nationality, residence, and what follows from them."""

from __future__ import annotations

from ..choices import ProcessState
from .facts import KindFacts, MatterFacts, OfficeFacts, PhaseFacts
from .law_notices import NOTICES

PHASES = {
    "documents": PhaseFacts(
        name=("Recolha de documentos", "Reunión de documentos", "Gathering documents"),
        description=(
            "Reunimos as certidões e os outros documentos do pedido. As certidões portuguesas somos nós que "
            "as pedimos.",
            "Reunimos las partidas y los demás documentos de la solicitud. Las partidas portuguesas las "
            "pedimos nosotros.",
            "We gather the certificates and other papers for the application. We request the Portuguese ones "
            "ourselves.",
        ),
        action=(
            "Envie-nos os documentos da lista que recebeu por e-mail. Se lhe faltar algum, diga-nos: quase "
            "sempre "
            "há outro caminho.",
            "Envíenos los documentos de la lista que recibió por correo. Si le falta alguno, díganoslo: casi "
            "siempre hay otro camino.",
            "Send us the documents on the list that we e-mailed you. If you cannot find one, tell us: there "
            "is "
            "nearly always another way.",
        ),
    ),
    "review": PhaseFacts(
        name=("Conferência dos documentos", "Revisión de los documentos", "Checking the documents"),
        description=(
            "Um advogado lê cada documento e confirma nomes, datas e lugares. As pequenas diferenças "
            "resolvem-se antes da entrega.",
            "Un abogado lee cada documento y confirma nombres, fechas y lugares. Las pequeñas diferencias se "
            "resuelven antes de la entrega.",
            "A lawyer reads each document and confirms names, dates and places. Small differences are "
            "settled before anything is filed.",
        ),
    ),
    "translation": PhaseFacts(
        name=("Tradução e apostila", "Traducción y apostilla", "Translation and apostille"),
        description=(
            "Os documentos estrangeiros são traduzidos e apostilados, para que valham em Portugal.",
            "Los documentos extranjeros se traducen y se apostillan, para que valgan en Portugal.",
            "Foreign documents are translated and given an apostille, so that they are valid in Portugal.",
        ),
    ),
    "filing": PhaseFacts(
        name=("Entrega na conservatória", "Entrega en el registro civil", "Filing with the registry"),
        description=(
            "O pedido assinado é entregue. A conservatória dá-lhe um número próprio nos dias seguintes.",
            "La solicitud firmada se entrega. El registro civil le da un número propio en los días "
            "siguientes.",
            "The signed application is filed. The registry gives it a number of its own within days.",
        ),
    ),
    "consultation": PhaseFacts(
        name=("Consultas oficiais", "Consultas oficiales", "Official enquiries"),
        description=(
            "A conservatória consulta outras entidades do Estado. É um passo normal em todos os pedidos como "
            "este.",
            "El registro civil consulta a otras entidades del Estado. Es un paso normal en todas las "
            "solicitudes "
            "como esta.",
            "The registry asks other public bodies for their reports. This is a normal step in every "
            "application "
            "like this one.",
        ),
    ),
    "analysis": PhaseFacts(
        name=("Análise na conservatória", "Análisis en el registro civil", "Analysis at the registry"),
        description=(
            "Um conservador analisa o pedido. Nesta fase não há nada a entregar; se pedirem algum "
            "esclarecimento, "
            "respondemos nós.",
            "Un registrador analiza la solicitud. En esta fase no hay nada que entregar; si piden alguna "
            "aclaración, respondemos nosotros.",
            "A registrar examines the application. Nothing has to be handed in during this phase; if they "
            "ask "
            "for a clarification, we answer.",
        ),
    ),
    "inscription": PhaseFacts(
        name=("Registo do nascimento", "Inscripción del nacimiento", "Birth registration"),
        description=(
            "Aceite o pedido, a conservatória regista o nascimento em Portugal e emite o assento.",
            "Aceptada la solicitud, el registro civil inscribe el nacimiento en Portugal y emite el acta.",
            "Once the application is accepted, the registry records the birth in Portugal and issues the "
            "certificate.",
        ),
    ),
    "card": PhaseFacts(
        name=("Cartão de cidadão", "Documento de identidad", "Citizen card"),
        description=(
            "Com o assento de nascimento pede-se o cartão de cidadão, e depois o passaporte.",
            "Con el acta de nacimiento se pide el documento de identidad y, después, el pasaporte.",
            "With the birth certificate you apply for the citizen card, and after it for the passport.",
        ),
        action=(
            "Escolha o balcão ou consulado que lhe der mais jeito e diga-nos: marcamos a data consigo.",
            "Elija la oficina o el consulado que le resulte más cómodo y díganoslo: acordamos la fecha con "
            "usted.",
            "Choose the office or consulate that suits you best and tell us: we book the date with you.",
        ),
    ),
    "appointment": PhaseFacts(
        name=("Marcação do atendimento", "Cita para la atención", "Booking the appointment"),
        description=(
            "Pedimos a data do atendimento presencial. As vagas abrem por semanas e consultamo-las todos os "
            "dias.",
            "Pedimos la fecha de la cita presencial. Los turnos se abren por semanas y los consultamos todos "
            "los días.",
            "We ask for a date to attend in person. Places open week by week and we look every day.",
        ),
    ),
    "biometrics": PhaseFacts(
        name=("Atendimento presencial", "Cita presencial", "Appointment in person"),
        description=(
            "No atendimento são recolhidas a fotografia e as impressões digitais. Um colega nosso "
            "acompanha-o.",
            "En la cita se toman la fotografía y las huellas. Una persona de nuestro equipo lo acompaña.",
            "At the appointment your photograph and fingerprints are taken. One of us goes with you.",
        ),
        action=(
            "Leve o passaporte e os originais da lista. Chegue um quarto de hora antes.",
            "Lleve el pasaporte y los originales de la lista. Llegue un cuarto de hora antes.",
            "Bring your passport and the originals on the list. Be there a quarter of an hour early.",
        ),
    ),
    "permit": PhaseFacts(
        name=("Emissão do título", "Emisión del permiso", "Issue of the permit"),
        description=(
            "Aceite o pedido, o título é produzido e chega por correio registado.",
            "Aceptada la solicitud, el permiso se produce y llega por correo certificado.",
            "Once the application is accepted, the permit is made and comes by registered post.",
        ),
    ),
}

KINDS = {
    "children": KindFacts(
        name=(
            "Nacionalidade para filhos de portugueses",
            "Nacionalidad para hijos de portugueses",
            "Nationality for children of Portuguese citizens",
        ),
        description=(
            "Para quem tem pai ou mãe de nacionalidade portuguesa.",
            "Para quien tiene padre o madre de nacionalidad portuguesa.",
            "For those with a Portuguese mother or father.",
        ),
        steps=[
            ("documents", 10, 30),
            ("review", 5, 12),
            ("filing", 3, 8),
            ("analysis", 40, 90),
            ("inscription", 15, 30),
            ("card", 10, 25),
        ],
    ),
    "grandchildren": KindFacts(
        name=(
            "Nacionalidade para netos de portugueses",
            "Nacionalidad para nietos de portugueses",
            "Nationality for grandchildren of Portuguese citizens",
        ),
        description=(
            "Para quem tem avô ou avó de nacionalidade portuguesa.",
            "Para quien tiene abuelo o abuela de nacionalidad portuguesa.",
            "For those with a Portuguese grandparent.",
        ),
        steps=[
            ("documents", 20, 45),
            ("review", 7, 15),
            ("translation", 15, 30),
            ("filing", 3, 8),
            ("consultation", 60, 120),
            ("analysis", 90, 180),
            ("inscription", 20, 40),
        ],
    ),
    "marriage": KindFacts(
        name=(
            "Nacionalidade por casamento ou união de facto",
            "Nacionalidad por matrimonio o unión de hecho",
            "Nationality through marriage or partnership",
        ),
        description=(
            "Para quem vive há mais de três anos com uma pessoa portuguesa.",
            "Para quien vive desde hace más de tres años con una persona portuguesa.",
            "For those who have lived with a Portuguese partner for more than three years.",
        ),
        steps=[
            ("documents", 15, 40),
            ("review", 7, 15),
            ("filing", 3, 8),
            ("consultation", 60, 120),
            ("analysis", 90, 150),
            ("inscription", 20, 40),
        ],
    ),
    "residence": KindFacts(
        name=("Autorização de residência", "Autorización de residencia", "Residence permit"),
        description=(
            "Para quem vem viver, trabalhar ou estudar em Portugal.",
            "Para quien viene a vivir, trabajar o estudiar en Portugal.",
            "For those who come to live, work or study in Portugal.",
        ),
        steps=[
            ("documents", 10, 20),
            ("review", 5, 10),
            ("appointment", 30, 90),
            ("biometrics", 1, 14),
            ("permit", 20, 45),
        ],
    ),
    "transcription": KindFacts(
        name=("Transcrição de casamento", "Transcripción de matrimonio", "Recording a marriage"),
        description=(
            "Para que um casamento celebrado fora de Portugal passe a constar no registo civil português.",
            "Para que un matrimonio celebrado fuera de Portugal conste en el registro civil portugués.",
            "So that a marriage celebrated abroad stands in the Portuguese civil registry.",
        ),
        steps=[
            ("documents", 10, 25),
            ("review", 5, 10),
            ("translation", 10, 20),
            ("filing", 3, 8),
            ("analysis", 30, 60),
        ],
    ),
}


_FILED = ("received", "filed")
_ASKED = ("received", "names", "filed", "numbered", "enquiries")

MATTERS = [
    # The one that every page of the manual shows, and a second one of the same person.
    MatterFacts(
        "ana.moreira", "grandchildren", 5, 0.45, ("received", "apostille", "filed", "enquiries", "numbered")
    ),
    MatterFacts("ana.moreira", "transcription", 3, 0.5, ("received",)),
    MatterFacts("tomas.figueroa", "residence", 2, 0.6, ("received",)),
    MatterFacts("rachel.whitcombe", "marriage", 4, 1.2, (*_ASKED, "slow")),
    MatterFacts("mariana.lobo", "children", 5, 0.3, ("filed", "numbered", "accepted", "certificate")),
    MatterFacts(
        "rui.cordeiro", "residence", 3, 0.4, ("booked",), title="Autorização de residência · Ivy Tan"
    ),
    MatterFacts(
        "rui.cordeiro",
        "residence",
        4,
        0.3,
        ("received", "booked"),
        title="Autorização de residência · K. Osei",
    ),
    MatterFacts("rui.cordeiro", "residence", 0, 0.5, title="Autorização de residência · M. Haidar"),
    MatterFacts("joao.sarmento", "grandchildren", 0, 0.4),
    MatterFacts("joao.sarmento", "children", 3, 1.4, ("received", "filed", "numbered", "slow")),
    MatterFacts("lucia.ferran", "marriage", 1, 0.5, ("received",)),
    MatterFacts("daniel.okafor", "residence", 1, 0.7),
    MatterFacts("daniel.okafor", "marriage", 3, 0.5, _ASKED),
    MatterFacts("beatriz.quintela", "grandchildren", 4, 1.3, (*_ASKED, "slow")),
    MatterFacts("marcos.tavora", "grandchildren", 2, 0.6, ("received", "missing")),
    MatterFacts("ignacio.belmar", "children", 1, 0.6, ("received",)),
    MatterFacts("camila.ordonez", "grandchildren", 6, 0.5, ("filed", "numbered", "accepted")),
    MatterFacts("helena.prado", "children", 2, 0.5, _FILED),
    MatterFacts("helena.prado", "transcription", 4, 0.5, ("received", "filed", "numbered")),
    MatterFacts("henrique.vasques", "children", 4, 0.6, ("filed", "accepted")),
    MatterFacts("priya.menezes", "grandchildren", 1, 1.5, ("received", "names")),
    MatterFacts("samuel.tennant", "residence", 4, 1.2, ("booked",)),
    MatterFacts("otavio.brandt", "marriage", 0, 0.3),
    MatterFacts("otavio.brandt", "transcription", 0, 0.6, ("received",)),
    MatterFacts("sofia.arriaga", "children", 3, 0.5, ("filed", "numbered")),
    MatterFacts("elena.cifuentes", "transcription", 1, 0.4),
    MatterFacts("nadia.kessler", "marriage", 5, 0.4, ("filed", "enquiries", "accepted")),
    MatterFacts("gustavo.amaral", "grandchildren", 3, 0.5, ("received", "apostille")),
    MatterFacts(
        "gustavo.amaral",
        "children",
        5,
        0.8,
        ("filed", "accepted", "certificate", "concluded"),
        ProcessState.CLOSED,
    ),
    MatterFacts("clara.nogueira", "marriage", 1, 0.9, ("received", "withdrawn"), ProcessState.CANCELLED),
]

LAW_OFFICE = OfficeFacts(phases=PHASES, kinds=KINDS, matters=MATTERS, notices=NOTICES)
