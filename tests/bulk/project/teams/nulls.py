# select: race-get-or-create
"""Constraints that hold where a column is not null."""

from teams.models import Bug


def find(number: int, maybe: int | None) -> None:
    Bug.objects.get_or_create(number=number)
    Bug.objects.get_or_create(number=3)
    Bug.objects.update_or_create(number=number, defaults={"jira": 1})
    Bug.objects.get_or_create(number=None)  # E: race-get-or-create
    Bug.objects.get_or_create(jira=3)  # E: race-get-or-create
    Bug.objects.get_or_create(jira=3, number=number)
    Bug.objects.get_or_create(jira=3, number__isnull=False)
    if not Bug.objects.filter(number=number).exists():
        Bug.objects.create(number=number)
