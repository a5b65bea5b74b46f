"""What the command line asks of the child process in which mypy runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Request:
    """What to check.

    Attributes:
        paths: files and folders; none means what mypy's configuration names, else the current folder.
        config_file: the file to read instead of the one that mypy finds.
        plugin_config: where mypy finds no configuration, the file that the plugin reads its options from.
        jobs: the number of mypy's workers, None for what the configuration says.
        diagnose: whether the results are to hold a diagnosis.
    """

    paths: tuple[str, ...] = ()
    config_file: str | None = None
    plugin_config: str | None = None
    jobs: int | None = None
    diagnose: bool = False

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        values = json.loads(text)
        return cls(**{**values, "paths": tuple(values["paths"])})
