"""What mypy knows of tasks with celery-types alone and with the plugin: the rows of ``docs/restored-types.md``.

python -m tests.restored.table > docs/restored-types.md
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

HEAD: Final = """\
from typing import Any
from celery import Celery, Task, chain, chord, current_app, group, shared_task, signature
from shop.apps import Application, create_application
from shop.bases import Once
from shop.models import Key
app = Celery("shop")
"""
FILES: Final = {
    "__init__.py": "",
    "models.py": "from django.db import models\nclass Key(int): ...\n",
    "bases.py": "from celery import Task\nclass Once(Task):\n    once = 1\n",
    "apps.py": (
        "from celery import Celery\n"
        "class Application(Celery):\n    task_cls = 'shop.bases:Once'\n"
        "def create_application():\n    return Celery('shop')\n"
    ),
}
CONFIG: Final = """\
[mypy]
{plugins}check_untyped_defs = true
disable_error_code = empty-body
[mypy.plugins.deckrules]
select = task-signature
"""

TASKS: Final = """\
@app.task
def ship(key: Key, express: bool = False) -> str: return ""
@shared_task
def tell(address: str) -> None: ...
@app.task
def total(keys: list[Key]) -> None: ...
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A definition, and an expression whose type is asked."""

    code: str
    probe: str = "ship"

    def program(self) -> str:
        return f"{HEAD}{self.code}\nreveal_type({self.probe})\n"


@dataclass(frozen=True, slots=True)
class Sent:
    """A call of one of ``TASKS``, and whether Celery and the task can do with it."""

    code: str
    is_right: bool

    def program(self) -> str:
        return f"{HEAD}{TASKS}{self.code}\n"


ASKED: Final = tuple(
    Asked(*code)
    for code in (
        ("@shared_task\ndef ship(key: Key) -> Key: ...",),
        ("@shared_task()\ndef ship(key: Key) -> Key: ...",),
        ("@shared_task(name='ship', queue='slow')\ndef ship(key: Key) -> Key: ...",),
        ("@shared_task(bind=True)\ndef ship(self, key: Key) -> Key: ...",),
        ("@shared_task(bind=True)\ndef ship(self: Task[..., Key], key: Key) -> Key: ...",),
        ("@shared_task(base=Once)\ndef ship(key: Key) -> Key: ...",),
        ("@shared_task(bind=True, base=Once)\ndef ship(self: Once, key: Key) -> Key: ...",),
        ("@shared_task(soft_time_limit=1.5)\ndef ship(key: Key) -> Key: ...",),
        ("@shared_task(on_failure=print)\ndef ship(key: Key) -> Key: ...",),
        ("def _ship(key: Key) -> Key: ...\nship = shared_task(_ship)",),
        ("def _ship(key: Key) -> Key: ...\nship = shared_task(name='ship')(_ship)",),
        ("@app.task\ndef ship(key: Key) -> Key: ...",),
        ("@app.task()\ndef ship(key: Key) -> Key: ...",),
        ("@app.task(name='ship')\ndef ship(key: Key) -> Key: ...",),
        ("@app.task(bind=True)\ndef ship(self, key: Key) -> Key: ...",),
        ("@app.task(base=Once)\ndef ship(key: Key) -> Key: ...",),
        ("@app.task(base=Once, bind=True)\ndef ship(self: Once, key: Key) -> Key: ...",),
        ("def _ship(key: Key) -> Key: ...\nship = app.task(_ship)",),
        ("@current_app.task\ndef ship(key: Key) -> Key: ...",),
        ("once = Celery('once', task_cls=Once)\n@once.task\ndef ship(key: Key) -> Key: ...",),
        ("named = Celery('x', task_cls='shop.bases:Once')\n@named.task\ndef ship(key: Key) -> Key: ...",),
        ("own = Application('own')\n@own.task\ndef ship(key: Key) -> Key: ...",),
        ("made = create_application()\n@made.task\ndef ship(key: Key) -> Key: ...",),
        ("def mine(**options): return shared_task(**options)\n@mine()\ndef ship(key: Key) -> Key: ...",),
        ("class Ship(Task):\n    def run(self, key: Key) -> Key: ...", "Ship().delay"),
        ("class Ship(app.Task):\n    def run(self, key: Key) -> Key: ...", "Ship().delay"),
        ("@app.task\ndef ship(key: Key) -> Key: ...", "ship.delay"),
        ("@app.task\ndef ship(key: Key) -> Key: ...", "ship.si"),
        ("@app.task\ndef ship(key: Key) -> Key: ...", "ship(Key())"),
        ("@app.task\ndef ship(key: Key) -> Key: ...", "ship.delay(Key()).get()"),
        ("@shared_task\ndef ship(key: Key) -> Key: ...", "ship.delay_on_commit(Key())"),
        ("@shared_task\ndef ship(key: Key) -> Key: ...", "ship.apply_async_on_commit((Key(),))"),
        ("@app.task\ndef ship(key: Key) -> Key: ...", "ship.s(Key()) | ship.s()"),
    )
)

SENT: Final = tuple(
    Sent(code, is_right)
    for code, is_right in (
        ("ship.delay(Key())", True),
        ("ship.delay('17')", False),
        ("ship.delay()", False),
        ("ship('17')", False),
        ("ship.apply_async((Key(),))", True),
        ("ship.apply_async([Key()])", True),
        ("ship.apply_async(['17'])", False),
        ("ship.apply_async((Key(), True, 3))", False),
        ("ship.apply_async(kwargs={'kye': Key()})", False),
        ("ship.apply_async((Key(),), queue='slow')", True),
        ("ship.s()", True),
        ("ship.s('17', True)", False),
        ("ship.s(kye=Key())", False),
        ("ship.si(Key())", True),
        ("ship.si('17')", False),
        ("ship.signature(('17', True))", False),
        ("ship.map([Key()])", True),
        ("ship.map(['17'])", False),
        ("ship.starmap([(Key(), 'yes')])", False),
        ("ship.chunks([(Key(),)], 10)", True),
        ("ship.chunks([()], 10)", False),
        ("ship.delay_on_commit(Key())", True),
        ("ship.delay_on_commit('17')", False),
        ("ship.apply_async_on_commit([Key()])", True),
        ("ship.apply_async_on_commit(('17',))", False),
        ("app.send_task('main.ship', args=(Key(),))", True),
        ("app.send_task('main.ship', args=('17',))", False),
        ("signature('main.ship', args=('17', True))", False),
        ("(ship.s(Key()) | tell.s()).delay()", True),
        ("(ship.s(Key()) | total.s()).delay()", False),
        ("chain(ship.s(Key()), tell.s('a@example.com')).delay()", False),
        ("chain(ship.s(Key()), tell.si('a@example.com')).delay()", True),
        ("chord([ship.s(Key())], total.s())", False),
        ("chord(group(ship.s(Key())), tell.si('done'))", True),
        ("ship.apply_async((Key(),), link=total.s())", False),
        ("ship.apply_async((Key(),), link=tell.s())", True),
    )
)


@cache
def answers(*, with_plugin: bool) -> tuple[str, ...]:
    """What mypy says of each row: the type that is asked, or its errors."""
    rows = (*ASKED, *SENT)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "shop").mkdir()
        for name, text in FILES.items():
            (root / "shop" / name).write_text(text)
        for number, row in enumerate(rows):
            (root / f"row{number}.py").write_text(row.program().replace("main.", f"row{number}."))
        (root / "mypy.ini").write_text(CONFIG.format(plugins="plugins = mypy_deckrules\n" if with_plugin else ""))
        names = [f"row{number}.py" for number in range(len(rows))]
        command = [sys.executable, "-m", "mypy", "--output=json", "--cache-dir", os.devnull, *names]
        run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stdout + run.stderr
    said: dict[str, list[str]] = {}
    for line in run.stdout.splitlines():
        found = json.loads(line)
        revealed = re.fullmatch(r'Revealed type is "(.*)"', found["message"])
        if revealed is not None:
            said.setdefault(found["file"], []).append(revealed[1])
        elif found["severity"] == "error" and found["line"] > HEAD.count("\n"):
            said.setdefault(found["file"], []).append(f"{found['message']} [{found['code']}]")
    return tuple(_short("; ".join(said.get(name, [])), name.removesuffix(".py")) for name in names)


def rows() -> Iterator[tuple[Asked | Sent, str, str]]:
    """Each row with what mypy says of it alone, and with the plugin."""
    return zip((*ASKED, *SENT), answers(with_plugin=False), answers(with_plugin=True), strict=True)


def line(row: Asked | Sent, alone: str, beside: str) -> str:
    """The row as the page has it."""
    code = "<br>".join(f"`{text}`" for text in row.code.splitlines())
    asked = f"`{row.probe}`" if isinstance(row, Asked) else "right" if row.is_right else "wrong"
    cells = [code, asked, *(f"`{text}`" if text else "silent" for text in (alone, beside))]
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def page() -> str:
    """The page that ``docs/restored-types.md`` has to be."""
    table = {row: line(row, alone, beside) for row, alone, beside in rows()}
    return PAGE.format(
        tasks=TASKS,
        asked="\n".join(table[row] for row in ASKED),
        sent="\n".join(table[row] for row in SENT),
    )


PAGE: Final = """\
# The types of tasks

