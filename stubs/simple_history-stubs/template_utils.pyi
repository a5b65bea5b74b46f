from typing import Any, ClassVar

from django.db.models import Model
from django.utils.safestring import SafeString
from simple_history.models import HistoricalChanges, ModelChange, ModelChangeValue, ModelDelta

def conditional_str(obj: Any) -> str: ...
def is_safe_str(s: Any) -> bool: ...

class HistoricalRecordContextHelper:
    DEFAULT_MAX_DISPLAYED_DELTA_CHANGE_CHARS: ClassVar[int]
    model: type[Model]
    record: HistoricalChanges[Any]
    max_displayed_delta_change_chars: int
    def __init__(
        self,
        model: type[Model],
        historical_record: HistoricalChanges[Any],
        *,
        max_displayed_delta_change_chars: int = 100,
    ) -> None: ...
    # A dict with field, old and new for each change.
    def context_for_delta_changes(self, delta: ModelDelta) -> list[dict[str, Any]]: ...
    def format_delta_change(self, change: ModelChange) -> ModelChange: ...
    def prepare_delta_change_value(self, change: ModelChange, value: ModelChangeValue) -> Any: ...
    def stringify_delta_change_values(
        self, change: ModelChange, old: Any, new: Any
    ) -> tuple[SafeString, SafeString]: ...
    def get_obj_diff_display(self) -> ObjDiffDisplay: ...

class ObjDiffDisplay:
    max_length: int
    placeholder_len: int
    min_begin_len: int
    min_end_len: int
    min_common_len: int
    min_diff_len: int
    def __init__(
        self,
        *,
        max_length: int = 80,
        placeholder_len: int = 12,
        min_begin_len: int = 5,
        min_end_len: int = 5,
        min_common_len: int = 5,
    ) -> None: ...
    def common_shorten_repr(self, *args: Any) -> tuple[str, ...]: ...
    def shorten(self, s: str, prefix_len: int, suffix_len: int) -> str: ...
    def shortened_str(self, prefix: str, num_skipped_chars: int, suffix: str) -> str: ...
