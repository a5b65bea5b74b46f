"""Views over the serializers. The plugin reports those whose queries grow with the rows, and no other."""
# ruff: noqa: RUF012 (class attributes are lists, as everybody writes them)

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import generics, permissions, viewsets

from library import serializers
from library.models import Author, Book, Review


class FlatBooks(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.FlatBookSerializer


class Books(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.BookSerializer


class BooksJoined(generics.ListAPIView[Book]):
    queryset = Book.objects.select_related("author")
    serializer_class = serializers.BookSerializer


class BooksByManager(generics.ListAPIView[Book]):
    queryset = Book.published.all()
    serializer_class = serializers.BookSerializer


class BookViewSet(viewsets.ModelViewSet[Book]):
    queryset = Book.objects.order_by("pk")
    serializer_class = serializers.BookWithReviewsSerializer


class BookViewSetHalfLoaded(viewsets.ModelViewSet[Book]):
    queryset = Book.objects.select_related("author").prefetch_related("reviews")
    serializer_class = serializers.BookWithReviewsSerializer


class BookViewSetLoaded(viewsets.ModelViewSet[Book]):
    queryset = Book.objects.select_related("author").prefetch_related("reviews__created_by")
    serializer_class = serializers.BookWithReviewsSerializer


class BookViewSetPrefetch(viewsets.ReadOnlyModelViewSet[Book]):
    queryset = Book.objects.select_related("author").prefetch_related(
        Prefetch("reviews", queryset=Review.objects.select_related("created_by"))
    )
    serializer_class = serializers.BookWithReviewsSerializer


class DeepBooks(generics.ListCreateAPIView[Book]):
    queryset = Book.objects.select_related("author", "publisher")
    serializer_class = serializers.DeepBookSerializer


class DeepBooksJoined(generics.ListCreateAPIView[Book]):
    queryset = Book.objects.select_related("author__country", "publisher__country")
    serializer_class = serializers.DeepBookSerializer


class GetQueryset(viewsets.ReadOnlyModelViewSet[Book]):
    queryset = Book.objects.select_related("author")
    serializer_class = serializers.BookSerializer

    def get_queryset(self) -> QuerySet[Book]:
        return Book.objects.filter(pages__gt=0)


class GetQuerysetLoaded(viewsets.ReadOnlyModelViewSet[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.BookSerializer

    def get_queryset(self) -> QuerySet[Book]:
        return super().get_queryset().select_related("author")


class GetQuerysetOfSuper(viewsets.ReadOnlyModelViewSet[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.BookSerializer

    def get_queryset(self) -> QuerySet[Book]:
        books = super().get_queryset()
        return books.filter(pages__gt=0)


class GetQuerysetByAction(viewsets.ModelViewSet[Book]):
    serializer_class = serializers.BookSerializer

    def get_queryset(self) -> QuerySet[Book]:
        if self.action == "list":
            return Book.objects.select_related("author")
        return Book.objects.all()


class GetQuerysetOfOtherActions(viewsets.ModelViewSet[Book]):
    serializer_class = serializers.BookSerializer

    def get_queryset(self) -> QuerySet[Book]:
        if self.action not in ("list", "retrieve"):
            return Book.objects.select_related("author")
        return Book.objects.all()


class SerializerByAction(viewsets.ModelViewSet[Book]):
    queryset = Book.objects.all()

    def get_serializer_class(self) -> Any:
        if self.action in ("create", "update"):
            return serializers.FlatBookSerializer
        return serializers.BookSerializer


class SerializerOfDetail(viewsets.ModelViewSet[Book]):
    queryset = Book.objects.all()

    def get_serializer_class(self) -> Any:
        if self.action == "list":
            return serializers.FlatBookSerializer
        elif self.action == "retrieve":
            return serializers.BookSerializer
        raise ValueError(self.action)


class SerializerOfDetailOnly(viewsets.ModelViewSet[Author]):
    queryset = Author.objects.all()

    def get_serializer_class(self) -> Any:
        if self.action in ("list", "create"):
            return serializers.FlatAuthorSerializer
        return serializers.AuthorWithDeepBooksSerializer


class Adding(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.AddingSerializer


class StaticMethod(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.StaticMethodSerializer


class BooksOfOne(generics.ListAPIView[Book]):
    """The author of all is the same object."""

    serializer_class = serializers.BooksOfOneSerializer

    def get_queryset(self) -> QuerySet[Book]:
        return get_object_or_404(Author, pk=1).books.all()


class GetQuerysetMatching(viewsets.ModelViewSet[Book]):
    serializer_class = serializers.BookSerializer

    def get_queryset(self) -> QuerySet[Book]:
        match self.action:
            case "list" | "export":
                return Book.objects.select_related("author")
            case _:
                return Book.objects.all()


class GetQuerysetMatchingOther(viewsets.ModelViewSet[Book]):
    serializer_class = serializers.BookSerializer

    def get_queryset(self) -> QuerySet[Book]:
        match self.action:
            case "retrieve":
                return Book.objects.select_related("author")
            case other if other is not None:
                return Book.objects.all()
        raise ValueError(self.action)


class SerializerOfSafeMethods(viewsets.ModelViewSet[Book]):
    queryset = Book.objects.all()

    def get_serializer_class(self) -> Any:
        if self.request.method in permissions.SAFE_METHODS:
            return serializers.BookSerializer
        return serializers.FlatBookSerializer


class SerializerInOneLine(viewsets.ModelViewSet[Book]):
    queryset = Book.objects.all()

    def get_serializer_class(self) -> Any:
        return serializers.FlatBookSerializer if self.action == "create" else serializers.BookSerializer


class SerializerOfDetailInOneLine(viewsets.ModelViewSet[Book]):
    queryset = Book.objects.all()

    def get_serializer_class(self) -> Any:
        return serializers.FlatBookSerializer if self.action == "list" else serializers.BookSerializer


class SerializerByMethod(generics.ListCreateAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.BookSerializer

    def get_serializer_class(self) -> Any:
        if self.request.method == "POST":
            return serializers.FlatBookSerializer
        return super().get_serializer_class()


class GetQuerysetOfAttribute(viewsets.ReadOnlyModelViewSet[Book]):
    queryset = Book.objects.select_related("author")
    serializer_class = serializers.BookSerializer

    def get_queryset(self):
        return self.queryset.filter(pages__gt=0)


class GetQuerysetInSteps(viewsets.ReadOnlyModelViewSet[Book]):
    serializer_class = serializers.BookSerializer

    def get_queryset(self) -> QuerySet[Book]:
        books = Book.objects.all()
        if self.action == "list":
            books = books.select_related("author")
        return books


class InheritsQueryset(BookViewSetLoaded):
    serializer_class = serializers.DeepBookSerializer  # type: ignore[assignment]


class InheritsBoth(GetQuerysetLoaded):
    http_method_names = ["get"]


class ManyKeys(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.ManyKeysSerializer


class ManyKeysLoaded(generics.ListAPIView[Book]):
    queryset = Book.objects.prefetch_related("editors")
    serializer_class = serializers.ManyKeysSerializer


class AllFields(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.AllFieldsSerializer


class Excluding(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.ExcludingSerializer


class Depth(generics.ListAPIView[Review]):
    queryset = Review.objects.all()
    serializer_class = serializers.DepthSerializer


class DepthLoaded(generics.ListAPIView[Review]):
    queryset = Review.objects.select_related("created_by").prefetch_related("created_by__mentors")
    serializer_class = serializers.DepthSerializer


class Slugs(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.SlugSerializer


class ManySlugs(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.ManySlugsSerializer


class ManySlugsLoaded(generics.ListAPIView[Book]):
    queryset = Book.objects.prefetch_related("tags")
    serializer_class = serializers.ManySlugsSerializer


class ManyStrings(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.ManyStringsSerializer


class ManyStringsLoaded(generics.ListAPIView[Book]):
    queryset = Book.objects.prefetch_related("reviews")
    serializer_class = serializers.ManyStringsSerializer


class Sources(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.SourceSerializer


class SourcesLoaded(generics.ListAPIView[Book]):
    queryset = Book.objects.select_related("author")
    serializer_class = serializers.SourceSerializer


class Counting(generics.ListAPIView[Author]):
    queryset = Author.objects.all()
    serializer_class = serializers.CountingSerializer


class CountingLoaded(generics.ListAPIView[Author]):
    queryset = Author.objects.prefetch_related("books")
    serializer_class = serializers.CountingSerializer


class Methods(generics.ListAPIView[Author]):
    queryset = Author.objects.all()
    serializer_class = serializers.MethodSerializer


class MethodsHalfLoaded(generics.ListAPIView[Author]):
    queryset = Author.objects.select_related("publisher").prefetch_related("books")
    serializer_class = serializers.MethodSerializer


class MethodsLoaded(generics.ListAPIView[Author]):
    queryset = Author.objects.select_related("publisher").prefetch_related("books__publisher")
    serializer_class = serializers.MethodSerializer


class WriteOnly(generics.ListCreateAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.WriteOnlySerializer


class WholeRow(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.WholeRowSerializer


class Custom(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.CustomSerializer


class Profiles(generics.ListAPIView[Author]):
    queryset = Author.objects.all()
    serializer_class = serializers.AuthorWithProfileSerializer


class ProfilesLoaded(generics.ListAPIView[Author]):
    queryset = Author.objects.select_related("profile")
    serializer_class = serializers.AuthorWithProfileSerializer


class Plain(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.PlainSerializer


class FilledIn(generics.ListAPIView[Author]):
    queryset = Author.objects.prefetch_related("books")
    serializer_class = serializers.AuthorWithBooksSerializer


class DefaultName(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.DefaultNameSerializer


class Creating(generics.CreateAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.BookSerializer


class Detail(generics.RetrieveAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.BookSerializer


class DetailWithMany(generics.RetrieveAPIView[Author]):
    queryset = Author.objects.all()
    serializer_class = serializers.AuthorWithBooksSerializer


class DetailWithDeepMany(generics.RetrieveAPIView[Author]):
    queryset = Author.objects.all()
    serializer_class = serializers.AuthorWithDeepBooksSerializer


class DetailWithDeepManyLoaded(generics.RetrieveAPIView[Author]):
    queryset = Author.objects.select_related("country").prefetch_related("books__publisher__country")
    serializer_class = serializers.AuthorWithDeepBooksSerializer


class ByAction(viewsets.ReadOnlyModelViewSet[Book]):
    queryset = Book.objects.all()

    def get_serializer_class(self) -> Any:
        if self.action == "list":
            return serializers.FlatBookSerializer
        return serializers.BookSerializer


class OneByMethod(viewsets.ReadOnlyModelViewSet[Book]):
    queryset = Book.objects.all()

    def get_serializer_class(self) -> Any:
        return serializers.BookSerializer


class OwnList(generics.ListAPIView[Book]):
    queryset = Book.objects.all()
    serializer_class = serializers.BookSerializer

    def filter_queryset(self, queryset: Any) -> Any:
        return super().filter_queryset(queryset).select_related("author")


class Linked(generics.ListAPIView[Author]):
    queryset = Author.objects.all()
    serializer_class = serializers.LinkedSerializer


class LinkedByName(generics.ListAPIView[Author]):
    queryset = Author.objects.all()
    serializer_class = serializers.LinkedByNameSerializer


class LinkedByNameLoaded(generics.ListAPIView[Author]):
    queryset = Author.objects.select_related("country")
    serializer_class = serializers.LinkedByNameSerializer


class LinkedMany(generics.ListAPIView[Author]):
    queryset = Author.objects.all()
    serializer_class = serializers.LinkedManySerializer


class LinkedManyLoaded(generics.ListAPIView[Author]):
    queryset = Author.objects.prefetch_related("books")
    serializer_class = serializers.LinkedManySerializer
