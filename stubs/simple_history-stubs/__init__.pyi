from typing import Any

from django.db.models import Model
from simple_history.models import HistoricalRecords

__version__: str

# records_config: what records_class takes. The manager is put on the model at run time, so no checker sees it there.
def register(
    model: type[Model],
    app: str | None = None,
    manager_name: str = "history",
    records_class: type[HistoricalRecords[Any, Any]] | None = None,
    table_name: str | None = None,
    **records_config: Any,
) -> None: ...
