from allauth.account import urls as account
from django.urls import include, path, re_path

from accounts import own_views, views

# Log-in by a code in a mail is not offered, so its page has nothing to show.
UNUSED = {"account_confirm_login_code"}

# What stands first is taken in the place of django-allauth's own.
urlpatterns = [
    path("", include(([path("", views.mine, name="mine")], "accounts"))),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        own_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("confirm-email/", own_views.email_verification_sent, name="account_email_verification_sent"),
    path("password/set/", own_views.password_set, name="account_set_password"),
    path("oturumlar/", own_views.session_list, name="usersessions_list"),
    path("dogrulama/webauthn/keys/<int:pk>/remove/", own_views.remove_key, name="mfa_remove_webauthn"),
    path(
        "dogrulama/webauthn/reauthenticate/",
        own_views.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("dogrulama/", include("allauth.mfa.urls")),
    *(each for each in account.urlpatterns if each.name not in UNUSED),
]
