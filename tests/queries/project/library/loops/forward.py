"""Foreign keys and one-to-one relations."""

from __future__ import annotations

from library.models import Author, Book, Note, Profile, Review, Textbook


def read() -> None:
    for book in Book.objects.all():
        print(book.author.name)


def joined() -> None:
    for book in Book.objects.select_related("author"):
        print(book.author.name)


def column() -> None:
    for book in Book.objects.all():
        print(book.author_id)


def primary_key() -> None:
    for book in Book.objects.all():
        print(book.author.pk)


def twice() -> None:
    for book in Book.objects.all():
        print(book.author.name)
        print(book.author.pk)


def on_one_branch() -> None:
    for book in Book.objects.all():
        if book.pages > 1:
            print(book.author.name)
        print(book.author.pk)


def on_every_branch() -> None:
    for book in Book.objects.all():
        if book.pages > 1:
            print(book.author.name)
        else:
            print(book.author.pk)
        print(book.author.pk)


def after_a_continue() -> None:
    for book in Book.objects.all():
        if book.pages > 1:
            continue
        print(book.author)


def assigned_before() -> None:
    author = Author.objects.get(pk=1)
    for book in Book.objects.all():
        book.author = author
        print(book.author.name)


def deeper() -> None:
    for book in Book.objects.select_related("author"):
        print(book.author.country.name)


def deeper_joined() -> None:
    for book in Book.objects.select_related("author__country"):
        print(book.author.country.name, book.author.name)


def deeper_from_nothing() -> None:
    for book in Book.objects.all():
        print(book.author.country.name)


def cleared() -> None:
    for book in Book.objects.select_related("author").select_related(None):
        print(book.author.name)


def joined_twice() -> None:
    for book in Book.objects.select_related("author").select_related("publisher"):
        print(book.author.name, book.publisher)


def all_joined() -> None:
    for book in Book.objects.select_related():
        print(book.author.country.name)


def null_is_not_joined() -> None:
    for book in Book.objects.select_related():
        print(book.publisher)


def names_after_all_joined() -> None:
    for book in Book.objects.select_related().select_related("publisher"):
        print(book.publisher)
        print(book.author)


def prefetched() -> None:
    for book in Book.objects.prefetch_related("author"):
        print(book.author.name)


def prefetched_deeper() -> None:
    for book in Book.objects.prefetch_related("author__country"):
        print(book.author.country.name)


def prefetch_cleared() -> None:
    for book in Book.objects.prefetch_related("author").prefetch_related(None):
        print(book.author.name)


def joined_after_filter() -> None:
    for book in Book.objects.filter(pages__gt=0).select_related("author").order_by("title").distinct():
        print(book.author.name)


def only_joined() -> None:
    for book in Book.objects.select_related("author").only("title", "author__name"):
        print(book.author.name)


def only() -> None:
    for book in Book.objects.only("title", "author"):
        print(book.author.name)


def deferred() -> None:
    for book in Book.objects.select_related("author").defer("pages"):
        print(book.author.name)


def aliased_in_the_turn() -> None:
    for book in Book.objects.select_related("author"):
        author = book.author
        print(author.name)
        print(author.country.name)


def one_to_one() -> None:
    for profile in Profile.objects.all():
        print(profile.author.name)


def one_to_one_joined() -> None:
    for profile in Profile.objects.select_related("author"):
        print(profile.author.name)
        print(profile.author.profile.pk)


def reverse_one_to_one() -> None:
    for author in Author.objects.all():
        print(author.profile.pk)


def reverse_one_to_one_joined() -> None:
    for author in Author.objects.select_related("profile"):
        print(author.profile.pk)
        print(author.profile.author.name)


def reverse_one_to_one_deeper() -> None:
    for author in Author.objects.select_related("profile"):
        print(author.profile.country.name)


def of_an_abstract_parent() -> None:
    for review in Review.objects.all():
        print(review.created_by.name)


def of_an_abstract_parent_joined() -> None:
    for review in Review.objects.select_related("created_by"):
        print(review.created_by.name)


def of_a_parent_table() -> None:
    for textbook in Textbook.objects.all():
        print(textbook.author.name)


def of_a_parent_table_joined() -> None:
    for textbook in Textbook.objects.select_related("author"):
        print(textbook.author.name)


def generic() -> None:
    for note in Note.objects.all():
        print(note.about)


def generic_prefetched() -> None:
    for note in Note.objects.prefetch_related("about"):
        print(note.about)


def in_comprehensions() -> None:
    print([book.author.name for book in Book.objects.all()])
    print({book.pk: book.author.name for book in Book.objects.all()})
    print({book.author.name for book in Book.objects.all()})
    print(sum(book.author.pk for book in Book.objects.all()))
    print([book.title for book in Book.objects.all() if book.author.name])


def in_comprehensions_joined() -> None:
    print([book.author.name for book in Book.objects.select_related("author")])
    print({book.pk: book.author.name for book in Book.objects.select_related("author")})


def in_an_f_string() -> None:
    for book in Book.objects.all():
        print(f"{book.title} by {book.author.name}")


def outside() -> None:
    book = None
    for book in Book.objects.all():
        print(book.title)
    if book:
        print(book.author.name)


def single() -> None:
    print(Book.objects.get(pk=1).author.name)
    book = Book.objects.first()
    if book is not None:
        print(book.author.name)


def first_turn_only() -> None:
    for book in Book.objects.all():
        print(book.author.name)
        break


def few() -> None:
    for book in Book.objects.all()[:3]:
        print(book.author.name)


def nested_loops() -> None:
    for book in Book.objects.all():
        for letter in book.title:
            print(letter, book.author.name)


def in_a_second_loop_over_the_same_rows() -> None:
    books = Book.objects.all()
    for book in books:
        print(book.author.name)
    for other in books:
        print(other.author.name)
        print(other.publisher)
    books = Book.objects.all()
    for book in books:
        print(book.author.name)
