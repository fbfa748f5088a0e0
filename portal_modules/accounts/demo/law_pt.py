"""The terms of use and the privacy notice of the law firm, in Portugal's Portuguese."""

from __future__ import annotations

from .writing import Section

TERMS: tuple[Section, ...] = (
    (
        "Quem somos",
        "Este portal é da Castro & Lima Advogados, SP, RL, sociedade de advogados com sede em Lisboa. "
        "Nestes termos, «nós» é a sociedade e «cliente» é a pessoa ou empresa com quem temos um contrato, "
        "e também quem essa pessoa ou empresa autorizou a usar o portal em seu nome.",
    ),
    (
        "Para que serve o portal",
        "O portal mostra em que fase está cada processo que tratamos, guarda os documentos trocados e "
        "permite falar connosco por escrito. Serve ainda para ler materiais de apoio e notícias.\n"
        "O portal não substitui o contrato de prestação de serviços nem as notificações que a lei manda "
        "fazer de outra forma. Em caso de diferença, vale o contrato.",
    ),
    (
        "Quem pode ter conta",
        "Abre conta quem nos deu o seu e-mail no contrato, ou foi indicado pelo cliente como contacto. "
        "O código que enviamos confirma que o e-mail é mesmo seu.\n"
        "- A conta é pessoal: não a partilhe, mesmo dentro da família ou da empresa.\n"
        "- Guarde a palavra-passe só para si. Nunca a pedimos, nem por telefone nem por e-mail.\n"
        "- Se suspeitar de que alguém entrou na sua conta, escolha nova palavra-passe e avise-nos logo.",
    ),
    (
        "A consulta pelo número do processo",
        "Quem tem o número de um processo vê as suas fases e os avisos que marcámos para essa consulta, sem "
        "nomes, documentos ou valores. Trate o número como trataria uma chave: quem o tiver vê o mesmo.",
    ),
    (
        "O que pedimos a quem usa o portal",
        "- Informação verdadeira e documentos autênticos, que tenha o direito de nos enviar.\n"
        "- Ficheiros sem vírus e sem conteúdos ilícitos.\n"
        "- Nenhuma tentativa de ver o que é de outros, nem de pôr o serviço em causa.\n"
        "Podemos suspender uma conta que ponha em risco outras pessoas. Dizemos-lhe porquê, salvo se a lei o "
        "impedir, e pode sempre pedir que o caso seja revisto por um sócio.",
    ),
    (
        "Prazos e previsões",
        "As datas que o portal indica como previstas resultam da experiência com processos do mesmo tipo. As "
        "conservatórias e os tribunais têm o seu próprio ritmo: uma previsão não é uma promessa.\n"
        "Quando lhe pedimos um documento com data limite, o atraso na entrega atrasa o processo.",
    ),
    (
        "Disponibilidade",
        "Trabalhamos para que o portal esteja aberto todos os dias, a qualquer hora. As paragens para "
        "manutenção fazem-se de noite e, sendo longas, são anunciadas. Se o portal estiver fechado, os "
        "nossos telefones e o nosso e-mail continuam a atendê-lo.",
    ),
    (
        "Pagamentos",
        "Os pagamentos feitos no portal são tratados por uma instituição de pagamento autorizada. Não vemos "
        "nem guardamos os números do seu cartão. O recibo fica disponível junto da fatura.",
    ),
    (
        "Textos e imagens",
        "Os materiais de apoio são nossos ou usados com autorização. Pode lê-los, imprimi-los e guardá-los "
        "para o seu caso; para os publicar, peça-nos antes. Não são parecer jurídico sobre a sua situação.",
    ),
    (
        "Mudanças a estes termos",
        "Cada versão tem número e data. Quando uma mudança lhe disser respeito, pedimos que a aceite ao "
        "entrar, e explicamos em poucas linhas o que é novo. As versões anteriores ficam acessíveis.",
    ),
    (
        "Lei, reclamações e contactos",
        "Aplica-se a lei portuguesa. Antes de qualquer tribunal, fale connosco: respondemos por escrito em "
        "dez dias úteis. O consumidor pode ainda usar o livro de reclamações eletrónico e os centros de "
        "arbitragem de conflitos de consumo. Os nossos contactos estão no fim de cada página.",
    ),
)

PRIVACY: tuple[Section, ...] = (
    (
        "Quem é responsável pelos seus dados",
        "A Castro & Lima Advogados, SP, RL, com sede em Lisboa, decide como e para que são tratados os dados "
        "pessoais neste portal. Tem um encarregado da proteção de dados, a quem pode escrever para "
        "privacidade@castro-lima.example.com.",
    ),
    (
        "Que dados tratamos",
        "- Identificação e contacto: nome, e-mail, telefone, morada, número fiscal.\n"
        "- O processo: fases, documentos, mensagens, pedidos e as datas de cada passo.\n"
        "- A conta: palavra-passe em forma que não se lê, segundo fator, sessões abertas, versões dos termos "
        "que aceitou e quando.\n"
        "- Pagamentos: valor, data e resultado; nunca os dados do cartão.\n"
        "Alguns documentos contêm dados sensíveis, como certidões de nascimento. Só os vê quem trabalha no "
        "seu processo.",
    ),
    (
        "Para que os usamos, e com que fundamento",
        "- Para cumprir o contrato consigo e conduzir o seu processo.\n"
        "- Para cumprir a lei: deveres fiscais, prevenção do branqueamento, regras da nossa Ordem.\n"
        "- Pelo nosso interesse em manter o serviço seguro: contar tentativas de entrada, guardar registos "
        "de acesso.\n"
        "- Com o seu consentimento, que pode retirar quando quiser: campanhas do programa de vantagens.",
    ),
    (
        "Com quem os partilhamos",
        "Com conservatórias, tribunais e outras autoridades, quando o processo o exige. Com quem nos presta "
        "serviços de alojamento, correio e pagamentos, por contrato e só para isso. Não vendemos dados nem "
        "usamos publicidade de terceiros.",
    ),
    (
        "Onde e por quanto tempo",
        "Os dados ficam em servidores na União Europeia. Os processos guardam-se por dez anos depois de "
        "encerrados; os registos de acesso, por doze meses; os endereços escritos por engano no registo, por "
        "dois dias. Depois são apagados ou deixam de poder ser ligados a si.",
    ),
    (
        "Sigilo profissional",
        "Tudo o que nos conta está coberto pelo sigilo dos advogados. Esse dever não acaba com o processo, e "
        "vincula também quem trabalha connosco.",
    ),
    (
        "Os seus direitos",
        "Pode ver, corrigir, receber em formato legível por máquina e, nos casos da lei, apagar os seus "
        "dados ou opor-se ao seu uso. Escreva ao encarregado da proteção de dados: respondemos em trinta "
        "dias. Pode também reclamar à Comissão Nacional de Proteção de Dados.",
    ),
    (
        "Cookies",
        "O portal usa apenas cookies necessários: um que o mantém dentro enquanto a sessão dura e um que "
        "protege os formulários. Não há cookies de publicidade nem de medição por terceiros.",
    ),
)

CHANGES = (
    "Passa a haver registo com código por e-mail e segundo fator: a secção sobre a conta diz como os usar. "
    "As previsões de datas têm agora uma secção própria."
)
