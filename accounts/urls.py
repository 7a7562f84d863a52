from django.urls import include, path, re_path

from accounts import own_views

# What stands first is taken in the place of django-allauth's own.
urlpatterns = [
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        own_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/set/", own_views.password_set, name="account_set_password"),
    path("oturumlar/", own_views.session_list, name="usersessions_list"),
    path("dogrulama/webauthn/keys/<int:pk>/remove/", own_views.remove_key, name="mfa_remove_webauthn"),
    path("dogrulama/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]
