"""The news of the law office, in its three languages."""

from __future__ import annotations

from typing import Any

_TILES = ("Parede de azulejos azuis", "Pared de azulejos azules", "A wall of blue tiles")
_SHEETS = ("Folhas de papel com um selo", "Hojas de papel con un sello", "Sheets of paper with a seal")
_HOUSE = ("Fachada com janelas em arco", "Fachada con ventanas en arco", "A front with arched windows")
_HILLS = ("Colinas ao nascer do sol", "Colinas al amanecer", "Hills at sunrise")
_ARCS = ("Círculos que se encontram", "Círculos que se encuentran", "Circles that meet")
_WAVES = ("Ondas em camadas", "Ondas en capas", "Waves in layers")
_TOWN = ("Prédios e um guindaste", "Edificios y una grúa", "Buildings and a crane")

NEWS_OF_THE_LAW_OFFICE: list[tuple[Any, ...]] = [
    (
        4,
        "house",
        (
            "Os prazos das conservatórias neste trimestre",
            "Los plazos de los registros civiles en este trimestre",
            "How long the registries take this quarter",
        ),
        (
            "As análises de netos estão a demorar cerca de cinco meses. As de filhos continuam abaixo de "
            "três.",
            "Los análisis de nietos tardan unos cinco meses. Los de hijos siguen por debajo de tres.",
            "Applications by grandchildren take about five months. Those by children stay below three.",
        ),
        (
            (
                "De três em três meses juntamos as datas de todos os pedidos que acompanhamos e vemos "
                "quanto "
                "demorou cada fase. É desses números que saem os prazos que aparecem na página do seu "
                "negócio.",
                "# O que mudou",
                "A análise dos pedidos de netos passou de quatro para cinco meses. As consultas oficiais "
                "mantêm-se entre dois e quatro. O registo do nascimento ficou mais rápido: três semanas, "
                "em média.",
                "# O que isto quer dizer para si",
                "Se o seu pedido está em análise, a data prevista já foi atualizada. Não precisa de "
                "fazer nada; "
                "se uma fase passar do habitual, escrevemos-lhe nós.",
            ),
            (
                "Cada tres meses reunimos las fechas de todas las solicitudes que seguimos y vemos "
                "cuánto tardó "
                "cada fase. De esos números salen los plazos que aparecen en la página de su negocio.",
                "# Qué cambió",
                "El análisis de las solicitudes de nietos pasó de cuatro a cinco meses. Las consultas "
                "oficiales "
                "se mantienen entre dos y cuatro. La inscripción del nacimiento es más rápida: tres "
                "semanas, en "
                "promedio.",
                "# Qué significa para usted",
                "Si su solicitud está en análisis, la fecha prevista ya fue actualizada. No tiene que "
                "hacer "
                "nada; si una fase pasa de lo habitual, le escribimos nosotros.",
            ),
            (
                "Every three months we gather the dates of all the applications we follow and see how "
                "long each "
                "phase took. The times shown on the page of your business come from these figures.",
                "# What has changed",
                "The analysis of applications by grandchildren went from four to five months. Official "
                "enquiries "
                "still take two to four. Birth registration has become quicker: three weeks on average.",
                "# What this means for you",
                "If your application is being analysed, the expected date is already up to date. You "
                "need not do "
                "anything; if a phase takes longer than usual, we write to you.",
            ),
        ),
        _HOUSE,
    ),
    (
        19,
        "sheets",
        (
            "Três documentos que atrasam um pedido",
            "Tres documentos que retrasan una solicitud",
            "Three papers that hold an application up",
        ),
        (
            "Quase todos os atrasos começam na recolha. Estes três documentos merecem um segundo olhar.",
            "Casi todos los retrasos empiezan en la reunión de documentos. Estos tres merecen otra mirada.",
            "Nearly every delay begins while papers are gathered. These three deserve a second look.",
        ),
        (
            (
                "# A certidão com mais de um ano",
                "Muitas conservatórias só aceitam certidões emitidas há menos de doze meses. Veja a data "
                "antes "
                "de a enviar.",
                "# O apelido com duas grafias",
                "Um «s» no lugar de um «z» basta para um pedido de esclarecimento. Diga-nos logo no "
                "início: "
                "corrigir antes da entrega leva dias, depois leva meses.",
                "# O registo criminal que falta",
                "É preciso um de cada país onde viveu depois dos dezasseis anos, mesmo que por pouco tempo.",
            ),
            (
                "# La partida con más de un año",
                "Muchos registros civiles solo aceptan partidas emitidas hace menos de doce meses. Mire "
                "la fecha "
                "antes de enviarla.",
                "# El apellido escrito de dos maneras",
                "Una «s» en lugar de una «z» basta para que pidan una aclaración. Díganoslo desde el "
                "comienzo: "
                "corregir antes de la entrega lleva días, después lleva meses.",
                "# El certificado de antecedentes que falta",
                "Hace falta uno de cada país donde vivió después de los dieciséis años, aunque fuera por "
                "poco "
                "tiempo.",
            ),
            (
                "# The certificate that is more than a year old",
                "Many registries only accept certificates issued in the last twelve months. Look at the "
                "date "
                "before you send it.",
                "# The surname spelt two ways",
                "An s in place of a z is enough for a query. Tell us at the start: a correction takes "
                "days "
                "before filing, and months after it.",
                "# The criminal record that is missing",
                "One is needed from each country you have lived in since you were sixteen, even if briefly.",
            ),
        ),
        _SHEETS,
    ),
    (
        38,
        "tiles",
        (
            "Mensagens em nosso nome: como reconhecê-las",
            "Mensajes en nuestro nombre: cómo reconocerlos",
            "Messages in our name: how to tell",
        ),
        (
            "Nunca pedimos a palavra-passe nem dados do cartão por telefone, por e-mail ou por mensagem.",
            "Nunca pedimos la contraseña ni datos de la tarjeta por teléfono, correo o mensaje.",
            "We never ask for your password or card details by phone, e-mail or message.",
        ),
        (
            (
                "Alguns clientes receberam no telemóvel mensagens que pareciam nossas e pediam um "
                "pagamento "
                "urgente. Não eram.",
                "# Como saber",
                "Escrevemos sempre do mesmo endereço e nunca damos prazos de horas. O número do seu "
                "negócio está "
                "em todas as mensagens verdadeiras; compare-o com o do primeiro e-mail.",
                "# Se tiver dúvidas",
                "Não responda e não carregue em nada. Ligue para o número que está no fim desta página.",
            ),
            (
                "Algunos clientes recibieron en el teléfono mensajes que parecían nuestros y pedían un "
                "pago "
                "urgente. No lo eran.",
                "# Cómo saberlo",
                "Escribimos siempre desde la misma dirección y nunca damos plazos de horas. El número de "
                "su "
                "negocio está en todos los mensajes verdaderos; compárelo con el del primer correo.",
                "# Si tiene dudas",
                "No responda y no abra nada. Llame al número que está al pie de esta página.",
            ),
            (
                "Some customers received messages on their phones that looked like ours and asked for an "
                "urgent "
                "payment. They were not ours.",
                "# How to tell",
                "We always write from the same address and never give you hours to act. The number of "
                "your "
                "business is in every true message; compare it with the one in our first e-mail.",
                "# If in doubt",
                "Do not answer and do not follow any link. Call the number at the foot of this page.",
            ),
        ),
        _TILES,
    ),
    (
        61,
        "waves",
        (
            "Depois da nacionalidade: o cartão de cidadão",
            "Después de la nacionalidad: el documento de identidad",
            "After nationality: the citizen card",
        ),
        (
            "O assento de nascimento é o princípio. Explicamos o que pedir primeiro, onde e com que "
            "documentos.",
            "El acta de nacimiento es el comienzo. Explicamos qué pedir primero, dónde y con qué documentos.",
            "The birth certificate is the beginning. We explain what to apply for first, where and with "
            "what.",
        ),
        (
            (
                "Com o assento na mão, o primeiro documento é o cartão de cidadão. Pede-se em qualquer "
                "balcão de "
                "registo em Portugal ou no consulado da sua área.",
                "# O que levar",
                "O assento de nascimento, um documento de identificação do outro país e um comprovativo "
                "de "
                "morada. A fotografia é tirada no local.",
                "# E o passaporte",
                "Só depois do cartão. No consulado podem pedir-se os dois no mesmo dia, se houver vaga: "
                "nós "
                "ajudamos a marcar.",
            ),
            (
                "Con el acta en la mano, el primer documento es el de identidad. Se pide en cualquier "
                "oficina de "
                "registro en Portugal o en el consulado de su zona.",
                "# Qué llevar",
                "El acta de nacimiento, un documento de identificación del otro país y un comprobante de "
                "domicilio. La fotografía se toma en el lugar.",
                "# Y el pasaporte",
                "Solo después del documento de identidad. En el consulado pueden pedirse los dos el "
                "mismo día, "
                "si hay turno: le ayudamos a reservarlo.",
            ),
            (
                "With the certificate in hand, the first document is the citizen card. You apply at any "
                "registry "
                "desk in Portugal, or at the consulate of your area.",
                "# What to bring",
                "The birth certificate, an identity document of your other country and proof of address. "
                "The "
                "photograph is taken there.",
                "# And the passport",
                "Only after the card. At a consulate you can ask for both on one day if there is a "
                "place: we "
                "help you book it.",
            ),
        ),
        _WAVES,
    ),
    (
        88,
        "arcs",
        (
            "Apostila: o que é e quando faz falta",
            "Apostilla: qué es y cuándo hace falta",
            "Apostille: what it is and when you need it",
        ),
        (
            "Um selo que diz que a assinatura é verdadeira. Nem todos os documentos precisam dele.",
            "Un sello que dice que la firma es verdadera. No todos los documentos lo necesitan.",
            "A stamp that says a signature is genuine. Not every document needs one.",
        ),
        (
            (
                "A apostila confirma quem assinou um documento público, para que outro país o aceite. É "
                "feita no "
                "país que emitiu o documento, nunca em Portugal.",
                "# Quando faz falta",
                "Em certidões, registos criminais e procurações feitas fora da União Europeia. As "
                "certidões de "
                "países da União seguem sem apostila.",
                "# A ordem certa",
                "Primeiro a apostila, depois a tradução: a tradução tem de incluir o texto da apostila.",
            ),
            (
                "La apostilla confirma quién firmó un documento público, para que otro país lo acepte. "
                "Se hace "
                "en el país que emitió el documento, nunca en Portugal.",
                "# Cuándo hace falta",
                "En partidas, certificados de antecedentes y poderes hechos fuera de la Unión Europea. "
                "Las "
                "partidas de países de la Unión van sin apostilla.",
                "# El orden correcto",
                "Primero la apostilla, después la traducción: la traducción debe incluir el texto de la "
                "apostilla.",
            ),
            (
                "An apostille confirms who signed a public document, so that another country accepts it. "
                "It is "
                "made in the country that issued the document, never in Portugal.",
                "# When you need it",
                "For certificates, criminal records and powers of attorney made outside the European "
                "Union. "
                "Certificates from countries of the Union go without.",
                "# The right order",
                "First the apostille, then the translation: the translation has to include its text.",
            ),
        ),
        _ARCS,
    ),
    (
        117,
        "hills",
        (
            "O portal fala agora três línguas",
            "El portal habla ahora tres idiomas",
            "The portal now speaks three languages",
        ),
        (
            "Português, espanhol e inglês, na mesma página e sem perder o lugar. Escolha no canto de cima.",
            "Portugués, español e inglés, en la misma página y sin perder el lugar. Elija en la esquina "
            "superior.",
            "Portuguese, Spanish and English, on the same page and without losing your place. Choose on top.",
        ),
        (
            (
                "As fases, os avisos e as notícias passam a existir nas três línguas. A língua dos "
                "e-mails é a "
                "que nos indicou; se quiser outra, diga-nos.",
                "# Também sem conta",
                "A consulta pelo número funciona nas três. Guarde o número em lugar seguro: quem o tiver "
                "vê em "
                "que fase está o seu negócio.",
            ),
            (
                "Las fases, los avisos y las noticias existen ahora en los tres idiomas. El idioma de "
                "los correos "
                "es el que nos indicó; si quiere otro, díganoslo.",
                "# También sin cuenta",
                "La consulta por número funciona en los tres. Guarde el número en un lugar seguro: quien "
                "lo tenga "
                "ve en qué fase está su negocio.",
            ),
            (
                "Phases, notices and news now come in all three languages. E-mails come in the one you "
                "told us; "
                "if you would like another, let us know.",
                "# Without an account, too",
                "The lookup by number works in all three. Keep the number safe: whoever has it can see "
                "where "
                "your business stands.",
            ),
        ),
        _HILLS,
    ),
]
