from django.http import HttpResponse
from rest_framework import viewsets
from rest_framework.decorators import action, api_view
from rest_framework.response import Response

from shop import reports, services
from shop.models import Author, Order
from shop.serializers import AuthorSerializer, OrderSerializer


class AuthorViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Author.objects.order_by("name")  # E: query-serializer-prefetch
    serializer_class = AuthorSerializer


class OrderViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.order_by("-placed_at")  # E: query-serializer-prefetch
    serializer_class = OrderSerializer

    def create(self, request):
        customer = services.register(request.data["email"], request.data["name"])
        order = services.place_order(customer.pk, request.data["quantities"])
        return Response(self.get_serializer(order).data, status=201)

    @action(detail=True, methods=["post"])
    def pay(self, request, pk):
        return Response(self.get_serializer(services.pay_order(pk)).data)

    @action(detail=True, methods=["post"])
    def ship(self, request, pk):
        services.ship_order(pk)
        return Response(status=202)

    @action(detail=True, methods=["post"])
    def cancel(self, request, pk):
        return Response(self.get_serializer(services.cancel_order(pk)).data)

    @action(detail=True)
    def sales(self, request, pk):
        return HttpResponse(reports.CsvReport(reports.sales_of(pk)).render(), content_type="text/csv")


@api_view()
def stock(request):
    return Response(reports.stock())
