"""The library's serializers, from flat to nested twice."""
# ruff: noqa: RUF012 (class attributes are lists, as everybody writes them)

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from library.models import Author, Book, Chapter, Country, Loan, Profile, Publisher, Review


class CountrySerializer(serializers.ModelSerializer[Country]):
    class Meta:
        model = Country
        fields = ["id", "name"]


class PublisherSerializer(serializers.ModelSerializer[Publisher]):
    country = CountrySerializer()

    class Meta:
        model = Publisher
        fields = ["id", "name", "country"]


class FlatAuthorSerializer(serializers.ModelSerializer[Author]):
    class Meta:
        model = Author
        fields = ["id", "name", "country"]


class AuthorSerializer(serializers.ModelSerializer[Author]):
    country = CountrySerializer()

    class Meta:
        model = Author
        fields = ["id", "name", "country"]


class ReviewSerializer(serializers.ModelSerializer[Review]):
    created_by = FlatAuthorSerializer()

    class Meta:
        model = Review
        fields = ["stars", "created_by"]


class FlatBookSerializer(serializers.ModelSerializer[Book]):
    class Meta:
        model = Book
        fields = ["id", "title", "author", "publisher"]


class BookSerializer(serializers.ModelSerializer[Book]):
    author = FlatAuthorSerializer()

    class Meta:
        model = Book
        fields = ["id", "title", "author"]


class BookWithReviewsSerializer(BookSerializer):
    reviews = ReviewSerializer(many=True)

    class Meta(BookSerializer.Meta):
        fields = ["id", "title", "author", "reviews"]


class DeepBookSerializer(serializers.ModelSerializer[Book]):
    author = AuthorSerializer()
    publisher = PublisherSerializer(required=False)

    class Meta:
        model = Book
        fields = ["id", "author", "publisher"]


class ManyKeysSerializer(serializers.ModelSerializer[Book]):
    class Meta:
        model = Book
        fields = ["id", "editors"]


class AllFieldsSerializer(serializers.ModelSerializer[Book]):
    class Meta:
        model = Book
        fields = "__all__"


class ExcludingSerializer(serializers.ModelSerializer[Book]):
    class Meta:
        model = Book
        exclude = ["editors"]


class DepthSerializer(serializers.ModelSerializer[Review]):
    class Meta:
        model = Review
        fields = ["stars", "created_by"]
        depth = 1


class SlugSerializer(serializers.ModelSerializer[Book]):
    author = serializers.SlugRelatedField[Author](slug_field="name", read_only=True)

    class Meta:
        model = Book
        fields = ["title", "author"]


class ManySlugsSerializer(serializers.ModelSerializer[Book]):
    tags = serializers.SlugRelatedField[Any](slug_field="name", many=True, read_only=True)

    class Meta:
        model = Book
        fields = ["title", "tags"]


class ManyStringsSerializer(serializers.ModelSerializer[Book]):
    reviews = serializers.StringRelatedField[Any](many=True)

    class Meta:
        model = Book
        fields = ["title", "reviews"]


class SourceSerializer(serializers.ModelSerializer[Book]):
    author_name = serializers.CharField(source="author.name")
    writer = FlatAuthorSerializer(source="author")
    country = serializers.PrimaryKeyRelatedField[Country](source="author.country", read_only=True)

    class Meta:
        model = Book
        fields = ["title", "author_name", "writer", "country"]


class CountingSerializer(serializers.ModelSerializer[Author]):
    total = serializers.IntegerField(source="books.count")

    class Meta:
        model = Author
        fields = ["total"]


class MethodSerializer(serializers.ModelSerializer[Author]):
    titles = serializers.SerializerMethodField()
    publisher_name = serializers.SerializerMethodField(method_name="of_publisher")

    class Meta:
        model = Author
        fields = ["titles", "publisher_name"]

    def get_titles(self, author: Author) -> list[str]:
        return [f"{book.title} {book.publisher}" for book in author.books.all()]

    def of_publisher(self, author: Author) -> str:
        return author.publisher.name if author.publisher else ""


class WriteOnlySerializer(serializers.ModelSerializer[Book]):
    author = FlatAuthorSerializer(write_only=True)

    class Meta:
        model = Book
        fields = ["title", "author", "editors"]
        extra_kwargs = {"editors": {"write_only": True}}


class WholeRowSerializer(serializers.ModelSerializer[Book]):
    row = FlatBookSerializer(source="*")

    class Meta:
        model = Book
        fields = ["row"]


class CustomSerializer(serializers.ModelSerializer[Book]):
    author = FlatAuthorSerializer()

    class Meta:
        model = Book
        fields = ["author"]

    def to_representation(self, book: Book) -> dict[str, Any]:
        return {"title": book.title}


class AddingSerializer(BookSerializer):
    def to_representation(self, instance: Book) -> dict[str, Any]:
        return {"kind": "book", **super().to_representation(instance)}


class StaticMethodSerializer(serializers.ModelSerializer[Book]):
    name = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["name"]

    @staticmethod
    def get_name(book: Book) -> str:
        return book.author.name


class BooksOfOneSerializer(serializers.ModelSerializer[Book]):
    author = AuthorSerializer()

    class Meta:
        model = Book
        fields = ["author"]


class ProfileSerializer(serializers.ModelSerializer[Profile]):
    class Meta:
        model = Profile
        fields = ["country"]


class AuthorWithProfileSerializer(serializers.ModelSerializer[Author]):
    profile = ProfileSerializer()

    class Meta:
        model = Author
        fields = ["name", "profile"]


class PlainSerializer(serializers.Serializer[Book]):
    title = serializers.CharField()
    author = FlatAuthorSerializer()


class AuthorWithBooksSerializer(serializers.ModelSerializer[Author]):
    books = BookSerializer(many=True)

    class Meta:
        model = Author
        fields = ["name", "books"]


class AuthorWithDeepBooksSerializer(serializers.ModelSerializer[Author]):
    books = DeepBookSerializer(many=True)

    class Meta:
        model = Author
        fields = ["name", "books"]


class DefaultNameSerializer(serializers.ModelSerializer[Book]):
    parts = serializers.PrimaryKeyRelatedField[Chapter](source="chapter_set", many=True, read_only=True)

    class Meta:
        model = Book
        fields = ["title", "parts"]


class LoanSerializer(serializers.ModelSerializer[Loan]):
    class Meta:
        model = Loan
        fields = ["book", "reader"]


class LinkedSerializer(serializers.ModelSerializer[Author]):
    """Fields that are links: to the row itself, and to a related row by its key."""

    books = serializers.HyperlinkedIdentityField(view_name="by-name", lookup_field="name")
    country = serializers.HyperlinkedRelatedField[Country](view_name="by-key", read_only=True)

    class Meta:
        model = Author
        fields = ["books", "country"]


class LinkedByNameSerializer(serializers.ModelSerializer[Author]):
    country = serializers.HyperlinkedRelatedField[Country](view_name="by-name", lookup_field="name", read_only=True)

    class Meta:
        model = Author
        fields = ["country"]


class LinkedManySerializer(serializers.ModelSerializer[Author]):
    books = serializers.HyperlinkedIdentityField("by-key", many=True)

    class Meta:
        model = Author
        fields = ["books"]
