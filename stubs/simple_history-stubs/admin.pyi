from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalChanges
from simple_history.template_utils import HistoricalRecordContextHelper
from typing_extensions import TypeVar

_M = TypeVar("_M", bound=Model, default=Any)

SIMPLE_HISTORY_EDIT: bool

class SimpleHistoryAdmin(admin.ModelAdmin[_M]):
    history_list_display: Sequence[str]
    object_history_list_template: str
    object_history_form_template: str
    history_list_per_page: int
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse: ...
    def get_history_queryset(
        self, request: HttpRequest, history_manager: HistoryManager[HistoricalChanges[_M]], pk_name: str, object_id: Any
    ) -> QuerySet[Any]: ...
    def get_history_list_display(self, request: HttpRequest) -> Sequence[str]: ...
    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: HistoricalChanges[_M]
    ) -> HistoricalRecordContextHelper: ...
    def set_history_delta_changes(
        self,
        request: HttpRequest,
        historical_records: Sequence[HistoricalChanges[_M]],
        foreign_keys_are_objs: bool = True,
    ) -> None: ...
    def history_view_title(self, request: HttpRequest, obj: _M) -> str: ...
    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse: ...
    def history_form_view_title(self, request: HttpRequest, obj: _M) -> str: ...
    def render_history_view(
        self, request: HttpRequest, template: str, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse: ...
    @property
    def content_type_model_cls(self) -> type[ContentType]: ...
    def revert_disabled(self, request: HttpRequest, obj: _M | None = None) -> bool: ...
    def has_view_history_or_change_history_permission(self, request: HttpRequest, obj: _M | None = None) -> bool: ...
    def has_view_history_permission(self, request: HttpRequest, obj: _M | None = None) -> bool: ...
    def has_change_history_permission(self, request: HttpRequest, obj: _M | None = None) -> bool: ...
    @property
    def enforce_history_permissions(self) -> bool: ...
