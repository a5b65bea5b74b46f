from typing import Any, ClassVar

from django.apps import apps
from django.core.management.base import BaseCommand

get_model = apps.get_model

class Command(BaseCommand):
    args: ClassVar[str]
    COMMAND_HINT: ClassVar[str]
    MODEL_NOT_FOUND: ClassVar[str]
    MODEL_NOT_HISTORICAL: ClassVar[str]
    NO_REGISTERED_MODELS: ClassVar[str]
    START_SAVING_FOR_MODEL: ClassVar[str]
    DONE_SAVING_FOR_MODEL: ClassVar[str]
    EXISTING_HISTORY_FOUND: ClassVar[str]
    INVALID_MODEL_ARG: ClassVar[str]
    verbosity: int
    def handle(self, *args: Any, **options: Any) -> None: ...
