"""What the four other companies carry through phases for their customers."""

from __future__ import annotations

from .facts import KindFacts, MatterFacts, NoticeFacts, OfficeFacts, PhaseFacts

RENTAL = OfficeFacts(
    phases={
        "approved": PhaseFacts(
            name=("Proposta aprovada", "Propuesta aprobada", "Proposal approved"),
            description=(
                "Reservamos o equipamento e preparamos o contrato e a nota de remessa.",
                "Reservamos el equipo y preparamos el contrato y la guía de remisión.",
                "We reserve the equipment and prepare the contract and the delivery note.",
            ),
            action=(
                "Confirme o endereço da obra e quem vai receber o equipamento.",
                "Confirme la dirección de la obra y quién recibirá el equipo.",
                "Confirm the address of the site and who will receive the equipment.",
            ),
        ),
        "inspection": PhaseFacts(
            name=("Vistoria do local", "Inspección del lugar", "Visit to the site"),
            description=(
                "Um técnico confere o piso, a altura e o acesso do caminhão. A visita leva menos de uma "
                "hora.",
                "Un técnico revisa el piso, la altura y el acceso del camión. La visita lleva menos de una "
                "hora.",
                "A technician checks the ground, the height and the way in for the lorry. It takes under an "
                "hour.",
            ),
        ),
        "delivery": PhaseFacts(
            name=("Entrega e liberação", "Entrega y habilitación", "Delivery and handover"),
            description=(
                "O equipamento sai do pátio revisado. Na entrega, o técnico treina quem vai operar.",
                "El equipo sale del patio revisado. En la entrega, el técnico capacita a quien lo va a "
                "operar.",
                "The equipment leaves our yard inspected. On delivery the technician trains whoever operates "
                "it.",
            ),
        ),
        "use": PhaseFacts(
            name=("Em operação", "En operación", "In use"),
            description=(
                "Enquanto o equipamento está com você, a manutenção preventiva é por nossa conta, na data "
                "combinada.",
                "Mientras el equipo está con usted, el mantenimiento preventivo corre por nuestra cuenta, en "
                "la fecha acordada.",
                "While the equipment is with you, preventive maintenance is on us, on the date agreed.",
            ),
        ),
        "return": PhaseFacts(
            name=("Devolução", "Devolución", "Return"),
            description=(
                "Buscamos o equipamento, conferimos no pátio e encerramos o contrato.",
                "Retiramos el equipo, lo revisamos en el patio y cerramos el contrato.",
                "We collect the equipment, inspect it in our yard and close the contract.",
            ),
        ),
    },
    kinds={
        "rental": KindFacts(
            name=("Locação de equipamento", "Alquiler de equipo", "Equipment rental"),
            description=(
                "Da proposta à devolução, com entrega e manutenção.",
                "De la propuesta a la devolución, con entrega y mantenimiento.",
                "From proposal to return, with delivery and maintenance.",
            ),
            steps=[
                ("approved", 1, 3),
                ("inspection", 1, 4),
                ("delivery", 1, 3),
                ("use", 30, 90),
                ("return", 2, 5),
            ],
        )
    },
    notices={
        "scheduled": NoticeFacts(
            phase="delivery",
            days=0,
            title=("A entrega está marcada", "La entrega está programada", "The delivery is booked"),
            body=(
                "O caminhão chega entre 7h e 9h. Deixe a entrada livre e alguém autorizado a assinar.",
                "El camión llega entre las 7 y las 9. Deje libre la entrada y a alguien autorizado para "
                "firmar.",
                "The lorry arrives between 7 and 9. Keep the entrance clear and have somebody there who may "
                "sign.",
            ),
        ),
        "serviced": NoticeFacts(
            phase="use",
            days=20,
            title=("Manutenção feita", "Mantenimiento realizado", "Maintenance done"),
            body=(
                "A revisão das 250 horas foi feita na obra, sem peças trocadas. A próxima é daqui a dois "
                "meses.",
                "La revisión de las 250 horas se hizo en la obra, sin cambio de piezas. La próxima es en dos "
                "meses.",
                "The 250-hour service was done on site, no parts replaced. The next one is due in two "
                "months.",
            ),
        ),
    },
    matters=[
        MatterFacts(
            "vanessa.rocha", "rental", 3, 0.5, ("scheduled", "serviced"), title="Plataforma tesoura 12 m"
        ),
        MatterFacts("vanessa.rocha", "rental", 2, 0.4, ("scheduled",), title="Gerador 80 kVA"),
        MatterFacts("leandro.bastos", "rental", 1, 0.5, title="Plataforma articulada 20 m"),
        MatterFacts("iris.camargo", "rental", 4, 1.6, ("serviced",), title="Manipulador telescópico"),
    ],
)

