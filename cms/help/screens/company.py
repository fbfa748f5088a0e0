"""The manual of who runs a company, and the platform."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.help import HelpText

COMPANY = (
    HelpText(
        key="core_our_company",
        title=_("Name and look"),
        what=_("What every page and mail says of your company: its name, address, logo and one colour."),
        steps=(
            _("Change the fields. The address stands at the foot of every mail."),
            _("Choose the colour and look at the samples, light and dark."),
            _("Save. Your pages show it at once."),
        ),
        more=(_("Where your colour would be hard to read, the page says which shade took its place."),),
        also=("core_sample_css",),
    ),
    HelpText(
        key="core_address",
        title=_("Address of the portal"),
        what=_("Where customers find you: your alias, and a host name of your own."),
        steps=(
            _("To change the alias, write another one. The one before leads to it for ever."),
            _(
                "For a name of your own, write it and add the two records that the page shows "
                "where your domain is managed."
            ),
            _("Press Look it up now. Once the record was found the name takes effect, in mails too."),
        ),
    ),
    HelpText(
        key="core_our_channels",
        title=_("Channels"),
        what=_("How customers reach you, by what they need: getting in, invoices, returns, support."),
        steps=(
            _("Fill in a row for each channel: purpose, kind, and the number with its country code."),
            _("Write the options of a phone menu, such as option 6, item 1, and the hours."),
            _("Save. For more rows than there are empty ones, save and go on."),
        ),
    ),
    HelpText(
        key="core_apps",
        title=_("Apps"),
        what=_("What your portal can do: each app with what it needs, what needs it, and its parts."),
        steps=(
            _("Press Switch on or Switch off. What an app needs comes along."),
            _(
                "Before an app is switched off you read what disappears, what else goes with it, and what is kept."
            ),
            _("Parts of an app, such as the lookup by number, have switches of their own."),
        ),
        more=(_("What is off is nowhere, and nothing is deleted. Switched on again, all of it is there."),),
        also=(
            "core_switch_app",
            "core_switch_part",
        ),
    ),
    HelpText(
        key="core_settings",
        title=_("Settings"),
        what=_(
            "Values that you can choose, each with where it comes from: the portal, your "
            "company, a group or one customer."
        ),
        steps=(
            _("Choose Own value, write it, and save."),
            _("To go back, choose As inherited."),
            _("For a group or a customer, find it at the end of the page. The nearest value counts."),
        ),
        also=("core_settings_of",),
    ),
    HelpText(
        key="core_companies",
        title=_("Companies"),
        what=_("The companies that you work in, or all of them for whoever runs the platform."),
        steps=(
            _("Press Work in this company. The strip at the top shows its name and colour."),
            _("Whoever runs the platform adds one with a name and a country; the rest follows."),
        ),
        also=(
            "core_company_*",
            "core_group*",
            "wagtailusers_*",
        ),
    ),
)
