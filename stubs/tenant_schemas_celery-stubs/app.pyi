from typing import Any

from celery import Celery
from celery.app.task import Task
from tenant_schemas_celery.task import TenantTask
from typing_extensions import TypeVar

_Task = TypeVar("_Task", bound=Task[Any, Any], default=TenantTask)

def get_schema_name_from_task(task: Task[Any, Any], kwargs: dict[str, Any]) -> str | None: ...
def switch_schema(task: TenantTask, kwargs: dict[str, Any], **kw: Any) -> None: ...
def restore_schema(task: TenantTask, **kwargs: Any) -> None: ...

# Its tasks are TenantTasks, unless task_cls= names another class.
class CeleryApp(Celery[_Task]):
    def create_task_cls(self) -> type[_Task]: ...
