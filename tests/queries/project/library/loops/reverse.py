"""Reverse foreign keys and many-to-many relations."""

from __future__ import annotations

from django.db.models import Count, Prefetch

from library.models import Author, Book, Country, Publisher, Review, Tag


def read() -> None:
    for author in Author.objects.all():
        print(list(author.books.all()))


def prefetched() -> None:
    for author in Author.objects.prefetch_related("books"):
        print(list(author.books.all()))


def inner_loop() -> None:
    for author in Author.objects.all():
        for book in author.books.all():
            print(book.title)


def inner_loop_prefetched() -> None:
    for author in Author.objects.prefetch_related("books"):
        for book in author.books.all():
            print(book.title)


def filled_in() -> None:
    for author in Author.objects.prefetch_related("books"):
        for book in author.books.all():
            print(book.author.name)


def filled_in_by_the_manager() -> None:
    author = Author.objects.get(pk=1)
    for book in author.books.all():
        print(book.author.name)


def of_the_one_that_is_filled_in(author: Author) -> None:
    for book in author.books.all():
        print(book.author.country.name)
    for author in Author.objects.prefetch_related("books"):
        for book in author.books.all():
            print(book.author.country.name)


def filled_in_after_filter() -> None:
    author = Author.objects.get(pk=1)
    for book in author.books.filter(pages__gt=0):
        print(book.author.name)


def not_filled_in() -> None:
    author = Author.objects.get(pk=1)
    for book in author.books.all():
        print(book.publisher)


def methods_of_the_related_manager() -> None:
    for country in Country.objects.all():
        print(list(country.authors.named("Author 1")))
    for country in Country.objects.prefetch_related("authors"):
        for author in country.authors.named("Author 1"):
            print(author.name)


def kept_manager() -> None:
    for author in Author.objects.all():
        books = author.books
        print(books.count())


def kept_prefetched_manager() -> None:
    for author in Author.objects.prefetch_related("books"):
        books = author.books
        print(books.count(), list(books.all()))


def kept_prefetched_rows() -> None:
    for author in Author.objects.prefetch_related("books"):
        books = author.books.all()
        print(len(books), list(books.filter(pages=1)))


def joined_on_the_related_manager() -> None:
    author = Author.objects.get(pk=1)
    for book in author.books.select_related("publisher"):
        print(book.publisher)


def filled_in_with_what_it_has() -> None:
    for author in Author.objects.select_related("country").prefetch_related("books"):
        for book in author.books.all():
            print(book.author.country.name)


def further_relation() -> None:
    for author in Author.objects.prefetch_related("books"):
        for book in author.books.all():
            print(book.publisher)


def further_relation_prefetched() -> None:
    for author in Author.objects.prefetch_related("books__publisher"):
        for book in author.books.all():
            print(book.publisher)


def lazy() -> None:
    for author in Author.objects.all():
        author.books.all()
        author.books.filter(pages__gt=0)


def counted() -> None:
    for author in Author.objects.all():
        print(author.books.count())


def counted_by_the_database() -> None:
    for author in Author.objects.annotate(total=Count("books")):
        print(author.total)


def free_after_prefetch() -> None:
    for author in Author.objects.prefetch_related("books"):
        print(author.books.count())
        print(author.books.exists())
        print(len(author.books.all()))
        print(author.books.all()[0])
        print(author.books.all()[:2])
        print(bool(author.books.all()))
        print([book.title for book in author.books.all()])
        print(author.books.all().count())
        print(author.books.all().exists())
        if author.books.all():
            print("has books")


def asked_again_after_prefetch() -> None:
    for author in Author.objects.prefetch_related("books"):
        print(list(author.books.filter(pages__gt=0)))
        print(list(author.books.order_by("title")))
        print(author.books.first())
        print(author.books.last())
        print(list(author.books.values_list("title")))
        print(author.books.filter(pages=1).exists())
        print(author.books.all().filter(pages=1).count())
        print(author.books.exclude(pages=1).count())
        print(author.books.aggregate(total=Count("pk")))
        print(list(author.books.all().all()))
        print(list(author.books.all().iterator()))
        print(list(author.books.all().reverse()))
        print(list(author.books.select_related("publisher")))
        print(author.books.in_bulk())
        print(author.books.latest("pk"))


def ordered_first_is_free() -> None:
    for book in Book.objects.prefetch_related("reviews"):
        print(book.reviews.first())
        print(book.reviews.all().first())


def ordered_last_is_not() -> None:
    for book in Book.objects.prefetch_related("reviews"):
        print(book.reviews.last())


def tested() -> None:
    for author in Author.objects.all():
        if author.books.exists():
            print("has books")
        if not author.books.all():
            print("has none")


