"""A library: every kind of relation, every way to load one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Country(models.Model):
    name = models.CharField(max_length=50)


class Publisher(models.Model):
    name = models.CharField(max_length=50, unique=True)
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="publishers")


class AuthorQuerySet(models.QuerySet["Author"]):
    def with_books(self) -> AuthorQuerySet:
        return self.prefetch_related("books")

    def named(self, name: str) -> AuthorQuerySet:
        return self.filter(name=name)

    def complete(self) -> AuthorQuerySet:
        return self.with_books().select_related("country")


AuthorManager = models.Manager.from_queryset(AuthorQuerySet)


class Author(models.Model):
    name = models.CharField(max_length=50)
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="authors")
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="authors", null=True)
    mentors = models.ManyToManyField("self", symmetrical=False, related_name="pupils")

    objects = AuthorManager()

    def titles(self) -> list[str]:
        return [book.title for book in self.books.all()]

    @property
    def reviewed(self) -> models.QuerySet[Book]:
        return self.books.select_related("publisher")


class BookQuerySet(models.QuerySet["Book"]):
    def with_author(self) -> BookQuerySet:
        return self.select_related("author")

    def with_everything(self) -> BookQuerySet:
        rows = self.with_author()
        rows = rows.prefetch_related("reviews", "editors")
        return rows.select_related("author__country")

    def long(self) -> BookQuerySet:
        return self.filter(pages__gt=0)


class PublishedManager(models.Manager["Book"]):
    def get_queryset(self) -> models.QuerySet[Book]:
        return super().get_queryset().select_related("author", "publisher")

    def recent(self) -> models.QuerySet[Book]:
        return self.get_queryset().order_by("-pk")


class StrangeManager(models.Manager["Book"]):
    """A manager that nobody can read."""

    def get_queryset(self) -> models.QuerySet[Book]:
        name = "select_" + "related"
        rows: models.QuerySet[Book] = getattr(super().get_queryset(), name)("author")
        return rows


class BookManager(models.Manager["Book"]):
    def get_queryset(self) -> BookQuerySet:
        return BookQuerySet(self.model, using=self._db)


class Book(models.Model):
    title = models.CharField(max_length=50)
    pages = models.IntegerField(default=1)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="books", null=True)
    editors = models.ManyToManyField(Author, related_name="edited")
    notes = GenericRelation("Note")

    objects = BookManager()
    published = PublishedManager()
    strange = StrangeManager()


class Textbook(Book):
    subject = models.CharField(max_length=50)


class Profile(models.Model):
    author = models.OneToOneField(Author, on_delete=models.CASCADE, related_name="profile")
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="+")


class Stamped(models.Model):
    created_by = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="%(class)ss_written")

    class Meta:
        abstract = True


class Review(Stamped):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    stars = models.IntegerField(default=3)

    class Meta:
        ordering: ClassVar[list[str]] = ["-stars", "pk"]


class Chapter(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    title = models.CharField(max_length=50)


class Tag(models.Model):
    name = models.CharField(max_length=50)
    books = models.ManyToManyField(Book, related_name="tags")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = self.name.lower()
        super().save(*args, **kwargs)


class Note(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    about = GenericForeignKey("content_type", "object_id")
    text = models.CharField(max_length=50)


class Loan(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="loans")
    reader = models.CharField(max_length=50)
