from celery import chain
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from shop.models import Author, Book, Customer, Order
from shop.tasks import cancel_unpaid, find_unpaid, remind_all, reorder, thank_customer

admin.site.register(Author)


@admin.register(Book)
class BookAdmin(admin.ModelAdmin[Book]):
    list_display = ["title", "author", "stock"]
    list_select_related = ["author"]
    actions = ["reorder_selected"]

    def reorder_selected(self, request: HttpRequest, queryset: QuerySet[Book]) -> None:
        reorder.delay(list(queryset.values_list("pk", flat=True)))


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin[Customer]):
    list_display = ["email", "name"]
    actions = ["thank_selected"]

    def thank_selected(self, request: HttpRequest, queryset: QuerySet[Customer]) -> None:
        for customer in queryset:
            thank_customer.delay(customer.pk)


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin[Order]):
    list_display = ["id", "customer", "status"]
    list_select_related = ["customer"]
    actions = ["cancel_forgotten", "remind_forgetful"]

    def cancel_forgotten(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        cancel_unpaid.delay(14)

    def remind_forgetful(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        chain(find_unpaid.s(7), remind_all.s()).delay()
