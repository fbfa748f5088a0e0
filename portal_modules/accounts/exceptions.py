"""What the doors say no with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import NotAllowed, Refusal


class CodeRefused(Refusal):
    """A code or link of a mail does not open anything; `may_try_again` tells whether another try makes sense."""

    may_try_again = False


class WrongCode(CodeRefused):
    """It is not the code that was mailed."""

    sentence = _("This is not the code that we sent. Compare it with the newest mail.")
    may_try_again = True


class CodeExpired(CodeRefused):
    """It was right once; its time is over."""

    sentence = _("This code is older than ten minutes. Ask for a new one.")


class CodeUsed(CodeRefused):
    """A code and a link open once."""

    sentence = _("This code was used already. Ask for a new one.")


class TooManyTries(CodeRefused):
    """Five wrong codes close it."""

    sentence = _("After five tries this code is closed. Ask for a new one.")


class NotOnFile(Refusal):
    """Nobody of this address can be let in here."""

    sentence = _("We cannot open an account for this address. Please ask us.")


class HasLogin(Refusal):
    """The address has a login already, whose password is not to be replaced in passing."""

    sentence = _("This address has a login already. Sign in with its password.")


class TextsChanged(Refusal):
    """A new version was published while somebody read the one before."""

    sentence = _("The texts have changed meanwhile. Please read them again.")


class AlreadyPublished(Refusal):
    """What people may have accepted is not changed any more."""

    sentence = _("This version is published. Write a new one instead.")


class DraftExists(Refusal):
    """Two drafts of one kind would both want to be the next version."""

    sentence = _("There is a draft of the next version already. Write on that one.")


class NothingWritten(Refusal):
    """A version without a text in each language of the company is not published."""

    sentence = _("Write the text in every language of the company first.")


class NoAddress(Refusal):
    """Somebody without an e-mail cannot be sent a link."""

    sentence = _("This contact has no e-mail. Write one down first.")


class HasAccess(Refusal):
    """There is nothing to let in: the person is in already."""

    sentence = _("This person has access already.")


class CustomerArchived(Refusal):
    """Nobody is let in to a customer that is archived."""

    sentence = _("This customer is archived. Nobody can be let in.")


class JustSent(Refusal):
    """A second mail right after the first helps nobody."""

    sentence = _("An invitation went out a moment ago. Please wait a minute before you send another.")


class InvitationClosed(Refusal):
    """The link was used, replaced by a newer one, taken back, or is too old."""

    sentence = _("This invitation opens nothing any more. Please ask for a new one.")


class LoginClosed(Refusal):
    """The login of the address was closed by the platform."""

    sentence = _("The login of this e-mail is closed. Please ask us.")


class WayBackJustSent(JustSent):
    """The same for somebody who is in already."""

    sentence = _("A mail went out a moment ago. Please wait a minute before you send another.")


class NotInvited(Refusal):
    """There is no invitation that could be taken back."""

    sentence = _("There is no open invitation.")


class NotTheirOwner(NotAllowed):
    """Only an owner of a customer decides who has access to it."""

    sentence = _("Only an owner decides who has access.")


class OwnerOfSites(Refusal):
    """Who owns an account decides about all of it."""

    sentence = _("An owner has all sites. Choose another role, or no sites.")


class LastOwner(Refusal):
    """Nobody would be left who decides who has access."""

    sentence = _("This is the last owner without an end date. Make somebody else an owner first.")


class KeptOut(Refusal):
    """The company took the access away, and gives it back itself."""

    sentence = _("We took this person's access away. Please ask us if they need it again.")


class NoRole(Refusal):
    """An access without a role would see nothing."""

    sentence = _("Choose at least one role.")


class NotTheirSite(Refusal):
    """A site of another customer, or one that is put away."""

    sentence = _("Choose among the sites of this customer.")


class AlreadyOver(Refusal):
    """An access that has ended before it begins."""

    sentence = _("The last day has to be today or later.")


class AccessEnded(Refusal):
    """Somebody else ended it meanwhile."""

    sentence = _("This access has ended already.")


class NoAccessCode(Refusal):
    """There is none that opens, or it was taken back meanwhile."""

    sentence = _("This customer has no access code that opens. Make a new one.")


class AccessCodeUnreadable(Refusal):
    """The installation's keys have changed since it was made: it still opens, and cannot be written again."""

    sentence = _("This code still opens, but it cannot be mailed any more. Make a new one.")


class AlreadyAnswered(Refusal):
    """Somebody else was quicker."""

    sentence = _("Somebody has answered this request already.")


class NoSuchCustomer(Refusal):
    """Nobody can be invited where there is no customer."""

    sentence = _("No customer has this tax number. Make the customer first, or decline.")


class NobodyWaits(Refusal):
    """It was lifted already, or the time is over."""

    sentence = _("Nobody is made to wait here any more.")


class CannotBeShared(Refusal):
    """The record is not there any more for whoever shares it, or shows nothing to outsiders."""

    sentence = _("This cannot be shared. Please open it again.")


class LinkOver(Refusal):
    """A link that is taken back already, or whose time is over."""

    sentence = _("This link opens nothing any more already.")


class MayNotShare(NotAllowed):
    """Their role may look, and hands nothing out."""

    sentence = _("Your role may look, and does not share. Ask an owner of the account.")
