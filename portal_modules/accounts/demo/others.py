"""The terms and privacy notices of the other four companies: short, and each about what it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal_modules.core.demo import Words

from .writing import Section


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What differs from one company to another, in pt, es and en."""

    service: Words
    duty: Words
    data: Words
    law: Words
    authority: Words


_BRAZIL_LAW: Words = (
    "Aplica-se a lei brasileira, e o foro é o do domicílio do consumidor.",
    "Se aplica la ley brasileña, y el foro es el del domicilio del consumidor.",
    "Brazilian law applies, and the court is that of the consumer's home.",
)
_BRAZIL_AUTHORITY: Words = (
    "Autoridade Nacional de Proteção de Dados (ANPD), segundo a Lei 13.709/2018",
    "autoridad brasileña de protección de datos (ANPD), según la Ley 13.709/2018",
    "Brazilian data protection authority (ANPD), under Law 13.709/2018",
)

OWN: Mapping[str, OwnWords] = {
    "altura": OwnWords(
        service=(
            "Aqui você acompanha os equipamentos alugados, abre chamados técnicos, pede a devolução e emite a "
            "segunda via de faturas e boletos.",
            "Aquí usted sigue los equipos arrendados, abre llamados técnicos, pide el retiro y obtiene copias de "
            "facturas y boletos.",
            "Here you follow the equipment that you rent, report faults, ask for collection, and get copies of "
            "invoices and payment slips.",
        ),
        duty=(
            "Quem abre um chamado ou pede a devolução confirma que pode fazê-lo pela empresa que alugou.",
            "Quien abre un llamado o pide el retiro confirma que puede hacerlo por la empresa que arrendó.",
            "Whoever reports a fault or asks for collection confirms that they may do so for the company that rents.",
        ),
        data=(
            "Tratamos o CNPJ ou CPF, os contatos da obra, os endereços de entrega e o histórico de chamados.",
            "Tratamos el CNPJ o CPF, los contactos de la obra, las direcciones de entrega y el historial de llamados.",
            "We process tax number, contacts at the site, delivery addresses and the history of calls.",
        ),
        law=_BRAZIL_LAW,
        authority=_BRAZIL_AUTHORITY,
    ),
    "verde": OwnWords(
        service=(
            "Aqui você vê as coletas com tíquete e MTR, os períodos fechados, as notas e os boletos, e pede "
            "novas coletas.",
            "Aquí usted ve los retiros con su comprobante y su manifiesto de transporte, los períodos cerrados, las "
            "facturas y los boletos, y pide nuevos retiros.",
            "Here you see the collections with ticket and transport manifest, closed periods, invoices and "
            "payment slips, and ask for new collections.",
        ),
        duty=(
            "Quem pede uma coleta declara corretamente o tipo de resíduo: dele depende o destino que a lei exige.",
            "Quien pide un retiro declara correctamente el tipo de residuo: de él depende el destino que exige la ley.",
            "Whoever asks for a collection declares the kind of waste correctly: the law's destination depends on it.",
        ),
        data=(
            "Tratamos o CNPJ, os contatos, os locais de coleta, as quantidades e os documentos de transporte.",
            "Tratamos el CNPJ, los contactos, los lugares de retiro, las cantidades y los documentos de transporte.",
            "We process tax number, contacts, places of collection, quantities and transport papers.",
        ),
        law=_BRAZIL_LAW,
        authority=_BRAZIL_AUTHORITY,
    ),
    "estudio": OwnWords(
        service=(
            "Aqui você acompanha projetos e tarefas, aprova propostas com assinatura e fala com a equipe.",
            "Aquí usted sigue proyectos y tareas, aprueba propuestas con su firma y habla con el equipo.",
            "Here you follow projects and tasks, approve offers with your signature, and talk to the team.",
        ),
        duty=(
            "Quem assina uma proposta no portal declara que pode obrigar a empresa em nome da qual assina.",
            "Quien firma una propuesta en el portal declara que puede obligar a la empresa por la que firma.",
            "Whoever signs an offer in the portal declares that they may bind the company they sign for.",
        ),
        data=(
            "Tratamos nome, e-mail, os materiais que você envia e o registro das aprovações: quem, quando e o quê.",
            "Tratamos nombre, correo, los materiales que usted envía y el registro de las aprobaciones: quién, "
            "cuándo y qué.",
            "We process name, e-mail, the materials that you send, and the record of approvals: who, when and what.",
        ),
        law=_BRAZIL_LAW,
        authority=_BRAZIL_AUTHORITY,
    ),
    "pepino-tech": OwnWords(
        service=(
            "Aqui você vê suas faturas e o estado de cada uma, paga em linha, informa pagamentos e fala conosco.",
            "Aquí usted ve sus facturas y el estado de cada una, paga en línea, informa pagos y habla con nosotros.",
            "Here you see your invoices and the state of each, pay online, tell us of payments, and talk to us.",
        ),
        duty=(
            "Um pagamento informado só vale depois de conferido com o banco; até lá o portal o mostra como pendente.",
            "Un pago informado vale solo después de conciliado con el banco; hasta entonces el portal lo muestra "
            "como pendiente.",
            "A payment that you tell us of counts once the bank has confirmed it; until then it shows as pending.",
        ),
        data=(
            "Tratamos o RUT, os contatos de cobrança, as faturas e os comprovantes de pagamento.",
            "Tratamos el RUT, los contactos de cobranza, las facturas y los comprobantes de pago.",
            "We process tax number, contacts for billing, invoices and receipts.",
        ),
        law=(
            "Aplica-se a lei chilena.",
            "Se aplica la ley chilena.",
            "Chilean law applies.",
        ),
        authority=(
            "autoridade chilena de proteção de dados, segundo as leis 19.628 e 21.719",
            "autoridad chilena de protección de datos, según las leyes 19.628 y 21.719",
            "Chilean data protection authority, under the laws 19.628 and 21.719",
        ),
    ),
}

