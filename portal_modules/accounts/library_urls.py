"""Pages of allauth that are used as they come, in our frame.

Named one by one, with the library's names: what it adds in a new version is not open before somebody has
looked at it. Its sign-up, e-mail addresses and forgotten passwords are not here.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from portal_modules.accounts import library_views as views
from portal_modules.accounts.library_views import own_page, second_step, secret_page

urlpatterns = [
    path("in/", views.sign_in_again, name="account_login"),
    path("inactive/", views.sign_in_again, name="account_inactive"),
    path("give-up/", views.give_up, name="account_logout"),
    path("again/", secret_page(account.reauthenticate), name="account_reauthenticate"),
    path("password/", secret_page(views.ChangePassword.as_view()), name="account_change_password"),
    path("sessions/", own_page(views.Sessions.as_view()), name="usersessions_list"),
    path("second-step/", second_step(views.SecondStep.as_view()), name="mfa_authenticate"),
    path("second-factor/", own_page(mfa.index), name="mfa_index"),
    path("second-factor/again/", secret_page(views.SecondStepAgain.as_view()), name="mfa_reauthenticate"),
    path("second-factor/app/add/", secret_page(views.SetUpApp.as_view()), name="mfa_activate_totp"),
    path("second-factor/app/remove/", own_page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-factor/codes/", own_page(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/",
        own_page(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        own_page(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("second-factor/keys/", own_page(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("second-factor/keys/add/", secret_page(views.AddKey.as_view()), name="mfa_add_webauthn"),
    path(
        "second-factor/keys/again/", secret_page(views.KeyAgain.as_view()), name="mfa_reauthenticate_webauthn"
    ),
    path("second-factor/keys/<int:pk>/", own_page(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "second-factor/keys/<int:pk>/remove/", own_page(webauthn.remove_webauthn), name="mfa_remove_webauthn"
    ),
]
