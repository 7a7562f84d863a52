"""The map of the portal, on one screen."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from design.views import components
from guide import desk
from iysportal.security_txt import security_txt
from onboarding.views import public_status
from partners.views import colour, logo
from privacy.views import disclosure

urlpatterns = [
    path("", TemplateView.as_view(template_name="start.html"), name="start"),
    path("basvuru-durumu/", public_status.ask, name="status_form"),
    path("basvuru-durumu/sonuc/", public_status.show, name="status_page"),
    path("aydinlatma-metni/", disclosure, name="disclosure"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    re_path(r"^logo/(?P<sha256>[0-9a-f]{64})\.png$", logo, name="logo"),
    re_path(r"^renk/(?P<digits>[0-9a-f]{6})-(?P<digest>[0-9a-f]{12})\.css$", colour, name="colour"),
    path("tasarim/", components, name="components"),
    path("hesap/verilerim/", include("privacy.urls")),
    path("hesap/", include("accounts.urls")),
    path("firma/", include("team.urls")),
    path("yardim/", include("support.urls")),
    path("rehber/", include("guide.urls")),
    path("basvuru/", include("onboarding.urls")),
    path("destek/rehber/", admin.site.admin_view(desk.shown), name="support_guide"),
    path("destek/", admin.site.urls),
]
