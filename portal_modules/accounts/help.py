"""How people come in, and keep others out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.help import HelpText

HELP = (
    HelpText(
        key="accounts:sign_in",
        title=_("Sign in"),
        what=_("Your own area, with your documents, payments and messages."),
        steps=(
            _("Open Sign in at the top of any page."),
            _("Type your e-mail, the one that is in your contract, and your password."),
            _("If the portal asks for a second step, type the code of your app or use your passkey."),
        ),
        more=(_("If you cannot get in, the page names the people who can help you."),),
        also=("account_login", "accounts:agree"),
        icon="sign-in",
    ),
    HelpText(
        key="accounts:missing",
        title=_("My e-mail is not registered"),
        what=_("Where a door does not know your address."),
        steps=(
            _("Press “My e-mail is not registered” under the sign-in."),
            _("Write the number of the contract, your name, your e-mail and your phone."),
            _("Whoever looks after the access at your company answers, or we do after two working days."),
        ),
        also=("accounts:missing_sent", "accounts:requests"),
        icon="user",
    ),
    HelpText(
        key="accounts:my_links",
        title=_("Shared links"),
        what=_("Show one thing of yours to one person, such as your accountant, who needs no account."),
        steps=(
            _("Open what you want to show, and press “Share this” under “Shared with”."),
            _(
                "Say who it is for, until when, how often it may be opened, and what they see besides the facts."
            ),
            _(
                "They get a mail with a link. You see here whether it was opened, and take it back at any time."
            ),
        ),
        more=(_("Whoever has the link can open it: choose few times and a near day."),),
        also=("accounts:share", "accounts:shared", "accounts:shared_record"),
        level=Level.REGISTERED,
        icon="external",
    ),
    HelpText(
        key="accounts:register",
        title=_("Register"),
        what=_("An account of your own, with the e-mail of your contract."),
        steps=(
            _("Press Register beside the sign-in, and write the e-mail that you gave us."),
            _("Type the code of six digits that comes by mail, in the same browser."),
            _("Choose a password, type it twice, and you are in."),
        ),
        more=(_("If we do not have the address on file, the mail says so and names whom to ask."),),
        also=("accounts:register_code", "accounts:register_password"),
        icon="user",
        function="accounts.register",
    ),
    HelpText(
        key="accounts:reset",
        title=_("A new password"),
        what=_("Where you forgot yours, or think that somebody else knows it."),
        steps=(
            _("Press “I forgot my password” beside the sign-in, and write your e-mail."),
            _("Press the button of the mail, or type its code on the page."),
            _("Choose the new password. All other browsers are signed out."),
        ),
        also=("accounts:reset_code", "accounts:reset_opened", "accounts:reset_password"),
        icon="lock",
    ),
    HelpText(
        key="mfa_index",
        title=_("Second factor and sessions"),
        what=_("A second step when you sign in, so that a stolen password opens nothing."),
        steps=(
            _("Open the menu of your account at the top, and in it My account."),
            _("Add an authenticator app or a passkey, and follow what the page says."),
            _("Keep the recovery codes on paper: each of them lets you in once if you lose your phone."),
        ),
        more=(_("The same page lists where you are signed in, and lets you end what you do not recognise."),),
        also=(
            "accounts:account",
            "usersessions_list",
            "account_change_password",
            "mfa_list_webauthn",
            "mfa_view_recovery_codes",
        ),
        icon="lock",
        level=Level.PASSWORD,
    ),
    HelpText(
        key="accounts:my_team",
        title=_("People with access"),
        what=_("Who else sees what is yours with us, and what each of them may do. Owners decide it."),
        steps=(
            _("Open the menu of your account at the top, and in it People with access."),
            _(
                "Invite a colleague with name and e-mail, and choose the roles. A last day ends the access by itself."
            ),
            _("Change what somebody may do, or remove them. It holds from that moment."),
        ),
        more=(_("There is always an owner: the last one cannot be removed."),),
        also=("accounts:my_team_invite", "accounts:my_team_change", "accounts:my_team_remove"),
        level=Level.PASSWORD,
    ),
)

OFFICE_HELP = (
    HelpText(
        key="accounts_team",
        title=_("Who works here"),
        what=_("The people of the back office, each with a role, and those who are invited."),
        steps=(
            _("Invite somebody by e-mail and choose the role. They set their own password."),
            _("Change a role, or end somebody's work here, in the row of the person."),
        ),
        more=(_("There is always somebody who runs the company: the last manager cannot be taken away."),),
        also=(
            "accounts_change_role",
            "accounts_end_work",
        ),
    ),
    HelpText(
        key="accounts_invitations",
        title=_("Access and invitations"),
        what=_("Who was invited to the portal, who opened the page of the link, and who is in."),
        steps=(
            _(
                "Choose the contacts and invite them in one wave. Each gets a link for one time, "
                "never a password."
            ),
            _("See whose mail was refused, correct the address, and send it again."),
            _("Remind those who have not come in yet."),
        ),
        also=(
            "accounts_contact_access",
            "accounts_*",
        ),
    ),
    HelpText(
        key="wagtailsnippets_accounts_legaltext:list",
        title=_("Terms and privacy"),
        what=_("What people accept when they sign in, as versions that nobody changes afterwards."),
        steps=(
            _("Write a new version in each language. It is a draft until you publish it."),
            _("Publish it, and say whether everybody has to accept it again."),
        ),
        also=("wagtailsnippets_accounts_legaltext:*",),
    ),
)
