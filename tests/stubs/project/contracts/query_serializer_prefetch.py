from rest_framework import serializers, viewsets

from shop.models import Customer, Order


class CustomerSerializer(serializers.Serializer[Customer]):
    email = serializers.EmailField()


class OrderSerializer(serializers.Serializer[Order]):
    customer = CustomerSerializer()


class OrderViewSet(viewsets.ModelViewSet[Order]):
    serializer_class = OrderSerializer
    queryset = Order.objects.all()  # row: a nested serializer without `select_related`
