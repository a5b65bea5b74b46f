from rest_framework import serializers

from shop.models import Author, Book, Order, OrderLine


class BookSerializer(serializers.ModelSerializer[Book]):
    class Meta:
        model = Book
        fields = ["id", "title", "price", "stock"]


class AuthorSerializer(serializers.ModelSerializer[Author]):
    books = BookSerializer(many=True)

    class Meta:
        model = Author
        fields = ["id", "name", "books"]


class OrderLineSerializer(serializers.ModelSerializer[OrderLine]):
    class Meta:
        model = OrderLine
        fields = ["book", "quantity", "price"]


class OrderSerializer(serializers.ModelSerializer[Order]):
    lines = OrderLineSerializer(many=True)

    class Meta:
        model = Order
        fields = ["id", "customer", "status", "gift", "tracking", "lines"]


class NewOrderSerializer(serializers.Serializer[Order]):
    email = serializers.EmailField()
    name = serializers.CharField()
    quantities = serializers.DictField(child=serializers.IntegerField(min_value=1))
