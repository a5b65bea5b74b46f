from collections.abc import Mapping, Sequence
from typing import Any

from celery.contrib.django.task import DjangoTask
from celery.contrib.django.task import DjangoTask as BaseTask
from tenant_schemas_celery.cache import SimpleCache
from typing_extensions import ParamSpec, TypeVar

_P = ParamSpec("_P", default=...)
_R_co = TypeVar("_R_co", covariant=True, default=Any)

# One cache for the whole process.
class SharedTenantCache(SimpleCache):
    def __init__(self) -> None: ...

def headers_with_schema(headers: Mapping[str, Any] | None) -> Mapping[str, Any]: ...

# From Celery 5.4 on a DjangoTask.
class TenantTask(DjangoTask[_P, _R_co]):
    tenant_cache_seconds: int | None
    tenant_databases: Sequence[str] | None
    @classmethod
    def get_tenant_databases(cls) -> Sequence[str]: ...
    @classmethod
    def tenant_cache(cls) -> SimpleCache: ...
    # A row of the project's tenant model.
    @classmethod
    def get_tenant_for_schema(cls, schema_name: str) -> Any: ...
