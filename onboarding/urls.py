from django.urls import path

from onboarding.views import board

app_name = "onboarding"

urlpatterns = [
    path("", board.show, name="board"),
]
