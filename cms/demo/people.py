"""The people of the demo world: who works in each company, and whom it works for. All are invented."""

from __future__ import annotations

from portal_modules.core.choices import StaffRole
from portal_modules.core.demo import DemoCustomer, DemoPerson, DemoStaff

ADMIN_EMAIL = "admin@example.com"
ADMIN_NAME = "Alda Portela"


def _one(
    name: str, key: str, country: str, language: str, phone: str, *, signs_in: bool = False
) -> DemoCustomer:
    """Somebody who is a customer in person."""
    person = DemoPerson(name, f"{key}@example.com", language, phone, signs_in=signs_in)
    return DemoCustomer(name, country, [person])


def _firm(name: str, country: str, *people: DemoPerson, sites: tuple[str, ...] = ()) -> DemoCustomer:
    return DemoCustomer(name, country, people, is_organisation=True, sites=sites)


STAFF = {
    "castro-lima": [
        DemoStaff(
            StaffRole.MANAGER,
            "Teresa Castro",
            "teresa@castro-lima.example.com",
            has_app=True,
            job_title=("Advogada responsável", "Abogada responsable", "Lawyer in charge"),
            phone="+351 210 000 710",
        ),
        DemoStaff(StaffRole.EDITOR, "Duarte Valadim", "duarte@castro-lima.example.com"),
        DemoStaff(
            StaffRole.OPERATOR,
            "Inês Roboredo",
            "ines@castro-lima.example.com",
            job_title=("Gestora de processos", "Gestora de trámites", "Case manager"),
            phone="+351 210 000 711",
            whatsapp="+351 910 000 711",
        ),
        DemoStaff(StaffRole.FINANCE, "Álvaro Mesquita", "alvaro@castro-lima.example.com"),
        DemoStaff(StaffRole.READER, "Leonor Pais", "leonor@castro-lima.example.com"),
    ],
    "altura": [
        DemoStaff(StaffRole.MANAGER, "Cláudia Benevides", "claudia@altura.example.com"),
        DemoStaff(StaffRole.EDITOR, "Igor Santana", "igor@altura.example.com"),
        DemoStaff(
            StaffRole.OPERATOR,
            "Wagner Teles",
            "wagner@altura.example.com",
            job_title=("Consultor de locação", "Asesor de arriendos", "Rental adviser"),
            phone="+55 11 95550 0210",
            whatsapp="+55 11 95550 0210",
        ),
    ],
    "verde": [DemoStaff(StaffRole.MANAGER, "Sandra Kuhn", "sandra@verde.example.com")],
    "estudio": [DemoStaff(StaffRole.MANAGER, "Caio Lustosa", "caio@estudio.example.com")],
    "pepino-tech": [DemoStaff(StaffRole.MANAGER, "Antonia Larraguibel", "antonia@pepino-tech.example.com")],
}

