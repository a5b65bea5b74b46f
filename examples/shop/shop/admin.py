from datetime import timedelta

from django.contrib import admin
from django.db.models import QuerySet

from shop.models import Author, Book, Customer, Order
from shop.tasks import cancel_unpaid, remind_all, reorder, thank_customer

admin.site.register(Author)


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "author", "stock"]
    list_select_related = ["author"]
    actions = ["reorder_selected"]

    def reorder_selected(self, request, queryset: QuerySet[Book]):
        reorder.delay(set(queryset.values_list("pk", flat=True)))  # E: task-json-arg


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    list_display = ["email", "name"]
    actions = ["thank_selected"]

    def thank_selected(self, request, queryset: QuerySet[Customer]):
        for customer in queryset:
            thank_customer.delay(customer)  # E: task-model-arg


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["id", "customer", "status"]
    list_select_related = ["customer"]
    actions = ["cancel_forgotten", "remind_forgetful"]

    def cancel_forgotten(self, request, queryset: QuerySet[Order]):
        cancel_unpaid.delay(timedelta(days=14))  # E: task-json-arg

    def remind_forgetful(self, request, queryset: QuerySet[Order]):
        remind_all.delay(7)
