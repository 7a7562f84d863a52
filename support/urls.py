from django.urls import path

from support import views

app_name = "support"

urlpatterns = [
    path("", views.questions, name="questions"),
    path("goruldu/", views.seen, name="seen"),
    path("sor/", views.ask, name="ask"),
    path("<uuid:pk>/", views.question, name="question"),
]
