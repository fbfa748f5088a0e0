"""What the actions of payments refuse, each with the sentence for whoever asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal, WrongState
from portal_modules.core.languages import filled


class AmountNotPositive(Refusal):
    """Nothing, or less."""

    sentence = _("The amount has to be more than zero.")


class DigitsOfCurrency(Refusal):
    """Parts of the smallest coin."""

    sentence = _("This currency has fewer decimals.")


class AmountOutOfBounds(Refusal):
    """More than the books hold."""

    sentence = _("This amount is too large.")


class CurrencyUnknown(Refusal):
    """Money that no company bills in."""

    sentence = _("This currency is not known here.")


class AnotherCurrency(Refusal):
    """Euros do not pay reais."""

    sentence = _("The payment and the invoice are in different currencies.")


class AnotherCustomer(Refusal):
    """Money of one customer pays the invoices of that customer."""

    sentence = _("This invoice belongs to another customer.")


class AnotherInvoice(Refusal):
    """An instalment is a part of its invoice."""

    sentence = _("This instalment belongs to another invoice.")


class MoreThanOpen(Refusal):
    """An invoice is paid once."""

    sentence = _("This is more than what is open of the invoice.")


class MoreThanLeft(Refusal):
    """A payment is used once."""

    sentence = _("This is more than what is left of the payment.")


class MoreThanAllocated(Refusal):
    """What was not given cannot be taken back."""

    sentence = _("This is more than what was used for the invoice.")


class SurplusRefused(Refusal):
    """The company takes what is owed and no more."""

    sentence = _("This is more than what is owed, and the company does not keep credit.")


class LessThanLeast(Refusal):
    """The company takes a least part."""

    sentence = _("This is less than the least part that can be paid.")


class NothingOpen(WrongState):
    """It is paid, cancelled or not issued."""

    sentence = _("Nothing is open of this invoice.")


class NothingChosen(Refusal):
    """Somebody has to say what is paid."""

    sentence = _("Choose at least one invoice.")


class NoCredit(Refusal):
    """There is nothing to use."""

    sentence = _("There is no credit in this currency.")


class CreditIsOff(Refusal):
    """The company decides that by itself."""

    sentence = _("The company does not let credit be used here. Please talk to us.")


class DateInTheFuture(Refusal):
    """What has happened has a day that has come."""

    sentence = _("This day has not come yet.")


class DateTooOld(Refusal):
    """A slip of the pen."""

    sentence = _("This day is too long ago.")


class ChargeTaken(Refusal):
    """A provider's charge is booked once."""

    sentence = _("This charge of the provider is booked already.")


class ReasonMissing(Refusal):
    """Whoever reads it later has to know why."""

    sentence = _("Write a few words on why.")


class CustomerArchived(Refusal):
    """Nothing new is booked for a customer that is archived."""

    sentence = _("This customer is archived. Bring it back first.")


class AlreadyTakenBack(WrongState):
    """Once is enough."""

    sentence = _("This was taken back already.")


class AlreadyDecided(WrongState):
    """Somebody was quicker."""

    sentence = _("This was decided already.")


class AttemptOnItsWay(WrongState):
    """Two payments of one invoice at once would pay it twice."""

    sentence = _("A payment of this invoice is on its way already.")


class OnlineIsOff(Refusal):
    """The company has not switched it on."""

    sentence = _("Paying online is off. Please talk to us.")


class DeclaredAlready(Refusal):
    """The same is told once."""

    sentence = _("You have told us of this payment already. We are looking at it.")


class TooManyInvoices(Refusal):
    """A page of invoices is enough at once."""

    sentence = _("Choose fewer invoices at once.")


class NoProviderToAsk(Refusal):
    """A payment that no provider took."""

    sentence = _("This payment came through no provider that could give it back. Refund it by hand.")


class FileKnown(Refusal):
    """The same bank file once more."""

    def __init__(self, name: str, day: str) -> None:
        super().__init__(
            filled(_("This file was brought already, as %(name)s on %(day)s."), name=name, day=day)
        )


class LineDecided(WrongState):
    """Somebody was quicker."""

    sentence = _("This line is decided already.")


class NoProposal(Refusal):
    """Nothing is known of whom the money is from."""

    sentence = _("Choose what this money is for.")


class ProposalOutdated(Refusal):
    """What was proposed has been paid otherwise."""

    sentence = _("What was proposed is not open any more. Choose another invoice.")
