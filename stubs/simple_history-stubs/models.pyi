from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeAlias, overload

from asgiref.local import Local as LocalContext
from django.db import models
from django.db.models import Field, ManyToManyField, Model
from django.db.models.expressions import Combinable
from django.db.models.fields.related import ForeignKey, OneToOneField
from django.db.models.fields.related_descriptors import (
    ForwardManyToOneDescriptor,
    ForwardOneToOneDescriptor,
    ReverseManyToOneDescriptor,
    ReverseOneToOneDescriptor,
)
from django.db.models.manager import Manager
from django.utils.functional import _StrOrPromise
from simple_history.manager import HistoricalQuerySet, HistoryManager, _InstanceHistoryManager
from typing_extensions import Self, TypeVar

_M = TypeVar("_M", bound=Model)
_Model_co = TypeVar("_Model_co", bound=Model, default=Any, covariant=True)
_Manager = TypeVar("_Manager", bound=HistoryManager[Any] | None, default=None)
_QuerySet = TypeVar("_QuerySet", bound=HistoricalQuerySet[Any, Any] | None, default=None)
_ST = TypeVar("_ST", contravariant=True, default=Any)
_GT = TypeVar("_GT", covariant=True, default=Any)

# By table.
registered_models: dict[str, type[Model]]

# In a class body it stands for the manager that takes its place once the class is complete, so its __get__ is that of
# HistoryDescriptor. The type arguments are the project's own manager and query set, where it names them.
class HistoricalRecords(Generic[_Manager, _QuerySet]):
    DEFAULT_MODEL_NAME_PREFIX: str
    thread: ClassVar[LocalContext]
    context: ClassVar[LocalContext]
    m2m_models: ClassVar[dict[ManyToManyField[Any, Any], type[HistoricalChanges[Any]]]]
    user_set_verbose_name: _StrOrPromise | None
    user_set_verbose_name_plural: _StrOrPromise | None
    user_related_name: str
    user_db_constraint: bool
    table_name: str | None
    inherit: bool
    history_id_field: Field[Any, Any] | None
    history_change_reason_field: Field[Any, Any] | None
    user_model: type[Model] | str | None
    get_user: Callable[..., Any]
    cascade_delete_history: bool
    custom_model_name: str | Callable[[str], str] | None
    app: str | None
    user_id_field: Field[Any, Any] | None
    user_getter: Callable[[Any], Any]
    user_setter: Callable[[Any, Any], None]
    related_name: str | None
    use_base_model_db: bool
    history_manager: type[HistoryManager[Any]]
    historical_queryset: type[HistoricalQuerySet[Any, Any]]
    m2m_fields: Iterable[str | ManyToManyField[Any, Any]]
    m2m_fields_model_field_name: str
    no_db_index: Collection[str]
    excluded_fields: Collection[str]
    excluded_field_kwargs: Mapping[str, Collection[str]]
    bases: tuple[type[Any], ...]
    m2m_bases: tuple[type[Any], ...]
    # From here on: once it is in a class.
    manager_name: str
    module: str
    cls: type[Model]
    # get_user: called with instance= and request=.
    def __init__(
        self,
        verbose_name: _StrOrPromise | None = None,
        verbose_name_plural: _StrOrPromise | None = None,
        bases: Sequence[type[Any]] = ...,
        user_related_name: str = "+",
        table_name: str | None = None,
        inherit: bool = False,
        excluded_fields: Collection[str] | None = None,
        history_id_field: Field[Any, Any] | None = None,
        history_change_reason_field: Field[Any, Any] | None = None,
        user_model: type[Model] | str | None = None,
        get_user: Callable[..., Any] = ...,
        cascade_delete_history: bool = False,
        custom_model_name: str | Callable[[str], str] | None = None,
        app: str | None = None,
        history_user_id_field: Field[Any, Any] | None = None,
        history_user_getter: Callable[[Any], Any] = ...,
        history_user_setter: Callable[[Any, Any], None] = ...,
        related_name: str | None = None,
        use_base_model_db: bool = False,
        user_db_constraint: bool = True,
        no_db_index: str | Collection[str] = ...,
        excluded_field_kwargs: Mapping[str, Collection[str]] | None = None,
        history_manager: type[_Manager] = ...,
        historical_queryset: type[_QuerySet] = ...,
        m2m_fields: Iterable[str | ManyToManyField[Any, Any]] = (),
        m2m_fields_model_field_name: str = "_history_m2m_fields",
        m2m_bases: Sequence[type[Any]] = ...,
    ) -> None: ...
    @overload
    def __get__(
        self: HistoricalRecords[None, None], instance: None, owner: type[_M]
    ) -> HistoryManager[HistoricalChanges[_M]]: ...
    @overload
    def __get__(
        self: HistoricalRecords[None, None], instance: _M, owner: object
    ) -> _InstanceHistoryManager[HistoricalChanges[_M]]: ...
    @overload
    def __get__(self: HistoricalRecords[_Manager, None], instance: Model | None, owner: object) -> _Manager: ...
    # The manager is made of the project's query set at run time.
    @overload
    def __get__(self, instance: Model | None, owner: object) -> Any: ...
    def contribute_to_class(self, cls: type[Model], name: str) -> None: ...
    def add_extra_methods(self, cls: type[Model]) -> None: ...
    def finalize(self, sender: type[Model], **kwargs: Any) -> None: ...
    def get_history_model_name(self, model: type[Model]) -> str: ...
    def create_history_m2m_model(
        self, model: type[Model], through_model: type[Model]
    ) -> type[HistoricalChanges[Any]]: ...
    def create_history_model(self, model: type[_M], inherited: bool) -> type[HistoricalChanges[_M]]: ...
    def fields_included(self, model: type[Model] | Model) -> list[Field[Any, Any]]: ...
    def field_excluded_kwargs(self, field: Field[Any, Any]) -> Collection[str]: ...
    def copy_fields(self, model: type[Model]) -> dict[str, Field[Any, Any]]: ...
    def get_extra_fields_m2m(
        self, model: type[Model], through_model: type[Model], fields: Mapping[str, Field[Any, Any]]
    ) -> dict[str, Any]: ...
    def get_extra_fields(self, model: type[Model], fields: Mapping[str, Field[Any, Any]]) -> dict[str, Any]: ...
    def get_meta_options_m2m(self, through_model: type[Model]) -> dict[str, Any]: ...
    def get_meta_options(self, model: type[Model]) -> dict[str, Any]: ...
    def post_save(self, instance: Model, created: bool, using: str | None = None, **kwargs: Any) -> None: ...
    def post_delete(self, instance: Model, using: str | None = None, **kwargs: Any) -> None: ...
    def pre_delete(self, instance: Model, **kwargs: Any) -> None: ...
    def get_change_reason_for_object(self, instance: Model, history_type: str, using: str | None) -> str | None: ...
    def m2m_changed(
        self, instance: Model, action: str, attr: str, pk_set: set[Any] | None, reverse: bool, **_: Any
    ) -> None: ...
    def create_historical_record_m2ms(self, history_instance: HistoricalChanges[_M], instance: _M) -> None: ...
    def create_historical_record(self, instance: Model, history_type: str, using: str | None = None) -> None: ...
    # A user, or what else the project's get_user answers.
    def get_history_user(self, instance: Model) -> Any: ...
    def get_m2m_fields_from_model(self, model: type[Model]) -> list[ManyToManyField[Any, Any]]: ...

