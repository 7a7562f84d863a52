from django.urls import path

from privacy import views

app_name = "privacy"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("hazirla/", views.ask_for_copy, name="ask_for_copy"),
    path("kopya/", views.copy, name="copy"),
    path("indir/", views.download, name="download"),
    path("sil/", views.leave, name="leave"),
]