celery-types knows what a task takes where `@shared_task` stands without `bind` and `base`. Elsewhere `delay` takes
anything, and mypy says nothing about a wrong call. The plugin gives the types back; then mypy itself checks `delay`,
`si` and the direct call, and the rule [`task-signature`](rules/task-signature.md) what the stubs leave open. Tasks that
take different things may still take turns: in a variable, a list or a dict, and in an attribute that a subclass names
anew; the same holds for their signatures and results.

Each row is a program that a test gives to mypy, with celery-types alone and with mypy_deckrules beside it, in a project
that uses Celery with Django. `restore_task_types = false` switches the restoring off.

## What a task is

| definition | asked | celery-types alone | with mypy_deckrules |
| --- | --- | --- | --- |
{asked}

## What is sent to it

```python
{tasks}```

| call | is | celery-types alone | with mypy_deckrules |
| --- | --- | --- | --- |
{sent}
"""


def _short(text: str, module: str) -> str:
    """Types without the modules that they come from."""
    text = re.sub(r"`-?\d+", "", text.replace(f"{module}.", ""))
    return re.sub(r"\b(?:builtins|celery(?:\.\w+)+|shop\.\w+)\.(?=[A-Za-z_])", "", text)


if __name__ == "__main__":
    print(page(), end="")
