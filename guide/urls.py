from django.urls import path

from guide import views

app_name = "guide"

urlpatterns = [
    path("", views.start, name="start"),
    path("<slug:key>/", views.page, name="page"),
]
