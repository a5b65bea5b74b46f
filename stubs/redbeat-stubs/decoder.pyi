import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol, SupportsIndex, TypeAlias, type_check_only

from typing_extensions import TypeVar

_T_co = TypeVar("_T_co", covariant=True)

# A list or a tuple. bytes and range are none: they differ in the parameter of __contains__ or have no __mul__.
@type_check_only
class _Array(Protocol[_T_co]):
    def __contains__(self, item: object, /) -> bool: ...
    def __mul__(self, times: SupportsIndex, /) -> Sequence[_T_co]: ...

# The same again for the arguments as a whole: ty does not look into a protocol that stands inside itself.
@type_check_only
class _Arguments(Protocol[_T_co]):
    def __contains__(self, item: object, /) -> bool: ...
    def __mul__(self, times: SupportsIndex, /) -> Sequence[_T_co]: ...

# The values of a TypedDict are all object to a protocol, so it is known by its class attribute. ty and pyrefly do not
# see that one: there a TypedDict is refused.
@type_check_only
class _TypedDict(Protocol):
    __required_keys__: ClassVar[frozenset[str]]

# What RedBeatJSONEncoder writes into Redis and Kombu can send afterwards: plain JSON and datetimes. Kombu's encoder has
# no part in the writing, so a date, a Decimal and a UUID are refused. What is nested is seen as deep as it goes, if with
# less care: there bytes pass for a sequence.
_Scalar: TypeAlias = bool | int | float | str | datetime | _TypedDict | None
_Nested: TypeAlias = _Scalar | Sequence[_Nested] | Mapping[str, _Nested] | Mapping[int, _Nested]
_Stored: TypeAlias = _Scalar | _Array[_Nested] | Mapping[str, _Nested] | Mapping[int, _Nested]
_StoredArgs: TypeAlias = _Arguments[_Stored]
_StoredKwargs: TypeAlias = Mapping[str, _Stored] | _TypedDict

def to_timestamp(dt: datetime) -> int: ...
def get_utcoffset_minutes(dt: datetime) -> float: ...
def from_timestamp(seconds: float, tz_minutes: float = 0) -> datetime: ...

class RedBeatJSONDecoder(json.JSONDecoder):
    # What json.JSONDecoder takes, but object_hook.
    def __init__(self, *args: Any, **kargs: Any) -> None: ...
    def dict_to_object(self, d: dict[str, Any]) -> Any: ...

class RedBeatJSONEncoder(json.JSONEncoder):
    def default(self, obj: Any) -> Any: ...  # pyright: ignore[reportIncompatibleMethodOverride]
