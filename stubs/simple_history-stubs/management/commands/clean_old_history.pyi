from typing import Any, ClassVar

from simple_history.management.commands import populate_history

class Command(populate_history.Command):
    DONE_CLEANING_FOR_MODEL: ClassVar[str]
    def log(self, message: str, verbosity_level: int = 1) -> None: ...
    def handle(self, *args: Any, **options: Any) -> None: ...
