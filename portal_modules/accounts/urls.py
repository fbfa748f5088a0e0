"""Addresses of a company's doors, of one's own account, and of the company's terms."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import (
    account,
    choosing,
    colleagues,
    everywhere,
    invited,
    legal,
    register,
    reset,
    sign_in,
    staff_reset,
)

urlpatterns: list[URLPattern] = []

public_urlpatterns = [
    path("access/sign-in/", sign_in.sign_in, name="sign_in"),
    path("access/sign-out/", sign_in.sign_out, name="sign_out"),
    path("access/register/", register.register, name="register"),
    path("access/register/code/", register.register_code, name="register_code"),
    path("access/register/again/", register.register_again, name="register_again"),
    path("access/register/password/", register.register_password, name="register_password"),
    path("access/reset/", reset.reset, name="reset"),
    path("access/reset/code/", reset.reset_code, name="reset_code"),
    path("access/reset/again/", reset.reset_again, name="reset_again"),
    path("access/reset/link/", reset.reset_opened, name="reset_opened"),
    path("access/reset/link/<slug:token>/", reset.reset_link, name="reset_link"),
    path("access/reset/password/", reset.reset_password_page, name="reset_password"),
    path("access/invited/", invited.invited, name="invited"),
    path("access/invited/done/", invited.done, name="invited_done"),
    path("access/invited/<slug:token>/", invited.invited_link, name="invited_link"),
    path("access/staff/link/", staff_reset.opened, name="staff_reset_opened"),
    path("access/staff/link/<slug:token>/", staff_reset.link, name="staff_reset_link"),
    path("access/staff/password/", staff_reset.password, name="staff_reset_password"),
    path("access/agree/", legal.agree, name="agree"),
    path("access/account/", account.account, name="account"),
    path("access/more-proof/", account.more_proof, name="more_proof"),
    path("my/customer/", choosing.choose, name="choose_customer"),
    path("my/everywhere/", everywhere.everywhere, name="everywhere"),
    path("my/team/", colleagues.team, name="my_team"),
    path("my/team/invitation/<uuid:pk>/again/", colleagues.again, name="my_team_again"),
    path("my/team/invitation/<uuid:pk>/take-back/", colleagues.take_back, name="my_team_take_back"),
    path("my/team/<uuid:pk>/invite/", colleagues.invite, name="my_team_invite"),
    path("my/team/<uuid:pk>/<uuid:uuid>/", colleagues.change, name="my_team_change"),
    path("my/team/<uuid:pk>/<uuid:uuid>/remove/", colleagues.remove, name="my_team_remove"),
    path("terms/", legal.terms, name="terms"),
    path("terms/<int:number>/", legal.terms, name="terms_version"),
    path("privacy/", legal.privacy, name="privacy"),
    path("privacy/<int:number>/", legal.privacy, name="privacy_version"),
]
