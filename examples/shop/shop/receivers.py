from django.db.models.signals import post_save
from django.dispatch import receiver

from shop.models import Book
from shop.tasks import reorder


@receiver(post_save, sender=Book)
def reorder_last_copies(sender, instance, **kwargs):
    if instance.stock < 3:
        reorder.delay([instance.pk])  # E: transaction-dispatch
