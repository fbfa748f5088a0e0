"""The terms of use and the privacy notice of the law firm, in English."""

from __future__ import annotations

from .writing import Section

TERMS: tuple[Section, ...] = (
    (
        "Who we are",
        "This portal belongs to Castro & Lima Advogados, SP, RL, a law firm with its seat in Lisbon. In these "
        'terms "we" is the firm, and "customer" is the person or company that we have a contract with, and '
        "whoever they have authorised to use the portal for them.",
    ),
    (
        "What the portal is for",
        "The portal shows which phase each business that we handle is in, keeps the documents that were "
        "exchanged, and lets you write to us. It also has support materials and news.\n"
        "It does not replace the contract, nor notices that the law wants served in another way. Where they "
        "differ, the contract holds.",
    ),
    (
        "Who can have an account",
        "Whoever gave us an e-mail in the contract, or was named by the customer as a contact. The code that "
        "we send confirms that the e-mail is yours.\n"
        "- An account is personal: do not share it, not even in the family or the company.\n"
        "- Keep the password to yourself. We never ask for it, neither by phone nor by mail.\n"
        "- If you think that somebody got into your account, choose a new password and tell us at once.",
    ),
    (
        "Looking a business up by its number",
        "Whoever has the number of a business sees its phases and the notices that we marked for it, without "
        "names, documents or amounts. Treat the number like a key: whoever has it sees the same.",
    ),
    (
        "What we ask of those who use the portal",
        "- True information, and genuine documents that you have the right to send us.\n"
        "- Files without viruses and without unlawful content.\n"
        "- No attempt to see what belongs to others, or to harm the service.\n"
        "We may suspend an account that puts others at risk. We tell you why unless the law forbids it, and "
        "you can always ask for a partner to look at the case again.",
    ),
    (
        "Dates and expectations",
        "Dates that the portal calls expected come from experience with business of the same kind. Registries "
        "and courts have a pace of their own: an expectation is not a promise.\n"
        "When we ask you for a document by a certain day, sending it late delays your business.",
    ),
    (
        "Availability",
        "We work to keep the portal open every day, round the clock. Maintenance is done at night, and "
        "announced when it is long. While the portal is closed, our phones and our e-mail still serve you.",
    ),
    (
        "Payments",
        "Payments made in the portal are handled by a licensed payment institution. We neither see nor keep "
        "the numbers of your card. The receipt is kept beside the invoice.",
    ),
    (
        "Texts and pictures",
        "The support materials are ours or used with permission. You may read, print and keep them for your "
        "own case; ask us before you publish them. They are not legal advice on your situation.",
    ),
    (
        "Changes to these terms",
        "Each version has a number and a date. When a change concerns you, we ask you to accept it when you "
        "sign in, and say in a few lines what is new. Earlier versions stay available.",
    ),
    (
        "Law, complaints and contact",
        "Portuguese law applies. Before you go to court, talk to us: we answer in writing within ten working "
        "days. Consumers may also use the electronic complaints book and the consumer arbitration centres. "
        "How to reach us stands at the foot of every page.",
    ),
)

PRIVACY: tuple[Section, ...] = (
    (
        "Who answers for your data",
        "Castro & Lima Advogados, SP, RL, with its seat in Lisbon, decides how and why personal data are "
        "processed in this portal. It has a data protection officer, whom you can write to at "
        "privacidade@castro-lima.example.com.",
    ),
    (
        "Which data we process",
        "- Identity and contact: name, e-mail, phone, address, tax number.\n"
        "- Your business: phases, documents, messages, requests, and the date of each step.\n"
        "- Your account: the password in a form that cannot be read, second factor, open sessions, which "
        "versions of the terms you accepted and when.\n"
        "- Payments: amount, date and outcome; never the data of your card.\n"
        "Some documents hold sensitive data, such as birth certificates. Only those who work on your business "
        "see them.",
    ),
    (
        "What we use them for, and on which ground",
        "- To keep the contract with you and pursue your business.\n"
        "- To obey the law: tax duties, prevention of money laundering, the rules of our bar.\n"
        "- For our interest in a safe service: counting attempts to sign in, keeping records of access.\n"
        "- With your consent, which you can withdraw at any time: campaigns of the advantage programme.",
    ),
    (
        "Whom we share them with",
        "With registries, courts and other authorities where your business requires it. With those who "
        "provide hosting, mail and payments for us, under contract and for that alone. We sell no data and "
        "use no advertising of others.",
    ),
    (
        "Where, and for how long",
        "The data are on servers in the European Union. A business is kept for ten years after it is closed, "
        "records of access for twelve months, addresses typed by mistake when registering for two days. Then "
        "they are erased, or cannot be connected with you any more.",
    ),
    (
        "Professional secrecy",
        "All that you tell us is covered by the secrecy of lawyers. That duty does not end with your "
        "business, and it binds those who work with us, too.",
    ),
    (
        "Your rights",
        "You can see, correct, receive in a machine-readable form and, where the law says so, erase your data "
        "or object to their use. Write to the data protection officer: we answer within thirty days. You can "
        "also complain to the Portuguese data protection authority (CNPD).",
    ),
    (
        "Cookies",
        "The portal uses necessary cookies only: one that keeps you signed in while the session lasts, and "
        "one that protects the forms. There are none for advertising, and none that let others measure you.",
    ),
)

CHANGES = (
    "Registering with a code by e-mail and a second factor are new: the section about your account says how "
    "to use them. Expected dates have a section of their own now."
)
