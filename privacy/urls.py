from django.urls import path

from privacy import views

app_name = "privacy"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("indir/", views.download, name="download"),
    path("sil/", views.leave, name="leave"),
]
