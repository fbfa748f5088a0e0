"""What the law office writes to its customers, by phase."""

from __future__ import annotations

from .facts import NoticeFacts

NOTICES = {
    "received": NoticeFacts(
        phase="documents",
        days=3,
        title=("Recebemos os seus documentos", "Recibimos sus documentos", "We have your documents"),
        body=(
            "Chegou tudo em boas condições. Começamos a conferência nos próximos dias e avisamos se faltar "
            "alguma "
            "coisa.",
            "Llegó todo en buen estado. Empezamos la revisión en los próximos días y le avisamos si falta "
            "algo.",
            "Everything arrived in good order. We start checking within days and tell you if anything is "
            "missing.",
        ),
        is_marked=False,
    ),
    "missing": NoticeFacts(
        phase="documents",
        days=12,
        title=("Falta uma certidão", "Falta una partida", "One certificate is missing"),
        body=(
            "A certidão de casamento dos avós ainda não chegou. Se não a encontrar, responda a este aviso: "
            "podemos "
            "pedi-la nós, o que leva cerca de três semanas.",
            "La partida de matrimonio de los abuelos todavía no llegó. Si no la encuentra, díganoslo: "
            "podemos "
            "pedirla nosotros, lo que lleva unas tres semanas.",
            "The grandparents' marriage certificate has not arrived yet. If you cannot find it, tell us: we "
            "can "
            "request it ourselves, which takes about three weeks.",
        ),
        is_marked=False,
    ),
    "names": NoticeFacts(
        phase="review",
        days=3,
        title=(
            "Um apelido escrito de duas formas",
            "Un apellido escrito de dos maneras",
            "A name spelt two ways",
        ),
        body=(
            "Num dos documentos o apelido tem uma letra a mais. Já pedimos a correção; o pedido não fica "
            "parado por "
            "causa disto.",
            "En uno de los documentos el apellido tiene una letra de más. Ya pedimos la corrección; la "
            "solicitud no "
            "se detiene por esto.",
            "In one of the documents the surname has a letter too many. We have asked for the correction; it "
            "does "
            "not hold the application up.",
        ),
        is_marked=False,
    ),
    "apostille": NoticeFacts(
        phase="translation",
        days=9,
        title=("As traduções estão prontas", "Las traducciones están listas", "The translations are ready"),
        body=(
            "Todas as traduções foram certificadas. Falta a apostila de um documento, que chega esta semana.",
            "Todas las traducciones fueron certificadas. Falta la apostilla de un documento, que llega esta "
            "semana.",
            "All translations have been certified. One document still waits for its apostille, due this "
            "week.",
        ),
    ),
    "filed": NoticeFacts(
        phase="filing",
        days=1,
        title=(
            "O pedido foi entregue na conservatória",
            "La solicitud fue entregada en el registro civil",
            "The application was filed with the registry",
        ),
        body=(
            "O pedido deu entrada e o comprovativo está connosco. A partir de agora o ritmo é o da "
            "conservatória; "
            "nós acompanhamos todas as semanas.",
            "La solicitud fue presentada y tenemos el comprobante. A partir de ahora el ritmo es el del "
            "registro "
            "civil; nosotros hacemos el seguimiento todas las semanas.",
            "The application has been filed and we hold the receipt. From now on the registry sets the pace; "
            "we "
            "follow it every week.",
        ),
    ),
    "numbered": NoticeFacts(
        phase="analysis",
        days=6,
        title=(
            "A conservatória atribuiu um número",
            "El registro civil asignó un número",
            "The registry has assigned a number",
        ),
        body=(
            "O pedido foi distribuído a um conservador. Quem tem conta no portal encontra o número da "
            "conservatória "
            "na página do seu negócio.",
            "La solicitud fue asignada a un registrador. Quien tiene cuenta en el portal encuentra el número "
            "del "
            "registro civil en la página de su negocio.",
            "The application is now with a registrar. If you have an account here, the registry's number is "
            "on "
            "the page of your business.",
        ),
    ),
    "enquiries": NoticeFacts(
        phase="consultation",
        days=4,
        title=("As consultas seguiram", "Las consultas fueron enviadas", "The enquiries have been sent"),
        body=(
            "A conservatória pediu os pareceres habituais. As respostas demoram em geral dois a quatro meses "
            "e não "
            "dependem de si.",
            "El registro civil pidió los informes habituales. Las respuestas tardan en general de dos a "
            "cuatro "
            "meses y no dependen de usted.",
            "The registry has asked for the usual reports. Answers generally take two to four months and do "
            "not "
            "depend on you.",
        ),
    ),
    "slow": NoticeFacts(
        phase="",
        days=9,
        title=(
            "Esta fase está a demorar mais do que o habitual",
            "Esta fase está tardando más de lo habitual",
            "This phase is taking longer than usual",
        ),
        body=(
            "A conservatória tem mais pedidos do que no ano passado. Perguntámos pelo seu: está em ordem e "
            "na fila. "
            "Voltamos a perguntar dentro de duas semanas.",
            "El registro civil tiene más solicitudes que el año pasado. Preguntamos por la suya: está en "
            "orden y en "
            "la fila. Volvemos a preguntar dentro de dos semanas.",
            "The registry has more applications than last year. We asked about yours: it is in order and in "
            "the "
            "queue. We ask again in two weeks.",
        ),
    ),
    "accepted": NoticeFacts(
        phase="inscription",
        days=0,
        title=("O pedido foi aceite", "La solicitud fue aceptada", "The application was accepted"),
        body=(
            "A decisão é favorável. Falta o registo do nascimento, que costuma levar três a seis semanas.",
            "La decisión es favorable. Falta la inscripción del nacimiento, que suele llevar de tres a seis "
            "semanas.",
            "The decision is favourable. What remains is the birth registration, usually three to six weeks.",
        ),
    ),
    "certificate": NoticeFacts(
        phase="card",
        days=1,
        title=(
            "O assento de nascimento está pronto",
            "El acta de nacimiento está lista",
            "The birth certificate is ready",
        ),
        body=(
            "Enviámos-lhe hoje uma cópia. O original fica guardado no nosso escritório até nos dizer para "
            "onde o "
            "devemos mandar.",
            "Hoy le enviamos una copia. El original queda guardado en nuestra oficina hasta que nos diga "
            "adónde "
            "debemos mandarlo.",
            "We sent you a copy today. We keep the original at our office until you tell us where to post "
            "it.",
        ),
        is_marked=False,
    ),
    "booked": NoticeFacts(
        phase="appointment",
        days=21,
        title=(
            "Temos data para o atendimento",
            "Tenemos fecha para la cita",
            "We have a date for the appointment",
        ),
        body=(
            "A data, a hora e o lugar seguiram por e-mail. Se não puder ir, diga-nos com três dias de "
            "antecedência.",
            "La fecha, la hora y el lugar fueron por correo electrónico. Si no puede ir, avísenos con tres "
            "días de "
            "anticipación.",
            "Date, time and place are in your e-mail. If you cannot attend, tell us three days ahead.",
        ),
    ),
    "concluded": NoticeFacts(
        phase="",
        days=3,
        title=("O seu negócio está concluído", "Su negocio está concluido", "Your business is finished"),
        body=(
            "Está tudo registado e entregue. Guarde o número: a página continua aqui sempre que precisar.",
            "Está todo registrado y entregado. Guarde el número: la página sigue aquí siempre que la "
            "necesite.",
            "Everything is registered and delivered. Keep the number: this page stays here whenever you need "
            "it.",
        ),
    ),
    "withdrawn": NoticeFacts(
        phase="",
        days=1,
        title=("Pedido retirado", "Solicitud retirada", "Application withdrawn"),
        body=(
            "O pedido foi retirado, como nos pediu. Os documentos originais seguem por correio registado.",
            "La solicitud fue retirada, como nos pidió. Los documentos originales van por correo "
            "certificado.",
            "The application was withdrawn as you asked. The original documents come by registered post.",
        ),
    ),
}
