from django.urls import path

from team import views

app_name = "team"

urlpatterns = [
    path("yeni/", views.company_new, name="company_new"),
    path("sec/", views.choose, name="choose"),
    path("ekip/", views.people, name="people"),
    path("ekip/<int:pk>/cikar/", views.remove, name="remove"),
    path("davet/<uuid:pk>/", views.join, name="join"),
]
