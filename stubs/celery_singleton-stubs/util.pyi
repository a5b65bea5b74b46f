from collections.abc import Mapping, Sequence
from typing import TypeAlias

# json.dumps makes the key, with no help from Kombu's encoder: a date or a UUID is refused here.
_JSON: TypeAlias = bool | int | float | str | Sequence[_JSON] | Mapping[str, _JSON] | None

def generate_lock(
    task_name: str,
    task_args: Sequence[_JSON] | None = None,
    task_kwargs: Mapping[str, _JSON] | None = None,
    key_prefix: str = "SINGLETONLOCK_",
) -> str: ...
