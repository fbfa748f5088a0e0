"""What the actions of processes refuse, each with the sentence for whoever asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal, WrongState


class CustomerArchived(Refusal):
    """Nothing is opened for a customer that is archived."""

    sentence = _("This customer is archived. Bring it back first.")


class KindOfAnotherCompany(Refusal):
    """Customer and kind belong to different companies."""

    sentence = _("This kind of process belongs to another company.")


class KindNotOffered(Refusal):
    """The kind is switched off."""

    sentence = _("This kind of process is not offered any more.")


class KindWithoutPhases(Refusal):
    """The kind has no phase to begin with."""

    sentence = _("This kind of process has no phases yet. Add its phases first.")


class PhaseOfAnotherKind(Refusal):
    """The phase is none of the process's own."""

    sentence = _("This phase belongs to another kind of process.")


class AlreadyInPhase(Refusal):
    """The process is there already."""

    sentence = _("The process is in this phase already.")


class InLastPhase(Refusal):
    """No phase comes after the one that it is in."""

    sentence = _("The process is in the last phase of its kind.")


class MovedMeanwhile(Refusal):
    """Somebody has moved it since the list was looked at."""

    sentence = _("Somebody has moved it meanwhile.")


class NumberTaken(Refusal):
    """The imported number is another process's."""

    sentence = _("There is a process with this number already.")


class NumberNotUsable(Refusal):
    """What was to be imported is no number."""

    sentence = _("This number cannot be used: it needs 1 to 32 letters and digits.")


class DateInTheFuture(Refusal):
    """What has happened has a day that has come."""

    sentence = _("This day has not come yet.")


class NotOfTheStaff(Refusal):
    """Who looks after a process works here."""

    sentence = _("This person does not work here.")


class BeforeItsPhase(Refusal):
    """A process does not leave a phase before it entered it."""

    sentence = _("This day is before the one on which the process entered its phase.")


class BeforeItsOpening(Refusal):
    """A process does not end before it began."""

    sentence = _("This day is before the one on which the process was opened.")


class ProcessNotOpen(WrongState):
    """Only an open process goes on."""

    sentence = _("This process is not open. Reopen it first.")


class StateNotAllowed(WrongState):
    """There is no way from the state that it is in."""


class NoticeIncomplete(Refusal):
    """A notice without a title or a text in some language."""

    sentence = _("Write the title and the text, in at least one language and always both.")


class NoticeTooLong(Refusal):
    """More than a notice holds."""

    sentence = _("A notice has at most 160 characters in its title and 10,000 in its text.")


class KeyNotUsable(Refusal):
    """What was to be kept is no key."""

    sentence = _("This key cannot be kept: it has at most 200 letters, digits and signs on one line.")


class NoRegistryKey(Refusal):
    """There is nothing to show."""

    sentence = _("There is no key for this business.")


class SubjectNotOffered(Refusal):
    """The subject is another company's, or was switched off."""

    sentence = _("This subject cannot be chosen any more. Please choose another.")


class ProcessOfAnotherCustomer(Refusal):
    """A customer asks about their own businesses."""

    sentence = _("This business belongs to another customer.")


class NothingWritten(Refusal):
    """Somebody has to say something."""

    sentence = _("Write a few words.")


class TooMuchWritten(Refusal):
    """More than a review holds."""

    sentence = _("This is too long: at most 5,000 characters.")


class ReviewStateNotAllowed(WrongState):
    """There is no way from the state that it is in."""

    sentence = _("This review is in another state meanwhile. Please look at it again.")


class SiteOfAnotherCustomer(Refusal):
    """A matter is at a site of its own customer, or at none."""

    sentence = _("Choose among the sites of this customer.")