def transform_field(field: Field[Any, Any]) -> None: ...

class HistoricDescriptorMixin:
    def get_queryset(self, **hints: Any) -> models.QuerySet[Any]: ...

class HistoricForwardManyToOneDescriptor(HistoricDescriptorMixin, ForwardManyToOneDescriptor[Any]):
    def get_related_model(self) -> type[Model]: ...

class HistoricReverseManyToOneDescriptor(ReverseManyToOneDescriptor[Any]): ...

class HistoricForeignKey(ForeignKey[_ST, _GT]):
    forward_related_accessor_class: type[HistoricForwardManyToOneDescriptor]
    related_accessor_class: type[HistoricReverseManyToOneDescriptor]

class HistoricForwardOneToOneDescriptor(HistoricDescriptorMixin, ForwardOneToOneDescriptor[Any]):
    def get_related_model(self) -> type[Model]: ...

class HistoricReverseOneToOneDescriptor(HistoricDescriptorMixin, ReverseOneToOneDescriptor[Any, Any]):
    def get_related_model(self) -> type[Model]: ...

class HistoricOneToOneField(OneToOneField[_ST, _GT]):
    forward_related_accessor_class: type[HistoricForwardOneToOneDescriptor]
    related_accessor_class: type[HistoricReverseOneToOneDescriptor]

def is_historic(instance: Model) -> bool: ...
def to_historic(instance: _M) -> HistoricalChanges[_M] | None: ...

class HistoricalObjectDescriptor:
    model: type[Model]
    fields_included: Iterable[Field[Any, Any]]
    def __init__(self, model: type[Model], fields_included: Iterable[Field[Any, Any]]) -> None: ...
    @overload
    def __get__(self, instance: None, owner: type[Model]) -> Self: ...
    @overload
    def __get__(self, instance: Model, owner: type[Model]) -> Any: ...

# At run time a plain class, from which the model of the records derives that HistoricalRecords makes, next to Model and
# to the project's own bases. Here it is that model: _Model_co is the model whose history it keeps, the attributes are
# the fields that every such model gets, and __getattr__ stands for the copies of the tracked model's fields.
class HistoricalChanges(models.Model, Generic[_Model_co]):
    # An int, a UUID, or what history_id_field says.
    history_id: Any
    history_date: models.DateTimeField[str | datetime | date | Combinable, datetime]
    history_change_reason: models.Field[str | Combinable | None, str | None]
    # "+" for created, "~" for changed, "-" for deleted.
    history_type: models.CharField[str | Combinable, str]
    # The user, whom only the project's settings or user_model name.
    history_user: Any
    history_user_id: Any
    history_relation: Any
    instance_type: type[_Model_co]
    tracked_fields: list[Field[Any, Any]]
    objects: ClassVar[Manager[Any]]
    class Meta:
        abstract: ClassVar = True

    @property
    def history_object(self) -> _Model_co: ...
    @property
    def instance(self) -> _Model_co: ...
    @property
    def next_record(self) -> Self | None: ...
    @property
    def prev_record(self) -> Self | None: ...
    def revert_url(self) -> str: ...
    @staticmethod
    def get_default_history_user(instance: Model) -> Any: ...
    def __getattr__(self, name: str) -> Any: ...
    def diff_against(
        self,
        old_history: HistoricalChanges[Any],
        excluded_fields: Iterable[str] | None = None,
        included_fields: Iterable[str] | None = None,
        *,
        foreign_keys_are_objs: bool = False,
    ) -> ModelDelta: ...

@dataclass(frozen=True)
class DeletedObject:
    model: type[Model]
    pk: Any

# A field's value, a related row or DeletedObject; of a many-to-many field a list of dicts of them.
ModelChangeValue: TypeAlias = Any

@dataclass(frozen=True)
class ModelChange:
    field: str
    old: ModelChangeValue
    new: ModelChangeValue

@dataclass(frozen=True)
class ModelDelta:
    changes: Sequence[ModelChange]
    changed_fields: Sequence[str]
    old_record: HistoricalChanges[Any]
    new_record: HistoricalChanges[Any]