def looked_up() -> None:
    book = Book.objects.get(pk=1)
    for author in Author.objects.all():
        print(book in author.books.all())


def looked_up_prefetched() -> None:
    book = Book.objects.get(pk=1)
    for author in Author.objects.prefetch_related("books"):
        print(book in author.books.all())
        print(author.books.contains(book))


def kept_in_a_variable() -> None:
    for author in Author.objects.all():
        books = author.books.all()
        for book in books:
            print(book.title)


def kept_in_a_variable_lazily() -> None:
    for author in Author.objects.all():
        books = author.books.filter(pages__gt=0)
        print(books.query is not None)


def many_to_many() -> None:
    for book in Book.objects.all():
        print([editor.name for editor in book.editors.all()])


def many_to_many_prefetched() -> None:
    for book in Book.objects.prefetch_related("editors"):
        print([editor.name for editor in book.editors.all()])


def many_to_many_further() -> None:
    for book in Book.objects.prefetch_related("editors"):
        for editor in book.editors.all():
            print(editor.country.name)


def many_to_many_backwards() -> None:
    for author in Author.objects.all():
        print(list(author.edited.all()))


def many_to_many_backwards_prefetched() -> None:
    for author in Author.objects.prefetch_related("edited"):
        print(list(author.edited.all()))


def many_to_many_to_itself() -> None:
    for author in Author.objects.prefetch_related("mentors"):
        print(list(author.mentors.all()))
        print(list(author.pupils.all()))


def default_name() -> None:
    for book in Book.objects.all():
        print(list(book.chapter_set.all()))


def default_name_prefetched() -> None:
    for book in Book.objects.prefetch_related("chapter_set"):
        for chapter in book.chapter_set.all():
            print(chapter.book.title)


def name_of_an_abstract_parent() -> None:
    for author in Author.objects.all():
        print(list(author.reviews_written.all()))


def name_of_an_abstract_parent_prefetched() -> None:
    for author in Author.objects.prefetch_related("reviews_written"):
        for review in author.reviews_written.all():
            print(review.created_by.name)


def generic() -> None:
    for book in Book.objects.all():
        print(list(book.notes.all()))


def generic_prefetched() -> None:
    for book in Book.objects.prefetch_related("notes"):
        print(list(book.notes.all()))


def three_levels() -> None:
    for country in Country.objects.prefetch_related("publishers__books"):
        for publisher in country.publishers.all():
            for book in publisher.books.all():
                print(book.publisher, country.name)
                print(book.author.name)


def prefetch_object() -> None:
    books = Book.objects.select_related("publisher")
    for author in Author.objects.prefetch_related(Prefetch("books", queryset=books)):
        for book in author.books.all():
            print(book.publisher, book.author.name)


def prefetch_object_misses() -> None:
    for author in Author.objects.prefetch_related(Prefetch("books", queryset=Book.objects.filter(pages__gt=0))):
        for book in author.books.all():
            print(book.publisher)


def prefetch_to_attr() -> None:
    for author in Author.objects.prefetch_related(Prefetch("books", queryset=Book.objects.all(), to_attr="listed")):
        for book in author.listed:
            print(book.title)


def prefetch_to_attr_is_not_the_relation() -> None:
    for author in Author.objects.prefetch_related(Prefetch("books", queryset=Book.objects.all(), to_attr="listed")):
        for book in author.books.all():
            print(book.title)


def prefetch_through_to_attr() -> None:
    first = Prefetch("books", queryset=Book.objects.all(), to_attr="listed")
    for author in Author.objects.prefetch_related(first, "listed__reviews"):  # type: ignore[misc]
        for book in author.listed:
            print(list(book.reviews.all()))


def joined_then_prefetched() -> None:
    for book in Book.objects.select_related("author").prefetch_related("author__books"):
        print(book.author.name, list(book.author.books.all()))


def joined_then_asked() -> None:
    for book in Book.objects.select_related("author"):
        print(list(book.author.books.all()))


def both_unloaded() -> None:
    for book in Book.objects.all():
        print(list(book.author.books.all()))


def added() -> None:
    book = Book.objects.get(pk=1)
    for tag in Tag.objects.prefetch_related("books"):
        print(tag.books.all())
        tag.pk is not None and print(book.pk)


def of_filtered_rows() -> None:
    for review in Review.objects.filter(stars__gt=0).select_related("book__publisher__country"):
        print(review.book.publisher and review.book.publisher.country.name)


def of_publishers() -> None:
    for publisher in Publisher.objects.prefetch_related("authors__books"):
        for author in publisher.authors.all():
            for book in author.books.all():
                print(book.author.publisher)
