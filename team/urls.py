from django.urls import path

from team import views
from tenancy.signed_ids import register

register("invitation")
app_name = "team"

urlpatterns = [
    path("yeni/", views.company_new, name="company_new"),
    path("sec/", views.choose, name="choose"),
    path("ekip/", views.people, name="people"),
    path("ekip/<int:pk>/cikar/", views.remove, name="remove"),
    path("bildirimler/", views.notices, name="notices"),
    path("yonlendirme/", views.forwarding, name="forwarding"),
    path("yonlendirme/dene/", views.try_forward, name="try_forward"),
    path("yonlendirme/durum/", views.forward_state, name="forward_state"),
    path("gonderim-hesabi/", views.sending_account, name="sending_account"),
    path("gonderim-hesabi/durum/", views.account_state, name="account_state"),
    path("gonderim-hesabi/dene/", views.test_account, name="test_account"),
    path("gonderim-hesabi/kaldir/", views.remove_account, name="remove_account"),
    path("davet/<invitation:pk>/", views.join, name="join"),
]
