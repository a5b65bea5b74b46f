"""The same with ``async``."""

from __future__ import annotations

from library.models import Author, Book, Loan


async def read() -> None:
    async for author in Author.objects.all():
        print([book.title async for book in author.books.all()])


async def prefetched() -> None:
    async for author in Author.objects.prefetch_related("books"):
        print([book.title async for book in author.books.all()])


async def joined() -> None:
    async for book in Book.objects.select_related("author"):
        print(book.author.name)


async def counted() -> None:
    async for author in Author.objects.all():
        print(await author.books.acount())


async def counted_prefetched() -> None:
    async for author in Author.objects.prefetch_related("books"):
        print(await author.books.acount())


async def first_prefetched() -> None:
    async for author in Author.objects.prefetch_related("books"):
        print(await author.books.afirst())


async def got(keys: list[int]) -> None:
    for key in keys:
        print(await Book.objects.aget(pk=key))


async def got_in_bulk(keys: list[int]) -> None:
    books = await Book.objects.ain_bulk(keys)
    for key in keys:
        print(books[key])


async def created(names: list[str]) -> None:
    for name in names:
        await Loan.objects.acreate(book_id=1, reader=name)


async def comprehended(keys: list[int]) -> None:
    print([await Book.objects.filter(author_id=key).acount() for key in keys])
