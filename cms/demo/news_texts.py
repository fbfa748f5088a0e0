"""The texts of the news: days ago, motif, title, introduction, body, what the picture shows; pt, es, en."""

from __future__ import annotations

from typing import Any

from cms.demo.news_law import NEWS_OF_THE_LAW_OFFICE

_TILES = ("Parede de azulejos azuis", "Pared de azulejos azules", "A wall of blue tiles")
_SHEETS = ("Folhas de papel com um selo", "Hojas de papel con un sello", "Sheets of paper with a seal")
_HOUSE = ("Fachada com janelas em arco", "Fachada con ventanas en arco", "A front with arched windows")
_HILLS = ("Colinas ao nascer do sol", "Colinas al amanecer", "Hills at sunrise")
_ARCS = ("Círculos que se encontram", "Círculos que se encuentran", "Circles that meet")
_WAVES = ("Ondas em camadas", "Ondas en capas", "Waves in layers")
_TOWN = ("Prédios e um guindaste", "Edificios y una grúa", "Buildings and a crane")

NEWS: dict[str, list[tuple[Any, ...]]] = {
    "castro-lima": NEWS_OF_THE_LAW_OFFICE,
    "altura": [
        (
            7,
            "blocks",
            (
                "Antes da entrega: os 32 itens que conferimos",
                "Antes de la entrega: los 32 puntos que revisamos",
                "Before delivery: the 32 things we check",
            ),
            (
                "Nenhum equipamento sai do pátio sem a lista assinada. Você pode pedir uma cópia da sua.",
                "Ningún equipo sale del patio sin la lista firmada. Usted puede pedir una copia de la suya.",
                "No machine leaves our yard without a signed list. You may ask for a copy of yours.",
            ),
            (
                (
                    "Freios, pneus, bateria, nível de óleo, comandos do cesto e do chão: a conferência leva "
                    "uma hora "
                    "e é feita no dia da saída.",
                    "# Na sua obra",
                    "O técnico repete os itens de segurança com quem vai operar e só então libera o "
                    "equipamento.",
                ),
                (
                    "Frenos, neumáticos, batería, nivel de aceite, mandos de la canasta y del suelo: la "
                    "revisión lleva "
                    "una hora y se hace el día de la salida.",
                    "# En su obra",
                    "El técnico repite los puntos de seguridad con quien va a operar y solo entonces entrega "
                    "el equipo.",
                ),
                (
                    "Brakes, tyres, battery, oil, controls of the basket and on the ground: the inspection "
                    "takes an "
                    "hour and is done on the day of departure.",
                    "# On your site",
                    "The technician goes through the safety items again with the operator, and only then "
                    "hands over.",
                ),
            ),
            _TOWN,
        ),
        (
            33,
            "waves",
            (
                "Feriados: como ficam entregas e retiradas",
                "Feriados: cómo quedan las entregas y los retiros",
                "Public holidays: deliveries and collections",
            ),
            (
                "O suporte técnico atende todos os dias. Entregas e retiradas voltam no dia útil seguinte.",
                "El soporte técnico atiende todos los días. Las entregas y los retiros siguen el próximo día "
                "hábil.",
                "Technical support answers every day. Deliveries and collections resume on the next working "
                "day.",
            ),
            (
                (
                    "Se a sua devolução cai em um feriado, nenhuma diária é cobrada até a retirada.",
                    "# Como avisar",
                    "Mande mensagem pelo WhatsApp de devoluções com o número do contrato. Confirmamos no "
                    "mesmo dia.",
                ),
                (
                    "Si su devolución cae en un feriado, no se cobra ningún día hasta el retiro.",
                    "# Cómo avisar",
                    "Escriba al WhatsApp de devoluciones con el número del contrato. Confirmamos el mismo "
                    "día.",
                ),
                (
                    "If your return falls on a public holiday, no day is charged until we collect.",
                    "# How to tell us",
                    "Write to the WhatsApp for returns with the number of the contract. We confirm the same "
                    "day.",
                ),
            ),
            _WAVES,
        ),
    ],
    "verde": [
        (
            11,
            "hills",
            (
                "O que muda no coletor azul",
                "Qué cambia en el contenedor azul",
                "What changes in the blue container",
            ),
            (
                "Caixas de leite e papel plastificado agora vão no azul. Enviamos etiquetas novas na próxima "
                "coleta.",
                "Las cajas de leche y el papel plastificado van ahora en el azul. Enviamos etiquetas nuevas.",
                "Milk cartons and coated paper now go into the blue one. New labels come with the next "
                "collection.",
            ),
            (
                (
                    "A usina que recebe o nosso papel instalou uma linha nova e passou a aceitar embalagens "
                    "longa "
                    "vida. Basta enxaguar e amassar.",
                    "Se a sua equipe quiser uma conversa de dez minutos sobre a separação, peça pelo "
                    "WhatsApp.",
                ),
                (
                    "La planta que recibe nuestro papel instaló una línea nueva y ahora acepta envases de "
                    "larga vida. "
                    "Basta con enjuagar y aplastar.",
                    "Si su equipo quiere una charla de diez minutos sobre la separación, pídala por "
                    "WhatsApp.",
                ),
                (
                    "The plant that takes our paper has a new line and now accepts long-life cartons. Rinse "
                    "and "
                    "flatten, that is all.",
                    "If your team would like ten minutes about sorting, ask us on WhatsApp.",
                ),
            ),
            _HILLS,
        )
    ],
    "estudio": [
        (
            9,
            "arcs",
            (
                "Como lemos os seus comentários",
                "Cómo leemos sus comentarios",
                "How we read your comments",
            ),
            (
                "Um comentário por assunto ajuda mais do que dez e-mails. Contamos como organizamos cada "
                "rodada.",
                "Un comentario por asunto ayuda más que diez correos. Contamos cómo organizamos cada ronda.",
                "One comment for each matter helps more than ten e-mails. This is how we run each round.",
            ),
            (
                (
                    "Cada proposta tem duas rodadas de ajustes. Juntamos tudo o que você escreveu, "
                    "respondemos item "
                    "por item e mostramos o antes e o depois.",
                    "Se algo não parece certo e você não sabe dizer por quê, diga assim mesmo: descobrir é o "
                    "nosso "
                    "trabalho.",
                ),
                (
                    "Cada propuesta tiene dos rondas de ajustes. Reunimos todo lo que usted escribió, "
                    "respondemos "
                    "punto por punto y mostramos el antes y el después.",
                    "Si algo no parece bien y no sabe por qué, díganoslo igual: averiguarlo es nuestro "
                    "trabajo.",
                ),
                (
                    "Each proposal has two rounds of changes. We gather all that you wrote, answer point by "
                    "point "
                    "and show before and after.",
                    "If something feels wrong and you cannot say why, tell us anyway: finding out is our "
                    "work.",
                ),
            ),
            _ARCS,
        )
    ],
    "pepino-tech": [
        (
            6,
            "waves",
            (
                "Lembretes que não incomodam",
                "Recordatorios que no molestan",
                "Reminders that do not annoy",
            ),
            (
                "Três mensagens bem escolhidas cobram mais do que dez. Vimos isso em um ano de dados.",
                "Tres mensajes bien elegidos cobran más que diez. Lo vimos en un año de datos.",
                "Three well-chosen messages collect more than ten. A year of data shows it.",
            ),
            (
                (
                    "Uma antes do vencimento, uma no dia e uma na semana seguinte. Cada uma diz quanto, até "
                    "quando e "
                    "como pagar, em um só botão.",
                    "Quem responde fala com uma pessoa. A conversa fica na mesma página da fatura.",
                ),
                (
                    "Uno antes del vencimiento, uno el mismo día y uno a la semana siguiente. Cada uno dice "
                    "cuánto, "
                    "hasta cuándo y cómo pagar, con un solo botón.",
                    "Quien responde habla con una persona. La conversación queda en la misma página de la "
                    "factura.",
                ),
                (
                    "One before the due date, one on the day and one a week later. Each says how much, until "
                    "when "
                    "and how to pay, with a single button.",
                    "Whoever answers talks to a person. The conversation stays on the page of the invoice.",
                ),
            ),
            _WAVES,
        )
    ],
}
