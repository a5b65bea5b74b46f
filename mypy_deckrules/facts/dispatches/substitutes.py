"""What to send instead of a value that cannot travel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mypy.nodes import TypeInfo

from mypy_deckrules import names

PARTS: Final = "the plain values that the task needs of it"

CLASS_NAME: Final = "its name"

BY_CLASS: Final[Mapping[str, str]] = {
    "pydantic.main.BaseModel": 'its .model_dump(mode="json")',
    "msgspec.Struct": "msgspec.to_builtins(...)",
    # Plain text, numbers and bytes
    "builtins.bytearray": "bytes(...)",
    "builtins.memoryview": "bytes(...)",
    "builtins.complex": "its .real and .imag",
    "datetime.timedelta": "its .total_seconds()",
    "datetime.time": "its .isoformat()",
    "decimal.Decimal": "str(...)",
    "fractions.Fraction": "str(...)",
    "uuid.UUID": "str(...)",
    "collections.UserString": "str(...)",
    "pathlib.PurePath": "str(...)",
    "os.PathLike": "os.fspath(...)",
    "ipaddress._IPAddressBase": "str(...)",
    "ipaddress._BaseAddress": "str(...)",
    "zoneinfo.ZoneInfo": "its .key",
    "re.Pattern": "its .pattern",
    "django.utils.functional.Promise": "str(...)",
    "builtins.str": "str(...)",
    "builtins.int": "int(...)",
    "builtins.float": "float(...)",
    "builtins.bytes": "its base64 text",
    "builtins.BaseException": "str(...)",
    # Code
    names.TASK: "its .name, or a signature of it",
    "builtins.function": "its name",
    "builtins.type": CLASS_NAME,
    "types.ModuleType": "its name",
    # Results, responses, files
    "celery.result.ResultBase": "its .id",
    "django.db.models.fields.files.FieldFile": "its .name",
    "typing.IO": "its path or its content",
    "io.IOBase": "its path or its content",
    "_io._IOBase": "its path or its content",
    "requests.models.Response": "what the task needs of it: its .status_code, .text or .json()",
    "httpx.Response": "what the task needs of it: its .status_code, .text or .json()",
    "httpx._models.Response": "what the task needs of it: its .status_code, .text or .json()",
    # numpy and pandas
    "numpy.generic": "its .item()",
    "numpy.ndarray": "its .tolist()",
    "pandas.core.frame.DataFrame": 'its .to_dict("records")',
    "pandas.core.series.Series": "its .tolist()",
    "pandas.core.indexes.base.Index": "its .tolist()",
}

BY_METADATA: Final[Mapping[str, str]] = {
    "dataclass": "dataclasses.asdict(...)",
    "dataclass_tag": "dataclasses.asdict(...)",
    "attrs": "attrs.asdict(...)",
    "attrs_tag": "attrs.asdict(...)",
}
"""What mypy's own plugins leave at a class."""

BY_PROTOCOL: Final[Mapping[str, str]] = {
    "typing.Mapping": "dict(...)",
    "builtins.dict": "dict(...)",
    "typing.Awaitable": "what it returns",
    "typing.AsyncIterable": "a list of its items",
    "typing.Iterable": "a list",
}


def substitute(info: TypeInfo) -> str:
    """What to send instead of an instance of a class: ``a list``, ``its .value``."""
    if info.is_enum:
        return "its .value"
    for base in info.mro:
        if base.fullname in BY_CLASS:
            return BY_CLASS[base.fullname]
    for base in info.mro:
        for plugin, instead in BY_METADATA.items():
            if plugin in base.metadata:
                return instead
    return next((BY_PROTOCOL[base.fullname] for base in info.mro if base.fullname in BY_PROTOCOL), PARTS)
