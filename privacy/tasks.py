"""What the page “Kişisel verilerim” asks a worker for."""

from celery import shared_task

from privacy import requests


@shared_task
def fulfil_requests() -> None:
    requests.fulfil()
