"""What is mailed at doors that know no password: links to come in by, the first access, access codes, requests."""

from __future__ import annotations

from django.template.defaultfilters import date as written_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.addresses import home_address, whole_address
from portal_modules.core.models import Channel
from portal_modules.customers.models import Contact
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from ..access_codes import code_of, written
from ..actions import fits, link_token_of, login_of, may_reset
from ..events import ACCESS_CODE_SENT, FIRST_ACCESS_ASKED, LINK_ASKED, REQUEST_WAITS
from ..help_channels import for_access
from ..models import AccessCode, AccessRequest, AddressProof
from .own import asked_reason, not_on_file


@mails.for_event(LINK_ASKED, about=gettext_lazy("Here is your link"))
def link_asked(message: OutboxMessage) -> Mail | None:
    """The link to come in by; nothing where the number and the address belong to nobody."""
    found = AddressProof.objects.open().fresh().exclude(customer=None)
    proof = found.filter(pk=message.payload["proof_id"]).first()
    if proof is None or not _is_on_file(proof):
        return None
    return Mail(
        subject=_("Your link to %(company)s") % {"company": message.company.name},
        title=_("Here is your link"),
        paragraphs=[
            _(
                "Press the button, and the one on the page that opens. The link is good for ten minutes, and once."
            ),
            _("If you asked for several, only the newest opens."),
            _("Do not hand this mail on: whoever has the link is taken for you."),
        ],
        button=Button(
            _("Come in"),
            whole_address(message.company, message.language, "accounts:link", link_token_of(proof)),
        ),
        reason=_(
            "You get this mail because somebody typed the tax number that this address is registered for on the "
            "page of %(company)s. If it was not you, there is nothing you need to do."
        )
        % {"company": message.company.name},
    )


@mails.for_event(FIRST_ACCESS_ASKED, about=gettext_lazy("Create your access"))
def first_access_asked(message: OutboxMessage) -> Mail | None:
    """The link that begins; or that there is an account already; or that these two do not go together here."""
    found = AddressProof.objects.good_for_first_access()
    proof = found.filter(pk=message.payload["proof_id"]).first()
    if proof is None:
        return None
    if proof.customer_id is None or not _is_on_file(proof):
        return not_on_file(message)
    user = login_of(proof.email)
    if user is not None and user.has_usable_password() and may_reset(user, message.company):
        return Mail(
            subject=_("You have an account already"),
            title=_("You have an account already"),
            paragraphs=[
                _("There is nothing to register: sign in with this e-mail and your password."),
                _("If you do not remember the password, press “I forgot my password” on that page."),
            ],
            button=Button(_("Sign in"), whole_address(message.company, message.language, "accounts:sign_in")),
            reason=asked_reason(message),
        )
    return Mail(
        subject=_("Create your access to %(company)s") % {"company": message.company.name},
        title=_("Create your access"),
        paragraphs=[
            _(
                "Press the button: a page opens that mails you a code of six digits. Then you choose your password."
            ),
            _("The link is good for two days."),
            _("Nobody of ours knows your password, or will ever ask you for it."),
        ],
        facts=[(_("You sign in with"), proof.email)],
        button=Button(
            _("Create my access"),
            whole_address(message.company, message.language, "accounts:first_link", link_token_of(proof)),
        ),
        reason=asked_reason(message),
    )


@mails.for_event(ACCESS_CODE_SENT, about=gettext_lazy("Access code"))
def access_code_sent(message: OutboxMessage) -> Mail | None:
    """The code that staff had made, and where it is typed."""
    rows = AccessCode.objects.good().select_related("customer")
    row = rows.filter(pk=message.payload["access_code_id"]).first()
    if row is None or not fits(row, code_of(row.pk)):
        return None
    company = message.company
    channels = for_access(Channel.objects.all())[:2]
    return Mail(
        subject=_("The access code of %(customer)s") % {"customer": row.customer.name},
        title=_("Your access to %(company)s") % {"company": company.name},
        paragraphs=[
            _("With your tax number and this code you see what we do for you, and write to us, at any hour."),
            _(
                "Give the code only to people of yours who need it. A new one takes its place when you ask us."
            ),
            _("If the page does not open, your network may keep it out: ask whoever looks after it."),
        ],
        facts=[
            (_("Address of the portal"), home_address(company, message.language)),
            (_("Tax number"), row.customer.tax_id_shown),
            (_("Access code"), written(code_of(row.pk))),
            (_("Good until"), str(written_date(timezone.localtime(row.expires_at), "DATE_FORMAT"))),
            *((channel.get_kind_display(), channel.value) for channel in channels),
        ],
        button=Button(_("Open the portal"), whole_address(company, message.language, "accounts:with_code")),
        reason=_(
            "You get this mail because %(company)s has sent the access code of %(customer)s to this address."
        )
        % {"company": company.name, "customer": row.customer.name},
    )


@mails.for_event(REQUEST_WAITS, about=gettext_lazy("Somebody asks for access"))
def request_waits(message: OutboxMessage) -> Mail | None:
    """An owner is asked whether somebody belongs to them; where there is none, the staff see it at once."""
    rows = AccessRequest.objects.open().select_related("customer")
    row = rows.filter(pk=message.payload["request_id"]).first()
    if row is None or row.customer is None or message.contact is None:
        return None
    return Mail(
        subject=_("Somebody asks for access to %(customer)s") % {"customer": row.customer.name},
        title=_("Does this person belong to you?"),
        paragraphs=[
            _("Somebody has asked for access to %(customer)s. You decide: nobody comes in before you answer.")
            % {"customer": row.customer.name},
            _("If you do not answer within two working days, %(company)s does.")
            % {"company": message.company.name},
        ],
        facts=[
            (_("Name"), row.name),
            (_("E-mail"), row.email),
            *([(_("Phone"), row.phone)] if row.phone else []),
        ],
        button=Button(_("Answer"), whole_address(message.company, message.language, "accounts:requests")),
        reason=_("You get this mail because you own the account of %(customer)s.")
        % {"customer": row.customer.name},
    )


def _is_on_file(proof: AddressProof) -> bool:
    """Does the address still belong to somebody who may come in for that customer?"""
    found = Contact.objects.filter(customer_id=proof.customer_id, email=proof.email, may_enter=True)
    return bool(found.filter(customer__archived_at=None).exists())
