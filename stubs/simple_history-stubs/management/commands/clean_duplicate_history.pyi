from typing import Any, ClassVar

from simple_history.management.commands import populate_history

class Command(populate_history.Command):
    DONE_CLEANING_FOR_MODEL: ClassVar[str]
    excluded_fields: list[str] | None
    base_manager: bool | None
    def log(self, message: str, verbosity_level: int = 1) -> None: ...
    def handle(self, *args: Any, **options: Any) -> None: ...