CUSTOMERS = {
    "castro-lima": [
        DemoCustomer(
            "Ana Beatriz Moreira",
            "BR",
            [
                DemoPerson(
                    "Ana Beatriz Moreira", "ana.moreira@example.com", "pt", "+55 11 95550 0101", signs_in=True
                ),
                DemoPerson(
                    "Paulo Moreira",
                    "paulo.moreira@example.com",
                    "pt",
                    "+55 11 95550 0102",
                    signs_in=True,
                    may_only_look=True,
                ),
            ],
        ),
        _one("Tomás Figueroa Lanza", "tomas.figueroa", "CL", "es", "+56 9 5550 0103", signs_in=True),
        _one("Rachel Whitcombe", "rachel.whitcombe", "PT", "en", "+351 910 000 104", signs_in=True),
        _one("Mariana Lobo Teixeira", "mariana.lobo", "BR", "pt", "+55 21 95550 0105", signs_in=True),
        _firm(
            "Cordeiro & Irmãos, Lda.",
            "PT",
            DemoPerson(
                "Rui Cordeiro",
                "rui.cordeiro@example.com",
                "pt",
                "+351 910 000 106",
                "Recursos humanos",
                signs_in=True,
            ),
            DemoPerson(
                "Marta Cordeiro",
                "marta.cordeiro@example.com",
                "pt",
                "+351 910 000 166",
                "Contabilidade",
                signs_in=True,
                roles=("finance",),
            ),
        ),
        _one("João Pedro Sarmento", "joao.sarmento", "BR", "pt", "+55 31 95550 0107"),
        _one("Lucía Ferrán Oteiza", "lucia.ferran", "ES", "es", "+34 600 000 108"),
        _one("Daniel Okafor", "daniel.okafor", "PT", "en", "+351 910 000 109"),
        _one("Beatriz Quintela", "beatriz.quintela", "BR", "pt", "+55 41 95550 0110"),
        _one("Marcos Távora", "marcos.tavora", "BR", "pt", "+55 51 95550 0111"),
        _one("Ignacio Belmar Ruz", "ignacio.belmar", "CL", "es", "+56 9 5550 0112"),
        _one("Camila Ordóñez Prat", "camila.ordonez", "CL", "es", "+56 9 5550 0113"),
        _one("Helena Prado Antunes", "helena.prado", "BR", "pt", "+55 19 95550 0114"),
        _one("Henrique Vasques", "henrique.vasques", "BR", "pt", "+55 85 95550 0115"),
        _one("Priya Menezes", "priya.menezes", "PT", "en", "+351 910 000 116"),
        _one("Samuel Tennant", "samuel.tennant", "PT", "en", "+351 910 000 117"),
        _one("Otávio Brandt", "otavio.brandt", "BR", "pt", "+55 47 95550 0118"),
        _one("Sofía Arriaga Mena", "sofia.arriaga", "ES", "es", "+34 600 000 119"),
        _one("Elena Cifuentes", "elena.cifuentes", "ES", "es", "+34 600 000 120"),
        _one("Nadia Kessler", "nadia.kessler", "PT", "en", "+351 910 000 121"),
        _one("Gustavo Amaral", "gustavo.amaral", "BR", "pt", "+55 62 95550 0122"),
        DemoCustomer(
            "Clara Nogueira",
            "BR",
            [
                DemoPerson("Clara Nogueira", "clara.nogueira@example.com", "pt", "+55 27 95550 0123"),
                # He has her power of attorney, and the same login as for his own firm.
                DemoPerson(
                    "Rui Cordeiro", "rui.cordeiro@example.com", "pt", "+351 910 000 106", signs_in=True
                ),
            ],
        ),
        _one("Bruno Salgado", "bruno.salgado", "BR", "pt", "+55 11 95550 0124"),
        _one("Isadora Fontes", "isadora.fontes", "BR", "pt", "+55 11 95550 0125"),
        _one("Caetano Ribas", "caetano.ribas", "BR", "pt", "+55 11 95550 0126"),
        _one("Lívia Carneiro", "livia.carneiro", "BR", "pt", "+55 11 95550 0127"),
        _one("Murilo Prates", "murilo.prates", "BR", "pt", "+55 11 95550 0128"),
        _one("Yasmin Duarte", "yasmin.duarte", "BR", "pt", "+55 11 95550 0129"),
        _one("Raul Cavalheiro", "raul.cavalheiro", "BR", "pt", "+55 11 95550 0130"),
        _one("Estela Bragança", "estela.braganca", "BR", "pt", "+55 11 95550 0131"),
        _one("Nuno Falcão", "nuno.falcao", "BR", "pt", "+55 11 95550 0132"),
        _one("Cecília Torquato", "cecilia.torquato", "BR", "pt", "+55 11 95550 0133"),
        _one("Davi Lacerda", "davi.lacerda", "BR", "pt", "+55 11 95550 0134"),
        _one("Marina Sobral", "marina.sobral", "BR", "pt", "+55 11 95550 0135"),
        _one("Fábio Guedes", "fabio.guedes", "BR", "pt", "+55 11 95550 0136"),
        _one("Teodoro Viana", "teodoro.viana", "BR", "pt", "+55 11 95550 0137"),
        _one("Aurora Bittencourt", "aurora.bittencourt", "BR", "pt", "+55 11 95550 0138"),
        _one("Leandra Pimenta", "leandra.pimenta", "BR", "pt", "+55 11 95550 0139"),
        _one("Joaquín Araneda", "joaquin.araneda", "CL", "es", "+56 9 5550 0140"),
        _one("Valentina Ossandón", "valentina.ossandon", "CL", "es", "+56 9 5550 0141"),
        _one("Matías Urrutia", "matias.urrutia", "CL", "es", "+56 9 5550 0142"),
        _one("Antonia Leighton", "antonia.leighton", "CL", "es", "+56 9 5550 0143"),
        _one("Cristóbal Vidaurre", "cristobal.vidaurre", "CL", "es", "+56 9 5550 0144"),
        _one("Josefa Mardones", "josefa.mardones", "CL", "es", "+56 9 5550 0145"),
        _one("Martina Zañartu", "martina.zanartu", "CL", "es", "+56 9 5550 0146"),
        _one("Iker Belaunde", "iker.belaunde", "ES", "es", "+34 600 000 147"),
        _one("Nerea Olabarri", "nerea.olabarri", "ES", "es", "+34 600 000 148"),
        _one("Pablo Quintanilla", "pablo.quintanilla", "ES", "es", "+34 600 000 149"),
        _one("Lorena Cabanas", "lorena.cabanas", "ES", "es", "+34 600 000 150"),
        _one("Hugo Tormes", "hugo.tormes", "ES", "es", "+34 600 000 151"),
        _one("Irene Valbuena", "irene.valbuena", "ES", "es", "+34 600 000 152"),
        _one("Oliver Hartwell", "oliver.hartwell", "PT", "en", "+351 910 000 153"),
        _one("Grace Adeyemi", "grace.adeyemi", "PT", "en", "+351 910 000 154"),
        _one("Marcus Lindqvist", "marcus.lindqvist", "PT", "en", "+351 910 000 155"),
        _one("Anneke Visser", "anneke.visser", "PT", "en", "+351 910 000 156"),
        _one("Farah Siddiqui", "farah.siddiqui", "PT", "en", "+351 910 000 157"),
        _one("Callum Breck", "callum.breck", "PT", "en", "+351 910 000 158"),
        _one("Hannah Osterberg", "hannah.osterberg", "PT", "en", "+351 910 000 159"),
        _one("Leila Haddad", "leila.haddad", "PT", "en", "+351 910 000 160"),
        _one("Dominic Farrow", "dominic.farrow", "PT", "en", "+351 910 000 161"),
    ],
    "altura": [
        _firm(
            "Construtora Serra Azul Ltda.",
            "BR",
            DemoPerson(
                "Vanessa Rocha",
                "vanessa.rocha@example.com",
                "pt",
                "+55 11 95550 0201",
                "Suprimentos",
                signs_in=True,
            ),
            sites=("Obra Jardim das Paineiras", "Obra Vila Aurora"),
        ),
        _firm(
            "Montagens Pampulha Ltda.",
            "BR",
            DemoPerson("Leandro Bastos", "leandro.bastos@example.com", "pt", "+55 31 95550 0202", "Obras"),
        ),
        _firm(
            "Armazéns Camargo Ltda.",
            "BR",
            DemoPerson("Íris Camargo", "iris.camargo@example.com", "pt", "+55 19 95550 0203", "Logística"),
        ),
    ],
    "verde": [
        _firm(
            "Padaria Piva Ltda.",
            "BR",
            DemoPerson(
                "Renata Piva", "renata.piva@example.com", "pt", "+55 54 95550 0301", "Gerência", signs_in=True
            ),
        ),
        # She is known to Altura, too, which is of the same group.
        _firm(
            "Construtora Serra Azul Ltda.",
            "BR",
            DemoPerson(
                "Vanessa Rocha",
                "vanessa.rocha@example.com",
                "pt",
                "+55 11 95550 0201",
                "Suprimentos",
                signs_in=True,
            ),
        ),
    ],
    "estudio": [
        _firm(
            "Salles Ateliê de Móveis Ltda.",
            "BR",
            DemoPerson(
                "Bruna Salles", "bruna.salles@example.com", "pt", "+55 81 95550 0401", "Sócia", signs_in=True
            ),
        )
    ],
    "pepino-tech": [
        _firm(
            "Illanes Transportes Limitada",
            "CL",
            DemoPerson(
                "Javier Illanes",
                "javier.illanes@example.com",
                "es",
                "+56 9 5550 0501",
                "Finanzas",
                signs_in=True,
            ),
        )
    ],
}
