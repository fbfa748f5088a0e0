"""The terms of use and the privacy notice of the law firm, in Spanish."""

from __future__ import annotations

from .writing import Section

TERMS: tuple[Section, ...] = (
    (
        "Quiénes somos",
        "Este portal es de Castro & Lima Advogados, SP, RL, sociedad de abogados con sede en Lisboa. En estos "
        "términos, «nosotros» es la sociedad y «cliente» es la persona o empresa con quien tenemos un "
        "contrato, y también quien esa persona o empresa autorizó a usar el portal en su nombre.",
    ),
    (
        "Para qué sirve el portal",
        "El portal muestra en qué fase está cada trámite que llevamos, guarda los documentos intercambiados y "
        "permite hablar con nosotros por escrito. También ofrece materiales de apoyo y noticias.\n"
        "El portal no reemplaza el contrato de servicios ni las notificaciones que la ley ordena hacer de "
        "otra manera. Si hay diferencias, vale el contrato.",
    ),
    (
        "Quién puede tener una cuenta",
        "Abre una cuenta quien nos dio su correo en el contrato, o quien el cliente indicó como contacto. El "
        "código que enviamos confirma que el correo es suyo.\n"
        "- La cuenta es personal: no la comparta, ni siquiera en familia o dentro de la empresa.\n"
        "- Guarde la contraseña solo para usted. Nunca se la pedimos, ni por teléfono ni por correo.\n"
        "- Si sospecha que alguien entró en su cuenta, elija otra contraseña y avísenos de inmediato.",
    ),
    (
        "La consulta por número de trámite",
        "Quien tiene el número de un trámite ve sus fases y los avisos que marcamos para esa consulta, sin "
        "nombres, documentos ni montos. Trate el número como una llave: quien lo tenga ve lo mismo.",
    ),
    (
        "Lo que pedimos a quien usa el portal",
        "- Información verdadera y documentos auténticos, que tenga derecho a enviarnos.\n"
        "- Archivos sin virus y sin contenido ilícito.\n"
        "- Ningún intento de ver lo ajeno ni de afectar el servicio.\n"
        "Podemos suspender una cuenta que ponga en riesgo a otras personas. Le decimos por qué, salvo que la "
        "ley lo impida, y siempre puede pedir que un socio revise el caso.",
    ),
    (
        "Plazos y previsiones",
        "Las fechas que el portal indica como previstas surgen de la experiencia con trámites del mismo tipo. "
        "Los registros y los tribunales tienen su propio ritmo: una previsión no es una promesa.\n"
        "Cuando le pedimos un documento con fecha límite, el atraso en la entrega atrasa el trámite.",
    ),
    (
        "Disponibilidad",
        "Trabajamos para que el portal esté abierto todos los días, a toda hora. Las pausas de mantenimiento "
        "se hacen de noche y, si son largas, se anuncian. Si el portal está cerrado, nuestros teléfonos y "
        "nuestro correo siguen atendiéndole.",
    ),
    (
        "Pagos",
        "Los pagos hechos en el portal los procesa una institución de pago autorizada. No vemos ni guardamos "
        "los números de su tarjeta. El comprobante queda disponible junto a la factura.",
    ),
    (
        "Textos e imágenes",
        "Los materiales de apoyo son nuestros o se usan con autorización. Puede leerlos, imprimirlos y "
        "guardarlos para su caso; para publicarlos, consúltenos antes. No son un dictamen jurídico sobre su "
        "situación.",
    ),
    (
        "Cambios a estos términos",
        "Cada versión tiene número y fecha. Cuando un cambio le concierne, le pedimos que lo acepte al "
        "entrar, y explicamos en pocas líneas qué hay de nuevo. Las versiones anteriores siguen disponibles.",
    ),
    (
        "Ley, reclamos y contacto",
        "Se aplica la ley portuguesa. Antes de acudir a un tribunal, hable con nosotros: respondemos por "
        "escrito en diez días hábiles. El consumidor puede usar además el libro de reclamaciones electrónico "
        "y los centros de arbitraje de consumo. Nuestros datos de contacto están al pie de cada página.",
    ),
)

PRIVACY: tuple[Section, ...] = (
    (
        "Quién responde por sus datos",
        "Castro & Lima Advogados, SP, RL, con sede en Lisboa, decide cómo y para qué se tratan los datos "
        "personales en este portal. Tiene un delegado de protección de datos, a quien puede escribir a "
        "privacidade@castro-lima.example.com.",
    ),
    (
        "Qué datos tratamos",
        "- Identificación y contacto: nombre, correo, teléfono, dirección, número fiscal.\n"
        "- El trámite: fases, documentos, mensajes, solicitudes y las fechas de cada paso.\n"
        "- La cuenta: contraseña en forma ilegible, segundo factor, sesiones abiertas, versiones de los "
        "términos que aceptó y cuándo.\n"
        "- Pagos: monto, fecha y resultado; nunca los datos de la tarjeta.\n"
        "Algunos documentos contienen datos sensibles, como partidas de nacimiento. Solo los ve quien trabaja "
        "en su trámite.",
    ),
    (
        "Para qué los usamos, y con qué base",
        "- Para cumplir el contrato con usted y llevar su trámite.\n"
        "- Para cumplir la ley: deberes fiscales, prevención del blanqueo, reglas de nuestro colegio.\n"
        "- Por nuestro interés en mantener el servicio seguro: contar intentos de entrada, guardar registros "
        "de acceso.\n"
        "- Con su consentimiento, que puede retirar cuando quiera: campañas del programa de ventajas.",
    ),
    (
        "Con quién los compartimos",
        "Con registros, tribunales y otras autoridades, cuando el trámite lo exige. Con quienes nos prestan "
        "alojamiento, correo y pagos, por contrato y solo para eso. No vendemos datos ni usamos publicidad "
        "de terceros.",
    ),
    (
        "Dónde y por cuánto tiempo",
        "Los datos están en servidores de la Unión Europea. Los trámites se guardan diez años después de "
        "cerrados; los registros de acceso, doce meses; las direcciones escritas por error al registrarse, "
        "dos días. Después se borran o dejan de poder vincularse con usted.",
    ),
    (
        "Secreto profesional",
        "Todo lo que nos cuenta está cubierto por el secreto de los abogados. Ese deber no termina con el "
        "trámite, y obliga también a quienes trabajan con nosotros.",
    ),
    (
        "Sus derechos",
        "Puede ver, corregir, recibir en formato legible por máquina y, en los casos de la ley, borrar sus "
        "datos u oponerse a su uso. Escriba al delegado de protección de datos: respondemos en treinta días. "
        "También puede reclamar ante la autoridad portuguesa de protección de datos (CNPD).",
    ),
    (
        "Cookies",
        "El portal usa solo cookies necesarias: una que le mantiene dentro mientras dura la sesión y una que "
        "protege los formularios. No hay cookies de publicidad ni de medición por terceros.",
    ),
)

CHANGES = (
    "Ahora hay registro con código por correo y segundo factor: la sección sobre la cuenta explica cómo "
    "usarlos. Las previsiones de fechas tienen una sección propia."
)
