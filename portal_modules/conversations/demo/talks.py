"""What people say to each other in the demo world."""

from __future__ import annotations

from dataclasses import dataclass

from portal_modules.core.demo import Words


@dataclass(frozen=True, slots=True)
class SaidFacts:
    """One thing said, by the customer or the staff, so many days ago, perhaps with a file."""

    text: Words
    days_ago: int
    by_staff: bool = False
    is_note: bool = False
    file: str = ""


FEW = 3  # in companies without a story

TALKS: list[list[SaidFacts]] = [
    [
        SaidFacts(
            (
                "Bom dia. Recebi uma carta do registo, e não sei se tenho de responder. Segue em anexo.",
                "Buenos días. Recibí una carta del registro y no sé si debo responder. La adjunto.",
                "Good morning. I got a letter from the registry and do not know whether to answer it. It is attached.",
            ),
            6,
            file="carta-registo.jpg",
        ),
        SaidFacts(
            (
                "Confirmado com a conservatória por telefone: é só informativa.",
                "Confirmado con el registro por teléfono: es solo informativa.",
                "Confirmed with the registry by phone: it only informs.",
            ),
            5,
            by_staff=True,
            is_note=True,
        ),
        SaidFacts(
            (
                "Bom dia. Já a vimos: é só para informar que o processo entrou. Não precisa de responder.",
                "Buenos días. Ya la vimos: solo informa de que el trámite ingresó. No necesita responder.",
                "Good morning. We have seen it: it only tells that the file has arrived. No answer is needed.",
            ),
            5,
            by_staff=True,
        ),
        SaidFacts(
            (
                "Que alívio, obrigado pela resposta rápida.",
                "Qué alivio, gracias por responder tan rápido.",
                "What a relief, thank you for the quick answer.",
            ),
            4,
        ),
        SaidFacts(
            (
                "De nada. Deixamos aqui a cópia do requerimento, para os seus papéis.",
                "De nada. Le dejamos aquí la copia de la solicitud, para sus papeles.",
                "You are welcome. Here is the copy of the application, for your papers.",
            ),
            1,
            by_staff=True,
            file="requerimento.pdf",
        ),
    ],
    [
        SaidFacts(
            (
                "Boa tarde. Consigo a certidão só na próxima semana. Há problema?",
                "Buenas tardes. Tendré el acta recién la próxima semana. ¿Hay problema?",
                "Good afternoon. I get the certificate next week only. Is that a problem?",
            ),
            2,
        ),
    ],
    [
        SaidFacts(
            (
                "A tradução está pronta. Pode ver se os nomes estão bem escritos?",
                "La traducción está lista. ¿Puede revisar que los nombres estén bien escritos?",
                "The translation is ready. Would you check that the names are written right?",
            ),
            3,
            by_staff=True,
            file="traducao.pdf",
        ),
    ],
    [
        SaidFacts(
            (
                "Mudei de telefone: agora é o que está na minha assinatura.",
                "Cambié de teléfono: ahora es el de mi firma.",
                "I have a new phone number: the one in my signature.",
            ),
            9,
        ),
        SaidFacts(
            ("Obrigada, já o atualizámos.", "Gracias, ya lo actualizamos.", "Thank you, we have changed it."),
            8,
            by_staff=True,
        ),
    ],
    [
        SaidFacts(
            (
                "Quanto tempo falta, mais ou menos?",
                "¿Cuánto falta, más o menos?",
                "How long will it still take, roughly?",
            ),
            1,
        ),
    ],
]
