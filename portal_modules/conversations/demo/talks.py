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
    file: Words | None = None


# At the law firm, whose story the others do not share.
TALKS: list[list[SaidFacts]] = [
    [
        SaidFacts(
            (
                "Bom dia. Recebi uma carta do registo, e não sei se tenho de responder. Segue em anexo.",
                "Buenos días. Recibí una carta del registro y no sé si debo responder. La adjunto.",
                "Good morning. I got a letter from the registry and do not know whether to answer it. It is attached.",
            ),
            6,
            file=("carta-registo.jpg", "carta-registro.jpg", "registry-letter.jpg"),
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
            file=("requerimento.pdf", "solicitud.pdf", "application.pdf"),
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
            file=("traducao.pdf", "traduccion.pdf", "translation.pdf"),
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

# At the companies whose customers are companies.
BUSINESS_TALKS: list[list[SaidFacts]] = [
    [
        SaidFacts(
            (
                "Bom dia. Mudamos de endereço este mês. Segue o comprovante.",
                "Buenos días. Cambiamos de domicilio este mes. Adjunto el comprobante.",
                "Good morning. We have moved this month. The proof of address is attached.",
            ),
            6,
            file=("comprovante.jpg", "comprobante.jpg", "proof-of-address.jpg"),
        ),
        SaidFacts(
            (
                "Conferido com o cadastro: o endereço é o mesmo.",
                "Verificado con el registro: la dirección coincide.",
                "Checked against the register: the address is the same.",
            ),
            5,
            by_staff=True,
            is_note=True,
        ),
        SaidFacts(
            (
                "Bom dia. Já alteramos o cadastro: os próximos documentos saem com o endereço novo.",
                "Buenos días. Ya lo cambiamos: los próximos documentos salen con el nuevo domicilio.",
                "Good morning. It is changed: the next papers carry the new address.",
            ),
            5,
            by_staff=True,
        ),
        SaidFacts(
            (
                "Perfeito, obrigado pela resposta rápida.",
                "Perfecto, gracias por responder tan rápido.",
                "Perfect, thank you for the quick answer.",
            ),
            4,
        ),
        SaidFacts(
            (
                "De nada. Deixamos aqui a confirmação, para os seus arquivos.",
                "De nada. Le dejamos aquí la confirmación, para su archivo.",
                "You are welcome. Here is the confirmation, for your files.",
            ),
            1,
            by_staff=True,
            file=("confirmacao.pdf", "confirmacion.pdf", "confirmation.pdf"),
        ),
    ],
    [
        SaidFacts(
            (
                "Boa tarde. O nosso número de pedido pode aparecer nas próximas cobranças?",
                "Buenas tardes. ¿Puede aparecer nuestro número de orden en los próximos cobros?",
                "Good afternoon. May our order number stand on the next bills?",
            ),
            2,
        ),
    ],
    [
        SaidFacts(
            (
                "Incluímos o número do seu pedido. Pode ver se está certo?",
                "Incluimos su número de orden. ¿Puede revisar que esté bien?",
                "Your order number is on it now. Would you check that it is right?",
            ),
            3,
            by_staff=True,
            file=("pedido.pdf", "orden.pdf", "order.pdf"),
        ),
    ],
]