COLLECTION = OfficeFacts(
    phases={
        "survey": PhaseFacts(
            name=("Levantamento dos resíduos", "Relevamiento de residuos", "Survey of the waste"),
            description=(
                "Conhecemos o local e medimos o que sai por semana, para acertar os coletores e a rota.",
                "Conocemos el lugar y medimos lo que sale por semana, para acertar los contenedores y la "
                "ruta.",
                "We visit and measure what leaves each week, to get the containers and the route right.",
            ),
        ),
        "papers": PhaseFacts(
            name=("Licenças e documentos", "Licencias y documentos", "Licences and papers"),
            description=(
                "Cadastramos o gerador e preparamos os manifestos de transporte.",
                "Registramos al generador y preparamos los manifiestos de transporte.",
                "We register the producer and prepare the transport manifests.",
            ),
            action=(
                "Envie o contrato assinado e o alvará de funcionamento.",
                "Envíe el contrato firmado y el permiso de funcionamiento.",
                "Send us the signed contract and the operating licence.",
            ),
        ),
        "containers": PhaseFacts(
            name=("Instalação dos coletores", "Instalación de contenedores", "Placing the containers"),
            description=(
                "Deixamos os coletores identificados e mostramos à equipe o que vai em cada um.",
                "Dejamos los contenedores identificados y mostramos al equipo qué va en cada uno.",
                "We place labelled containers and show your team what goes into each.",
            ),
        ),
        "first": PhaseFacts(
            name=("Primeira coleta", "Primera recolección", "First collection"),
            description=(
                "A rota começa. Depois da primeira coleta você recebe o ticket com fotos.",
                "Comienza la ruta. Después de la primera recolección usted recibe el comprobante con fotos.",
                "The route begins. After the first collection you receive the ticket with photographs.",
            ),
        ),
    },
    kinds={
        "start": KindFacts(
            name=("Início da coleta", "Inicio de la recolección", "Start of collection"),
            description=(
                "Da primeira visita à primeira coleta.",
                "De la primera visita a la primera recolección.",
                "From the first visit to the first collection.",
            ),
            steps=[("survey", 2, 5), ("papers", 5, 15), ("containers", 2, 6), ("first", 1, 7)],
        )
    },
    notices={
        "route": NoticeFacts(
            phase="papers",
            days=1,
            title=("Sua rota foi definida", "Su ruta fue definida", "Your route is set"),
            body=(
                "A coleta passa às terças e sextas, de manhã. Os coletores chegam nesta semana.",
                "La recolección pasa los martes y viernes por la mañana. Los contenedores llegan esta "
                "semana.",
                "We collect on Tuesday and Friday mornings. The containers arrive this week.",
            ),
        )
    },
    matters=[
        MatterFacts("renata.piva", "start", 2, 0.8, ("route",)),
        MatterFacts("vanessa.rocha", "start", 1, 0.4, ()),
    ],
)

