"""Names and texts of the companies that are filled in. None of them exists."""

from __future__ import annotations

NAMES = (
    "Almeida",
    "Barros",
    "Cardoso",
    "Duarte",
    "Esteves",
    "Figueira",
    "Godinho",
    "Herrera",
    "Ibarra",
    "Jardim",
)
TRADES = ("Advogados", "Contabilidade", "Despachantes", "Arquitetura", "Seguros")

KINDS = ("Citizenship", "Registry of a company", "Building permit", "Inheritance")
KINDS_PT = ("Nacionalidade", "Registo de uma empresa", "Licença de obras", "Herança")
KINDS_ES = ("Nacionalidad", "Registro de una empresa", "Licencia de obras", "Herencia")

PHASES = (
    ("Papers asked for", "Documentos pedidos", "Documentos solicitados"),
    ("Papers received", "Documentos recebidos", "Documentos recibidos"),
    ("Checked by us", "Conferência", "Revisión"),
    ("Translation", "Tradução", "Traducción"),
    ("Handed in", "Entregue", "Entregado"),
    ("At the authority", "No órgão", "En la administración"),
    ("Decision", "Decisão", "Decisión"),
    ("Finished", "Concluído", "Terminado"),
)
PHASE_TEXT = {
    "en": "We look after this step and write to you when it is done. It needs nothing from you.",
    "pt": "Nós tratamos deste passo e escrevemos quando estiver feito. Não precisa de fazer nada.",
    "es": "Nosotros nos ocupamos de este paso y le escribimos cuando termine. No tiene que hacer nada.",
}

NEWS_TITLES = {
    "en": "What changes in month {month} at our office",
    "pt": "O que muda no mês {month} no nosso escritório",
    "es": "Lo que cambia en el mes {month} en nuestra oficina",
}
NEWS_INTRODUCTIONS = {
    "en": "New hours, a new counter, and an answer to what most of you asked about number {month}.",
    "pt": "Novo horário, um novo balcão e a resposta ao que mais nos perguntaram sobre o número {month}.",
    "es": "Nuevo horario, otro mostrador y la respuesta a lo que más preguntaron sobre el número {month}.",
}
NEWS_PARAGRAPHS = {
    "en": "From the first working day on, our counter opens an hour earlier. <b>Nothing changes</b> for "
    "matters that are already under way: each keeps its number, its phase and the person who looks after it.",
    "pt": "A partir do primeiro dia útil, o nosso balcão abre uma hora mais cedo. <b>Nada muda</b> para os "
    "assuntos que já estão em curso: cada um mantém o seu número, a sua fase e a pessoa que trata dele.",
    "es": "Desde el primer día laborable, nuestro mostrador abre una hora antes. <b>Nada cambia</b> para los "
    "asuntos que ya están en marcha: cada uno conserva su número, su fase y la persona que lo lleva.",
}
NEWS_HEADINGS = {"en": "In detail", "pt": "Em pormenor", "es": "En detalle"}

SAID = "We have received the papers and look through them this week."
