"""How customers find what they owe."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.help import HelpText

HELP = (
    HelpText(
        key="billing:finance",
        title=_("Finance"),
        what=_("Your invoices: what was billed, what is open, and what is paid."),
        steps=(
            _("Sign in and open Finance in the menu."),
            _("Choose an invoice to see what it is for, until when it is to be paid, and how."),
        ),
        more=(
            _("An invoice is overdue from the day after its due date; a weekend or holiday moves it on."),
            _("If something is wrong with an invoice, write to us on its page."),
        ),
        also=("billing:statement", "billing:invoice", "billing:invoice_paper"),
        icon="invoice",
        level=Level.REGISTERED,
    ),
    HelpText(
        key="billing:notes",
        title=_("Fiscal notes"),
        what=_("The documents of the tax office, each with its key, its XML and its print."),
        steps=(
            _("Open Fiscal notes and narrow them by period, number, key or issuer."),
            _("Copy the key, or take the XML and the print along. The XML is the one to keep."),
        ),
        also=("billing:note",),
        icon="file",
        level=Level.REGISTERED,
    ),
    HelpText(
        key="billing:packs",
        title=_("For your accountant"),
        what=_("All invoices and fiscal notes of a period in one file, with an index."),
        steps=(
            _(
                "Choose the days and press the button. You can close the page: a mail tells you when it is ready."
            ),
            _("Download the file and hand it to your accountant. It is kept for seven days."),
            _("Press “Send it every month” to get last month's by itself."),
        ),
        also=("billing:monthly_packs", "billing:pack_file", "billing:pack_row"),
        icon="download",
        level=Level.PASSWORD,
    ),
    HelpText(
        key="billing:copies",
        title=_("Second copies"),
        what=_(
            "An invoice, its boleto or its fiscal note once more: at once, or by mail within three minutes."
        ),
        steps=(
            _("Choose the invoice, and which of its papers you need."),
            _("If it is overdue, say when you will pay: you see fine and interest line by line first."),
            _("Download it, or have it mailed. Another address needs a name and a reason."),
        ),
        more=(
            _(
                "What is with a collection agency, or overdue for too long, is not handed out here: talk to us."
            ),
        ),
        also=("billing:second_copy",),
        icon="copy",
        level=Level.REGISTERED,
    ),
)

OFFICE_HELP = (
    HelpText(
        key="billing_invoice_modeladmin_index",
        title=_("Invoices"),
        what=_("What customers were billed, and how each invoice stands today."),
        steps=(
            _("Narrow the list by how they stand, by their age or by a period."),
            _("Open an invoice to work on it, or tick many and choose what to do."),
            _("Export takes exactly the rows that you see."),
        ),
        also=("billing_invoice_modeladmin_*", "billing_bulk*"),
    ),
    HelpText(
        key="billing_secondcopy_modeladmin_index",
        title=_("Second copies that were mailed"),
        what=_("Which paper went to which address, who asked for it, and how many seconds it took."),
        steps=(
            _("Narrow the list by paper or by day."),
            _("Open a line to read the name and the reason of an address that is not on file."),
        ),
        also=("billing_secondcopy_modeladmin_*", "billing_staff_paper"),
    ),
    HelpText(
        key="billing_invoice_modeladmin_inspect",
        title=_("The page of an invoice"),
        what=_("What it claims, what is open of it, and what can be done."),
        steps=(
            _("A draft can still be changed. Once it is issued it has its number and stays as it is."),
            _("While nothing is settled it can be cancelled; after that, give a credit."),
            _("Note calls, promises and disputes here: nobody is reminded in the meantime."),
        ),
        also=("billing_invoice_modeladmin_edit", "billing_invoice_modeladmin_history"),
    ),
    HelpText(
        key="billing_new_draft",
        title=_("Writing an invoice"),
        what=_("For whom, until when, and what for. The totals are counted while you write."),
        steps=(
            _("Choose the customer, and write one line for each thing. An empty line is none."),
            _("Name instalments only if it is due on several days: together they are the total."),
            _("Keep the draft, or issue it at once. The customer is told when it is issued."),
        ),
        more=(_("An invoice is a claim for payment and never the fiscal document."),),
        also=("billing_edit_draft",),
    ),
    HelpText(
        key="billing_collect",
        title=_("To collect today"),
        what=_(
            "Whom to call: the largest debts first, without those who promised, dispute or are with the agency."
        ),
        steps=(
            _("Open the invoices of a customer, call, and note what was said."),
            _("Who promises a day comes back to this list when it has passed."),
        ),
    ),
    HelpText(
        key="billing_ageing",
        title=_("Ageing"),
        what=_("What each customer owes, by how many days it is overdue."),
        steps=(
            _("Days count from the due date. A weekend or holiday moves the day on which it is overdue."),
        ),
    ),
    HelpText(
        key="billing_months",
        title=_("Closed months"),
        what=_("A month whose books are closed takes no new date in."),
        steps=(
            _("Close the months one after the other, when each is over."),
            _("Only the last one can be opened again."),
        ),
    ),
    HelpText(
        key="billing_new_credit",
        title=_("Give a credit"),
        what=_("A balance of a customer that belongs to no invoice, and that they can use for any."),
        steps=(
            _("Open the customer's page and press “Give a credit”."),
            _("Write how much and why: the customer reads the reason."),
        ),
    ),
    HelpText(
        key="billing_policy",
        title=_("Late payment"),
        what=_("The fine and the interest of your contracts, and how they are rounded."),
        steps=(
            _("Choose the rounding that your bank uses: the published examples differ by a cent."),
            _("After the days that you name no boleto is handed out any more."),
        ),
    ),
    HelpText(
        key="billing_texts",
        title=_("Ready texts"),
        what=_("Words with the link to pay, for your own mails and signature."),
        steps=(_("Copy the text of the language that your customer reads."),),
    ),
    HelpText(
        key="billing_fiscaldocument_modeladmin_index",
        title=_("Fiscal notes"),
        what=_("The documents of the tax office, kept as they came."),
        steps=(
            _("Take in XML files, one by one or many in a ZIP. The same note twice is one."),
            _("The addresses for fiscal notes of the customer are told once of each."),
        ),
        also=("billing_fiscaldocument_*", "billing_take_notes", "billing_fiscaladdress_*"),
    ),
    HelpText(
        key="billing_bankslip_modeladmin_index",
        title=_("Boletos"),
        what=_("What your bank has registered. Its line is never altered."),
        steps=(
            _("Add one on the page of its invoice, or import many."),
            _("The home page counts those that are owed no more: withdraw them at the bank, then here."),
        ),
        also=("billing_bankslip_*",),
    ),
    HelpText(
        key="billing_bankaccount_modeladmin_index",
        title=_("Bank accounts"),
        what=_("Where customers pay into, and what is printed about it."),
        steps=(
            _("Say whether the bank adds fine and interest itself when a boleto is paid late."),
            _("An account that is not in use any more stays with its invoices."),
        ),
        also=("billing_bankaccount_*",),
    ),
    HelpText(
        key="wagtailsnippets_billing_reminderstep:list",
        title=_("Steps of the reminders"),
        what=_("On which days customers are reminded, and in which words."),
        steps=(
            _("Count the days from the due date: below zero is before it."),
            _("Write the text in each language. The gaps are filled when the mail leaves."),
        ),
        also=("wagtailsnippets_billing_reminderstep:*",),
    ),
    HelpText(
        key="wagtailsnippets_billing_readytext:list",
        title=_("Ready texts to write"),
        what=_("Texts that your colleagues copy. {link} becomes the address of the invoices page."),
        steps=(_("Write each in all languages, and put them in order."),),
        also=("wagtailsnippets_billing_readytext:*",),
    ),
)