STUDIO = OfficeFacts(
    phases={
        "briefing": PhaseFacts(
            name=("Conversa inicial", "Conversación inicial", "First conversation"),
            description=(
                "Entendemos o que a empresa faz, para quem e o que o site precisa resolver.",
                "Entendemos qué hace la empresa, para quién y qué debe resolver el sitio.",
                "We learn what the company does, for whom, and what the site has to solve.",
            ),
        ),
        "design": PhaseFacts(
            name=("Desenho", "Diseño", "Design"),
            description=(
                "Preparamos duas direções visuais e escolhemos uma com você.",
                "Preparamos dos direcciones visuales y elegimos una con usted.",
                "We prepare two visual directions and choose one with you.",
            ),
            action=(
                "Veja as duas propostas e diga qual se parece mais com a sua empresa.",
                "Mire las dos propuestas y díganos cuál se parece más a su empresa.",
                "Look at both proposals and tell us which one feels more like your company.",
            ),
        ),
        "build": PhaseFacts(
            name=("Construção", "Construcción", "Building"),
            description=(
                "As páginas ganham texto, fotos e formulários. Você acompanha em um endereço de teste.",
                "Las páginas reciben texto, fotos y formularios. Usted las sigue en una dirección de prueba.",
                "The pages get their words, photographs and forms. You follow along at a test address.",
            ),
        ),
        "launch": PhaseFacts(
            name=("Publicação", "Publicación", "Launch"),
            description=(
                "O site vai ao ar e ficamos por perto nas primeiras semanas.",
                "El sitio sale al aire y quedamos cerca durante las primeras semanas.",
                "The site goes live and we stay close for the first weeks.",
            ),
        ),
    },
    kinds={
        "site": KindFacts(
            name=("Site novo", "Sitio nuevo", "New website"),
            description=(
                "Da conversa inicial ao site no ar.",
                "De la conversación inicial al sitio en línea.",
                "From the first conversation to a live site.",
            ),
            steps=[("briefing", 3, 7), ("design", 10, 20), ("build", 15, 30), ("launch", 2, 5)],
        )
    },
    notices={
        "proposals": NoticeFacts(
            phase="design",
            days=5,
            title=(
                "As duas propostas estão prontas",
                "Las dos propuestas están listas",
                "Both proposals are ready",
            ),
            body=(
                "Mandamos os desenhos por e-mail. Leve o tempo que precisar; respondemos a qualquer dúvida.",
                "Enviamos los diseños por correo. Tómese el tiempo que necesite; respondemos cualquier duda.",
                "We e-mailed the designs. Take the time you need; we answer any question.",
            ),
        )
    },
    matters=[MatterFacts("bruna.salles", "site", 1, 0.5, ("proposals",))],
)

BILLING = OfficeFacts(
    phases={
        "company": PhaseFacts(
            name=("Dados da empresa", "Datos de la empresa", "Company details"),
            description=(
                "Conferimos os dados da empresa e quem autoriza os pagamentos.",
                "Revisamos los datos de la empresa y quién autoriza los pagos.",
                "We check the company's details and who authorises payments.",
            ),
        ),
        "connection": PhaseFacts(
            name=("Conexão com o faturamento", "Conexión con la facturación", "Connecting the invoicing"),
            description=(
                "Ligamos o portal ao sistema de faturamento, sem interromper o trabalho.",
                "Conectamos el portal con su sistema de facturación, sin detener el trabajo.",
                "We connect the portal to your invoicing system, without stopping your work.",
            ),
            action=(
                "Autorize o acesso de leitura no seu sistema de faturamento.",
                "Autorice el acceso de lectura en su sistema de facturación.",
                "Authorise read access in your invoicing system.",
            ),
        ),
        "trial": PhaseFacts(
            name=("Teste com faturas reais", "Prueba con facturas reales", "Trial with real invoices"),
            description=(
                "Enviamos as primeiras cobranças a poucos clientes e conferimos juntos o resultado.",
                "Enviamos las primeras cobranzas a pocos clientes y revisamos juntos el resultado.",
                "We send the first reminders to a few customers and check the outcome together.",
            ),
        ),
        "running": PhaseFacts(
            name=("Em funcionamento", "En marcha", "Up and running"),
            description=(
                "A cobrança corre sozinha. A cada mês mandamos um resumo.",
                "La cobranza corre sola. Cada mes enviamos un resumen.",
                "Collections run by themselves. We send a summary each month.",
            ),
        ),
    },
    kinds={
        "onboarding": KindFacts(
            name=("Início da cobrança", "Puesta en marcha de la cobranza", "Setting up collections"),
            description=(
                "Dos dados da empresa à primeira cobrança.",
                "De los datos de la empresa a la primera cobranza.",
                "From the company's details to the first reminder.",
            ),
            steps=[("company", 1, 3), ("connection", 3, 10), ("trial", 5, 15), ("running", 1, 5)],
        )
    },
    notices={
        "connected": NoticeFacts(
            phase="connection",
            days=3,
            title=("A conexão está pronta", "La conexión está lista", "The connection is ready"),
            body=(
                "As faturas do último ano já aparecem. Começamos o teste com dez delas.",
                "Las facturas del último año ya aparecen. Empezamos la prueba con diez de ellas.",
                "Last year's invoices are in. We start the trial with ten of them.",
            ),
        )
    },
    matters=[MatterFacts("javier.illanes", "onboarding", 2, 0.4, ("connected",))],
)
