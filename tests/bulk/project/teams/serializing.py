# select: query-serializer-prefetch
from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import generics, mixins, serializers, viewsets

from teams.models import Customer, Line, Order


class LineS(serializers.ModelSerializer):  # type: ignore[type-arg]
    class Meta:
        model = Line
        fields = ["sku"]


class CustS(serializers.ModelSerializer):  # type: ignore[type-arg]
    class Meta:
        model = Customer
        fields = ["name"]


class OrderS(serializers.ModelSerializer):  # type: ignore[type-arg]
    customer = CustS()
    lines = LineS(many=True)

    class Meta:
        model = Order
        fields = ["customer", "lines"]


class FlatS(serializers.ModelSerializer):  # type: ignore[type-arg]
    class Meta:
        model = Order
        fields = ["number"]


class WriteS(serializers.ModelSerializer):  # type: ignore[type-arg]
    customer = CustS(write_only=True)

    class Meta:
        model = Order
        fields = ["customer"]


class StarS(serializers.ModelSerializer):  # type: ignore[type-arg]
    x = FlatS(source="*")

    class Meta:
        model = Order
        fields = ["x"]


class V1(viewsets.ModelViewSet):  # type: ignore[type-arg]
    queryset = Order.objects.all()  # E: query-serializer-prefetch
    serializer_class = OrderS


class V2(viewsets.ModelViewSet):  # type: ignore[type-arg]
    queryset = Order.objects.select_related("customer").prefetch_related("lines")
    serializer_class = OrderS


class V3(viewsets.ReadOnlyModelViewSet):  # type: ignore[type-arg]
    queryset = Order.objects.select_related("customer")  # D: query-serializer-prefetch
    serializer_class = OrderS


class V4(generics.ListAPIView):  # type: ignore[type-arg]
    serializer_class = OrderS

    def get_queryset(self) -> QuerySet[Order]:
        return Order.objects.filter(status="x")  # E: query-serializer-prefetch


class V5(generics.ListAPIView):  # type: ignore[type-arg]
    queryset = Order.objects.all()
    serializer_class = OrderS

    def get_queryset(self) -> QuerySet[Order]:
        return super().get_queryset().select_related("customer").prefetch_related("lines")


class V6(generics.CreateAPIView):  # type: ignore[type-arg]
    queryset = Order.objects.all()
    serializer_class = OrderS


class V7(viewsets.ModelViewSet):  # type: ignore[type-arg]
    queryset = Order.objects.all()
    serializer_class = FlatS


class V8(viewsets.ModelViewSet):  # type: ignore[type-arg]
    queryset = Order.objects.all()
    serializer_class = WriteS


class V9(viewsets.ModelViewSet):  # type: ignore[type-arg]
    queryset = Order.objects.all()
    serializer_class = StarS


class V10(mixins.ListModelMixin, viewsets.GenericViewSet):  # type: ignore[type-arg]
    queryset = Order.objects.all()  # E: query-serializer-prefetch
    serializer_class = OrderS
