"""What is refused of a table, each with the sentence for whoever brought it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal


class TableRefused(Refusal):
    """A file that is no table."""

    sentence = _("This file cannot be read as a table. Save it as CSV or XLSX and choose that.")


class NoRows(TableRefused):
    """Headings, or not even these."""

    sentence = _("There are no rows below the headings.")


class NoHeadings(TableRefused):
    """A first row that names nothing."""

    sentence = _("The first row has to name the columns.")


class TooManyRows(TableRefused):
    """More than is taken in at once."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("A file may have at most %(most)s rows. Divide it, or save it as CSV.") % {"most": most}
        )


class TooManyColumns(TableRefused):
    """Wider than any list of customers."""

    sentence = _("The table has more than 200 columns.")


class TooLargeUnpacked(TableRefused):
    """A small file that would fill the memory."""

    sentence = _("This workbook is too large when it is unpacked. Save the sheet as CSV and choose that.")
