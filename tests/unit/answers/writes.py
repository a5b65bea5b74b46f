from typing import Any

from answers import ask
from answers.models import Owner


class Special(Owner):
    def save(self, *args: Any, **kwargs: Any) -> None:
        ask.is_write(super().save(*args, **kwargs))  # = true
        ask.is_write(super().full_clean())  # = false


class Form:
    def save(self) -> None: ...


async def writes(owner: Owner, names: set[str], numbers: dict[str, int], form: Form) -> None:
    ask.is_write(owner.save())  # = true
    ask.is_write(owner.delete())  # = true
    ask.is_write(Owner.objects.create())  # = true
    ask.is_write(Owner.objects.filter(pk=1).update(name="a"))  # = true
    ask.is_write(Owner.objects.filter(pk=1).delete())  # = true
    ask.is_write(Owner.objects.bulk_create([]))  # = true
    ask.is_write(Owner.objects.aupdate_or_create(pk=1))  # = true
    ask.is_write(owner.asave())  # = true
    ask.is_write(Owner.objects.get(pk=1))  # = false
    ask.is_write(owner.refresh_from_db())  # = false
    ask.is_write(names.add("a"))  # = false
    ask.is_write(numbers.update(a=1))  # = false
    ask.is_write(form.save())  # = false