_TERMS: tuple[tuple[Section, ...], ...] = (
    (
        ("O portal", "Este portal é da {legal_name}. {service}"),
        (
            "Sua conta",
            "A conta é pessoal. Guarde a senha só para você e avise-nos se alguém mais a conhecer. {duty}",
        ),
        (
            "O que pedimos",
            "Informações verdadeiras, arquivos sem vírus e nenhuma tentativa de ver o que é de outros. Podemos "
            "suspender uma conta que ponha outras pessoas em risco, e dizemos por quê.",
        ),
        (
            "Mudanças",
            "Cada versão destes termos tem número e data. Quando uma mudança lhe diz respeito, pedimos que a "
            "aceite ao entrar. As versões anteriores continuam disponíveis.",
        ),
        ("Lei e contato", "{law} Nossos contatos estão no fim de cada página."),
    ),
    (
        ("El portal", "Este portal es de {legal_name}. {service}"),
        (
            "Su cuenta",
            "La cuenta es personal. Guarde la contraseña solo para usted y avísenos si alguien más la conoce. {duty}",
        ),
        (
            "Lo que pedimos",
            "Información verdadera, archivos sin virus y ningún intento de ver lo ajeno. Podemos suspender una "
            "cuenta que ponga en riesgo a otras personas, y decimos por qué.",
        ),
        (
            "Cambios",
            "Cada versión de estos términos tiene número y fecha. Cuando un cambio le concierne, le pedimos que "
            "lo acepte al entrar. Las versiones anteriores siguen disponibles.",
        ),
        ("Ley y contacto", "{law} Nuestros datos de contacto están al pie de cada página."),
    ),
    (
        ("The portal", "This portal belongs to {legal_name}. {service}"),
        (
            "Your account",
            "An account is personal. Keep the password to yourself and tell us if anybody else knows it. {duty}",
        ),
        (
            "What we ask",
            "True information, files without viruses, and no attempt to see what belongs to others. We may "
            "suspend an account that puts others at risk, and say why.",
        ),
        (
            "Changes",
            "Each version of these terms has a number and a date. When a change concerns you, we ask you to "
            "accept it when you sign in. Earlier versions stay available.",
        ),
        ("Law and contact", "{law} How to reach us stands at the foot of every page."),
    ),
)

_PRIVACY: tuple[tuple[Section, ...], ...] = (
    (
        ("Quem responde", "{legal_name} decide como e para que os dados pessoais são tratados neste portal."),
        (
            "Quais dados",
            "{data} Da sua conta guardamos a senha em forma ilegível, as sessões e o que você aceitou.",
        ),
        (
            "Para quê",
            "Para cumprir o contrato, cumprir a lei e manter o serviço seguro. Não vendemos dados nem usamos "
            "publicidade de terceiros; só as empresas que hospedam, enviam e-mails e processam pagamentos os tratam.",
        ),
        (
            "Seus direitos",
            "Você pode ver, corrigir, levar consigo e, nos casos da lei, apagar seus dados. Escreva para nós: "
            "respondemos em quinze dias. Pode também reclamar à {authority}.",
        ),
        ("Cookies", "Só os necessários: um para a sessão e um que protege os formulários."),
    ),
    (
        (
            "Quién responde",
            "{legal_name} decide cómo y para qué se tratan los datos personales en este portal.",
        ),
        (
            "Qué datos",
            "{data} De su cuenta guardamos la contraseña en forma ilegible, las sesiones y lo que usted aceptó.",
        ),
        (
            "Para qué",
            "Para cumplir el contrato, cumplir la ley y mantener el servicio seguro. No vendemos datos ni usamos "
            "publicidad de terceros; solo los tratan quienes alojan, envían correos y procesan pagos para nosotros.",
        ),
        (
            "Sus derechos",
            "Puede ver, corregir, llevarse y, en los casos de la ley, borrar sus datos. Escríbanos: respondemos en "
            "quince días. También puede reclamar ante la {authority}.",
        ),
        ("Cookies", "Solo las necesarias: una para la sesión y una que protege los formularios."),
    ),
    (
        ("Who answers", "{legal_name} decides how and why personal data are processed in this portal."),
        (
            "Which data",
            "{data} Of your account we keep the password in a form that cannot be read, the sessions, and what "
            "you accepted.",
        ),
        (
            "What for",
            "To keep the contract, obey the law and keep the service safe. We sell no data and use no advertising "
            "of others; only those who host, send mail and handle payments for us process them.",
        ),
        (
            "Your rights",
            "You can see, correct, take with you and, where the law says so, erase your data. Write to us: we "
            "answer within fifteen days. You can also complain to the {authority}.",
        ),
        ("Cookies", "Necessary ones only: one for the session, and one that protects the forms."),
    ),
)


def terms_of(alias: str, legal_name: str) -> list[list[Section]]:
    """The terms of use of a company, in pt, es and en."""
    return _filled(_TERMS, OWN[alias], legal_name)


def privacy_of(alias: str, legal_name: str) -> list[list[Section]]:
    """Its privacy notice."""
    return _filled(_PRIVACY, OWN[alias], legal_name)


def _filled(texts: tuple[tuple[Section, ...], ...], own: OwnWords, legal_name: str) -> list[list[Section]]:
    filled = []
    for place, sections in enumerate(texts):
        words = {
            "legal_name": legal_name,
            "service": own.service[place],
            "duty": own.duty[place],
            "data": own.data[place],
            "law": own.law[place],
            "authority": own.authority[place],
        }
        filled.append([(heading, text.format(**words)) for heading, text in sections])
    return filled
