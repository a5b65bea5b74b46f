# select: query-serializer-prefetch
"""Views and their serializers."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import generics, mixins, serializers, viewsets
from shop.models import Author, Book, Customer, Order, OrderLine


class CustomerSerializer(serializers.ModelSerializer[Customer]):
    class Meta:
        model = Customer
        fields = ["id", "name"]


class AuthorSerializer(serializers.ModelSerializer[Author]):
    class Meta:
        model = Author
        fields = "__all__"


class BookSerializer(serializers.ModelSerializer[Book]):
    author = AuthorSerializer()

    class Meta:
        model = Book
        fields = ["title", "author"]


class LineSerializer(serializers.ModelSerializer[OrderLine]):
    book = BookSerializer()

    class Meta:
        model = OrderLine
        fields = ["quantity", "book"]


class FlatSerializer(serializers.ModelSerializer[Order]):
    class Meta:
        model = Order
        exclude = ["placed_at"]


class OrderSerializer(serializers.ModelSerializer[Order]):
    customer = CustomerSerializer(read_only=True)

    class Meta:
        model = Order
        fields = ("id", "customer")


class RemovedSerializer(OrderSerializer):
    customer = None  # type: ignore[assignment]

    class Meta(OrderSerializer.Meta):
        fields = ("id",)


class LineOrderSerializer(serializers.Serializer[OrderLine]):
    quantity = serializers.IntegerField()
    order = OrderSerializer()
    book_title = serializers.CharField(source="book.title")


class ByMethodSerializer(serializers.ModelSerializer[OrderLine]):
    buyer = serializers.SerializerMethodField()
    writer = serializers.SerializerMethodField("name_writer")

    class Meta:
        model = OrderLine
        fields = ["buyer", "writer"]

    def get_buyer(self, row: OrderLine) -> str:
        customer = row.order.customer
        return customer.name

    def name_writer(self, row: OrderLine) -> str:
        return row.book.author.name


class DeepSerializer(serializers.ModelSerializer[OrderLine]):
    class Meta:
        model = OrderLine
        fields = ["order", "quantity"]
        depth = 2


class EditorsSerializer(serializers.ModelSerializer[Book]):
    editors = serializers.StringRelatedField[Any](many=True)

    class Meta:
        model = Book
        fields = ["editors"]


class SilentSerializer(serializers.ModelSerializer[Order]):
    customer = CustomerSerializer(write_only=True)
    whole = FlatSerializer(source="*")

    class Meta:
        model = Order
        fields = ["customer", "whole"]


class OwnOutput(serializers.ModelSerializer[Order]):
    customer = CustomerSerializer()

    class Meta:
        model = Order
        fields = ["customer"]

    def to_representation(self, instance: Order) -> dict[str, Any]:
        return {"id": instance.pk}


# --- views


class Flat(generics.ListAPIView[Order]):
    queryset = Order.objects.all()
    serializer_class = FlatSerializer


class Orders(generics.ListAPIView[Order]):
    queryset = Order.objects.all()  # E: query-serializer-prefetch "select_related("
    serializer_class = OrderSerializer


class OrdersLoaded(generics.ListAPIView[Order]):
    queryset = Order.objects.select_related("customer")
    serializer_class = OrderSerializer


class OrdersPrefetched(generics.ListAPIView[Order]):
    queryset = Order.objects.prefetch_related("customer")
    serializer_class = OrderSerializer


class Removed(generics.ListAPIView[Order]):
    queryset = Order.objects.all()
    serializer_class = RemovedSerializer


class Silent(generics.ListCreateAPIView[Order]):
    queryset = Order.objects.all()
    serializer_class = SilentSerializer


class Own(generics.ListAPIView[Order]):
    queryset = Order.objects.all()
    serializer_class = OwnOutput


class Lines(viewsets.ModelViewSet[OrderLine]):
    queryset = OrderLine.objects.select_related("book")  # E: query-serializer-prefetch "book__author"
    serializer_class = LineSerializer


class LinesLoaded(viewsets.ModelViewSet[OrderLine]):
    queryset = OrderLine.objects.select_related("book__author")
    serializer_class = LineSerializer


class LinesByPrefetch(viewsets.ModelViewSet[OrderLine]):
    queryset = OrderLine.objects.prefetch_related(Prefetch("book", queryset=Book.objects.select_related("author")))
    serializer_class = LineSerializer


class Turned(mixins.ListModelMixin, viewsets.GenericViewSet[OrderLine]):
    queryset = OrderLine.objects.select_related("book")  # E: query-serializer-prefetch "order__customer"
    serializer_class = LineOrderSerializer


class Methods(generics.ListAPIView[OrderLine]):
    queryset = OrderLine.objects.select_related("order")  # E: query-serializer-prefetch "book__author"
    serializer_class = ByMethodSerializer


class MethodsLoaded(generics.ListAPIView[OrderLine]):
    queryset = OrderLine.objects.select_related("order__customer", "book__author")
    serializer_class = ByMethodSerializer


class Deep(generics.ListAPIView[OrderLine]):
    queryset = OrderLine.objects.all()  # E: query-serializer-prefetch "order__customer"
    serializer_class = DeepSerializer


class DeepLoaded(generics.ListAPIView[OrderLine]):
    queryset = OrderLine.objects.select_related("order__customer")
    serializer_class = DeepSerializer


class Editors(generics.ListAPIView[Book]):
    queryset = Book.objects.select_related("author")  # E: query-serializer-prefetch "prefetch_related"
    serializer_class = EditorsSerializer


class Steps(viewsets.ReadOnlyModelViewSet[Order]):
    serializer_class = OrderSerializer

    def get_queryset(self) -> QuerySet[Order]:
        orders = Order.objects.filter(status="new")
        if self.request.user.is_authenticated:
            return orders.select_related("customer")
        return orders  # E: query-serializer-prefetch


class Nothing(viewsets.ReadOnlyModelViewSet[Order]):
    serializer_class = OrderSerializer

    def get_queryset(self) -> QuerySet[Order]:
        if getattr(self, "swagger_fake_view", False):
            return Order.objects.none()
        return Order.objects.select_related("customer")


class Untyped(viewsets.ReadOnlyModelViewSet[Order]):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return Order.objects.all()  # E: query-serializer-prefetch


class Unseen(viewsets.ReadOnlyModelViewSet[Order]):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return self.request.orders  # type: ignore[attr-defined]


class Base(viewsets.ReadOnlyModelViewSet[Order]):
    queryset = Order.objects.all()


class FromBase(Base):  # E: query-serializer-prefetch
    serializer_class = OrderSerializer


class FromBaseLoaded(Base):
    serializer_class = OrderSerializer

    def get_queryset(self) -> QuerySet[Order]:
        return super().get_queryset().select_related("customer")


class ChosenSerializer(viewsets.ReadOnlyModelViewSet[Order]):
    queryset = Order.objects.all()

    def get_serializer_class(self) -> Any:
        return OrderSerializer if self.action == "retrieve" else FlatSerializer


class ChosenByBranch(viewsets.ReadOnlyModelViewSet[Order]):
    queryset = Order.objects.all()

    def get_serializer_class(self) -> Any:
        if self.action == "retrieve":
            return OrderSerializer
        return FlatSerializer


class OwnList(viewsets.ReadOnlyModelViewSet[Order]):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer

    def list(self, *args: Any, **kwargs: Any) -> Any:
        self.queryset = Order.objects.select_related("customer")
        return super().list(*args, **kwargs)


class Creating(generics.CreateAPIView[Order]):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer


class Deleting(generics.DestroyAPIView[Order]):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer


class Detail(generics.RetrieveAPIView[Order]):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
