from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import ManyToManyField, Model
from django.db.models.manager import BaseManager
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalChanges
from typing_extensions import TypeVar

_M = TypeVar("_M", bound=Model)

def update_change_reason(instance: Model, reason: str | None) -> None: ...
def get_history_manager_for_model(model: type[_M] | _M) -> HistoryManager[HistoricalChanges[_M]]: ...
def get_history_manager_from_history(
    history_instance: HistoricalChanges[_M],
) -> HistoricalQuerySet[HistoricalChanges[_M]]: ...
def get_history_model_for_model(model: type[_M] | _M) -> type[HistoricalChanges[_M]]: ...
def get_app_model_primary_key_name(model: type[Model] | Model) -> str: ...
def get_m2m_field_name(m2m_field: ManyToManyField[Any, Any]) -> str: ...
def get_m2m_reverse_field_name(m2m_field: ManyToManyField[Any, Any]) -> str: ...
def bulk_create_with_history(
    objs: Iterable[_M],
    model: type[_M],
    batch_size: int | None = None,
    ignore_conflicts: bool = False,
    default_user: Any = None,
    default_change_reason: str | None = None,
    default_date: datetime | None = None,
    custom_historical_attrs: Mapping[str, Any] | None = None,
) -> list[_M]: ...
def bulk_update_with_history(
    objs: Sequence[_M],
    model: type[_M],
    fields: Sequence[str],
    batch_size: int | None = None,
    default_user: Any = None,
    default_change_reason: str | None = None,
    default_date: datetime | None = None,
    manager: BaseManager[_M] | None = None,
    custom_historical_attrs: Mapping[str, Any] | None = None,
) -> int: ...
def get_change_reason_from_object(obj: Model) -> str | None: ...
