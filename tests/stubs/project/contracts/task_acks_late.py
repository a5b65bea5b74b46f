from celery import shared_task

from shop.models import Customer


@shared_task(acks_late=True)
def register(email: str) -> None:
    Customer.objects.create(email=email)  # row: a late acknowledged task that is not idempotent
