from django.http import HttpResponse
from rest_framework import viewsets
from rest_framework.decorators import action, api_view
from rest_framework.request import Request
from rest_framework.response import Response

from shop import reports, services
from shop.models import Author, Order
from shop.serializers import AuthorSerializer, NewOrderSerializer, OrderSerializer


class AuthorViewSet(viewsets.ReadOnlyModelViewSet[Author]):
    queryset = Author.objects.prefetch_related("books").order_by("name")
    serializer_class = AuthorSerializer


class OrderViewSet(viewsets.ReadOnlyModelViewSet[Order]):
    queryset = Order.objects.prefetch_related("lines").order_by("-placed_at")
    serializer_class = OrderSerializer

    def create(self, request: Request) -> Response:
        new = NewOrderSerializer(data=request.data)
        new.is_valid(raise_exception=True)
        customer = services.register(new.validated_data["email"], new.validated_data["name"])
        quantities: dict[int, int] = {int(pk): quantity for pk, quantity in new.validated_data["quantities"].items()}
        order = services.place_order(customer.pk, quantities)
        return Response(self.get_serializer(order).data, status=201)

    @action(detail=True, methods=["post"])
    def pay(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(services.pay_order(int(pk))).data)

    @action(detail=True, methods=["post"])
    def ship(self, request: Request, pk: str) -> Response:
        services.ship_order(int(pk))
        return Response(status=202)

    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(services.cancel_order(int(pk))).data)

    @action(detail=True)
    def sales(self, request: Request, pk: str) -> HttpResponse:
        return HttpResponse(reports.CsvReport(reports.sales_of(int(pk))).render(), content_type="text/csv")


@api_view()
def stock(request: Request) -> Response:
    return Response(reports.stock())
