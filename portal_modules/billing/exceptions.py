"""What the actions of billing refuse, each with the sentence for whoever asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal, WrongState


class CustomerArchived(Refusal):
    """Nothing is billed to a customer that is archived."""

    sentence = _("This customer is archived. Bring it back first.")


class NotADraft(WrongState):
    """An invoice that was issued stays as it is."""

    sentence = _("This invoice was issued. Cancel it, or give a credit.")


class NotIssued(WrongState):
    """Only an invoice that was issued can be cancelled, credited or collected."""

    sentence = _("This invoice is not issued, or was cancelled.")


class NothingClaimed(Refusal):
    """An invoice without lines, or of nothing."""

    sentence = _("An invoice needs at least one line, and a total above zero.")


class NegativeTotal(Refusal):
    """More is withheld than is claimed."""

    sentence = _("More is withheld than is claimed.")


class LineOutOfBounds(Refusal):
    """A quantity, a price or a rate that no invoice has."""

    sentence = _("A quantity is above zero, a price not below, and a tax rate from 0 to 100.")


class DigitsOfCurrency(Refusal):
    """Parts of the smallest coin."""

    sentence = _("This currency has fewer decimals.")


class AmountOutOfBounds(Refusal):
    """More than the books hold."""

    sentence = _("This amount is too large.")


class InstalmentsDiffer(Refusal):
    """The parts are not the whole."""

    sentence = _("The instalments together have to be the total of the invoice.")


class InstalmentsOutOfOrder(Refusal):
    """Each part is due after the one before it."""

    sentence = _("The instalments have to be due one after the other, and none before the day of issue.")


class DueDateMissing(Refusal):
    """Nobody knows until when to pay."""

    sentence = _("Say until when it is to be paid.")


class DueBeforeIssue(Refusal):
    """It would be late on its first day."""

    sentence = _("It cannot be due before it is issued.")


class DateInTheFuture(Refusal):
    """What has happened has a day that has come."""

    sentence = _("This day has not come yet.")


class DateInThePast(Refusal):
    """What is promised is still to come."""

    sentence = _("This day has passed already.")


class MonthIsClosed(Refusal):
    """Nothing gets a date in a month whose books are closed."""

    sentence = _("The books of this month are closed. Choose a later date.")


class MonthNotOver(Refusal):
    """A month is closed when it is over."""

    sentence = _("This month is not over yet.")


class MonthIsOpen(Refusal):
    """There is nothing to open again."""

    sentence = _("This month is not closed.")


class MonthAlreadyClosed(Refusal):
    """Once is enough."""

    sentence = _("This month is closed already.")


class LaterMonthClosed(Refusal):
    """Months are opened again from the last one back."""

    sentence = _("A later month is closed. Open the later one first.")


class PartlyPaid(Refusal):
    """Money has arrived: what is too much is credited."""

    sentence = _("Something of this invoice is settled already. Give a credit instead.")


class MoreThanOpen(Refusal):
    """A credit takes away at most what is owed."""

    sentence = _("This is more than what is open.")


class ReasonMissing(Refusal):
    """Whoever reads it later has to know why."""

    sentence = _("Write a few words on why.")


class NumberTaken(Refusal):
    """Another invoice has the number."""

    sentence = _("There is an invoice with this number already.")


class AccountOfAnotherCurrency(Refusal):
    """Nobody can pay euros into it."""

    sentence = _("This bank account is in another currency.")


class OneDiscount(Refusal):
    """A percentage or an amount."""

    sentence = _("The discount is a percentage or an amount, not both, and it needs its last day.")


class PeriodOutOfOrder(Refusal):
    """It ends before it begins."""

    sentence = _("The period ends before it begins.")


class InvoiceOfAnotherCustomer(Refusal):
    """What belongs to an invoice belongs to its customer."""

    sentence = _("This invoice belongs to another customer.")


class SlipDiffers(Refusal):
    """A boleto is of the amount that is claimed."""

    sentence = _("The amount of the boleto is neither that of the invoice nor of one of its instalments.")


class LineNotValid(Refusal):
    """A digit is wrong."""

    sentence = _("This is no line of a boleto: one of its digits is wrong.")


class NoteOfAnotherCustomer(Refusal):
    """The same key came with another customer before."""

    sentence = _("This fiscal note is another customer's.")


class AlreadySo(WrongState):
    """It is that way already."""

    sentence = _("It is so already.")


class CopyNeedsReason(Refusal):
    """Whoever is not on file gets a copy only for a reason that somebody gave."""

    sentence = _("Another address needs the name of the person responsible and a reason.")


class NotHandedOut(Refusal):
    """With an agency, or late for too long; it is told with its own sentence."""

    sentence = _("This is not handed out here. Please talk to us.")


class NoteUnknown(Refusal):
    """A cancellation came before its note."""

    sentence = _("This file cancels a fiscal note that is not here.")


class RecipientUnknown(Refusal):
    """Nobody has the tax id that the note is for."""

    sentence = _("No customer has the tax id that this note is for. Import the customer first.")


class CurrencyUnknown(Refusal):
    """Money that no company bills in."""

    sentence = _("This currency is not known here.")


class SlipOfAnotherInvoice(Refusal):
    """One boleto pays one invoice."""

    sentence = _("This boleto belongs to another invoice.")


class SlipNotInReais(Refusal):
    """Boletos are Brazilian."""

    sentence = _("A boleto is in reais; this invoice is not.")


class NothingToPack(Refusal):
    """A pack of nothing."""

    sentence = _("There is no invoice and no fiscal note of this period.")


class PackTooLarge(Refusal):
    """More documents than one file is made of."""

    sentence = _("These are more than 2,000 documents. Choose a shorter period.")
