"""Kombu's broker of files, made safe for many quick messages; the setting `broker_transport` chooses it.

Kombu's own lets a consumer take a message whose file is open but not yet written, which ends the worker
(celery/kombu#1551). Here a message appears whole, and messages come in the order in which they were sent.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override] # Kombu's bases differ
        folder = Path(self.data_folder_out)
        name = f"{time.monotonic_ns()}_{uuid.uuid4()}.{queue}.msg"
        draft = folder / f"{name}.draft"
        draft.write_text(dumps(payload))
        draft.rename(folder / name)


class Transport(filesystem.Transport):
    Channel = Channel
