"""How staff work with customers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.help import HelpText

OFFICE_HELP = (
    HelpText(
        key="customers_customer_modeladmin_index",
        title=_("Customers"),
        what=_("Whom you work for and from whom you buy."),
        steps=(
            _("Search by name, tax id, e-mail or phone, or narrow the list at the side."),
            _("Choose the columns, group the rows, and save the view for yourself or for all."),
            _("Export takes all rows that the filters leave."),
        ),
        also=("customers_customer_modeladmin_*",),
    ),
    HelpText(
        key="customers_customer_modeladmin_inspect",
        title=_("The page of a customer"),
        what=_(
            "All about one customer: what waits, the records, the messages, the files, and who has access."
        ),
        steps=(
            _("Look at the top for what waits, and open a record to work on it."),
            _("Add a contact and let it in with one switch. The person gets a link and chooses a password."),
            _("If somebody did not get a mail, see there whether it arrived, and send the access again."),
        ),
        more=(_("Nobody here ever sees or sends a password."),),
        also=(
            "customers_invite*",
            "customers_access*",
            "customers_customer_*",
            "customers_*",
        ),
    ),
    HelpText(
        key="customers_contact_modeladmin_index",
        title=_("Contacts"),
        what=_("The people of your customers. A contact without access only gets mails."),
        steps=(
            _("Add one with its customer, name and e-mail. The e-mail is the login."),
            _("Give access on the page of the customer."),
        ),
        also=("customers_contact_*",),
    ),
    HelpText(
        key="customers_customergroup_modeladmin_index",
        title=_("Groups of customers"),
        what=_("Customers that belong together: for pages, programmes and settings that are meant for them."),
        steps=(
            _("Add a group, and choose it in the form of each customer."),
            _("Name it as reader of a page, or give it settings of its own."),
        ),
        also=("customers_customergroup_*",),
    ),
    HelpText(
        key="wagtailsnippets_customers_staffprofile:list",
        title=_("The team"),
        what=_("Whom customers see of you: face, role, phone and WhatsApp."),
        steps=(
            _("Add a person, with a photo and the role in each language."),
            _("Choose the person in charge in the form of a customer or a process."),
        ),
        also=("wagtailsnippets_customers_staffprofile:*",),
    ),
    HelpText(
        key="wagtailsnippets_customers_hometext:list",
        title=_("Words of the customers' home"),
        what=_("What the customer's first page says on top, by how things stand."),
        steps=(
            _(
                "Choose for which state you write: first visit, something to do, something "
                "overdue, nothing pending."
            ),
            _("Write a title and a sentence in each language. {customer_name} becomes the name."),
        ),
        also=("wagtailsnippets_customers_hometext:*",),
    ),
)
