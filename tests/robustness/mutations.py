"""Changes to programs that leave them parseable: what an editor holds halfway through a thought, and stranger."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final, TypeVar

N = TypeVar("N", bound=ast.AST)

# What stands in for a statement, a decorator, a type or an expression. Names that do not exist are meant.
STATEMENTS: Final = (
    "from __future__ import annotations",
    "from shop.models import *",
    "from celery import *",
    "import typing as t, functools, contextlib, asyncio",
    "if t.TYPE_CHECKING:\n    from shop.models import Order as Later\nelse:\n    Later = None",
    "class Order(Order): pass",
    "class Loop(Order, metaclass=Loop): save = Loop.save",
    "try:\n    import missing\nexcept ImportError:\n    missing = None\nelse:\n    missing.task(1).delay(missing)",
    "match order:\n    case Order(pk=1 | 2 as pk) if pk:\n        order.delete()\n    case {'a': [_, *rest], **more}:\n"
    "        rest.save()\n    case None | True:\n        pass\n    case other:\n        other.delay(other)",
    "@overload\ndef ship(a: int) -> int: ...\n@overload\ndef ship(a: str) -> str: ...\ndef ship(a): return a",
    "@property\ndef ship(self): ...\n@ship.setter\ndef ship(self, value): ...",
    "with (yield) as x, open(x) as (y, [*z]): del x, y, z",
    "async def later():\n    async with transaction.atomic() as a:\n        async for b in a: yield await b.asave()",
    "global ship; ship = ship.delay = ship[ship] = (ship := ship)",
    "order.total += order.total; order.save(*order, **order)",
    "ship = shared_task(ship); ship = shared_task(bind=True)(ship)",
    "shared_task(lambda self, *a, **k: self.retry(**k)).delay(*[], **{})",
    "app = Celery(app); app.task = app.task(app.task)",
    "for order in Order.objects.all():\n    for order.total in order.customer.orders: Order.objects.create(**order)",
    "transaction.on_commit(lambda: on_commit(partial(partial, partial)))",
    "Order.objects.get_or_create(**{}, defaults=None)[0][0].save().save()",
    "__all__ = ['Order', *__all__] + nothing",
    "assert False, Order.objects",
    "raise NotImplementedError from None",
    "del Order",
)
NEWER: Final = (
    "type Alias[T] = list[T] | dict[str, Alias[T]]",
    "@shared_task\ndef generic[T: (int, str), *Ts, **P](x: T, *args: *Ts) -> T:\n    return generic.delay(x)",
    "class Box[T: Order](T):\n    @app.task\n    def get[S](self, x: S | Alias[T]) -> T: return self.get.delay(x)",
    "class Bag[T = Order]:\n    def save(self, *a: T) -> None: self.save.delay(*a, **{**a})",
    "@deco\n@shared_task\nasync def f[**P](*args: P.args, **kwargs: P.kwargs) -> Order: return await f.delay(*args)",
)
"""What only a Python newer than the oldest supported one parses; mypy does in any."""
DECORATORS: Final = (
    *(
        "shared_task",
        "shared_task()",
        "shared_task(bind=True)",
        "shared_task(shared_task)",
        "app.task",
        "app.task(app)",
    ),
    *("shared_task(**options)", "shared_task(base=Order, serializer=1, name=None)", "shared_task(pydantic=True)"),
    *("shared_task(autoretry_for=(Exception, *errors), retry_backoff=-1, max_retries=None, acks_late=True)",),
    *("transaction.atomic", "transaction.atomic()", "transaction.atomic(using=x)", "receiver(post_save)", "property"),
    *(
        "staticmethod",
        "classmethod",
        "abstractmethod",
        "functools.wraps(ship)",
        "(lambda f: f)",
        "missing.decorator(1)",
    ),
    *("decorators[0]", "overload", "final", "dataclass", "contextmanager", "method_decorator(transaction.atomic)"),
    *("functools.partial(shared_task, bind=True)()", "override", "cached_property", "(x := shared_task)"),
)
TYPES: Final = (
    *(
        "Order",
        "'Order'",
        "list['Nowhere']",
        "QuerySet[Order]",
        "QuerySet",
        "set[int]",
        "Order | None",
        "t.Any",
        "t.Self",
    ),
    *(
        "Callable[..., Order]",
        "Callable[P, T]",
        "dict[Order, tuple[Order, ...]]",
        "tuple[*Ts]",
        "type[Order]",
        "Alias[int]",
    ),
    *("t.Annotated[Order, 1]", "t.Literal[1, 'a', None]", "1", "[int]", "Order()", "...", "t.Optional", "object", "T"),
    *("timedelta", "Task[[int], None]", "Signature[int]", "AsyncResult", "t.Unpack[Ts]", "t.Required[int]", "Path"),
)
EXPRESSIONS: Final = (
    *(
        "ship.s(1) | ship.s(2)",
        "ship.delay",
        "ship.delay(order)",
        "ship.apply_async((order,), {'a': order})",
        "ship.si()",
    ),
    *("chain(ship.s(), ship.s())", "chord([ship.s(order)])(ship.s())", "group(ship.s(i) for i in orders)()", "order"),
    *(
        "Order.objects.filter(pk=1).select_related(None)",
        "Order.objects",
        "Order(pk=1)",
        "Order.objects.first().customer",
    ),
    *("requests.get(url, **options)", "requests.Session().get", "app.send_task(ship, order)", "lambda: (yield)", "..."),
    *(
        "order.customer.orders.all()[0]",
        "(lambda *a, **k: ship.delay(*a, **k))",
        "super().save()",
        "*order",
        "None",
        "-1",
    ),
    *(
        "[x for x in orders if (y := x) for z in y]",
        "{**order}",
        "{order: order for order in orders}",
        "f'{order!r:>{x}}'",
    ),
    *(
        "await order.asave()",
        "order if order else ship",
        "order and order.pk",
        "not order",
        "order[1:2, ...]",
        "1 < x < 2",
    ),
    *(
        "AsyncResult(1).get()",
        "F('total') + 1",
        "transaction.atomic()",
        "dict(a=1)",
        "defaultdict(list)",
        "print(order)",
    ),
    *("namedtuple('N', 'a b')", "NamedTuple('N', [('a', int)])", "TypedDict('D', {'a': int})", "NewType('I', int)"),
    *("TypeVar('T', bound='Order')", "reveal_type(order)", "type(order)", "getattr(ship, 'delay')(order)", "b''", "1j"),
)


def mutate(source: str, neighbours: Sequence[str], random: Random) -> str:
    """A mutant of a program that still parses.

    Args:
        source: the program.
        neighbours: full names of modules that it may import from, the mutant itself among them.
        random: where the choices come from; equal choices make equal mutants.
    """
    tree = ast.parse(source)
    for _ in range(random.randint(1, 8)):
        before = copy.deepcopy(tree)
        random.choice(MUTATIONS)(tree, random)
        if not _parses(tree):
            tree = before
    if random.randint(0, 2) == 0:
        neighbour = random.choice(neighbours)
        line = random.choice((f"from {neighbour} import *", f"import {neighbour}", f"from {neighbour} import Order"))
        tree.body.insert(0, ast.parse(line).body[0])
    text = random.choice(("", "# mypy: check-untyped-defs\n")) + ast.unparse(tree)
    if random.randint(0, 4) == 0:
        return f"{text}\n\n{random.choice(NEWER)}\n"
    lines = text.splitlines()
    halfway = "\n".join(lines[: random.randint(1, len(lines))] if lines else [])
    return halfway if random.randint(0, 7) == 0 and _compiles(halfway) else text


def _parses(tree: ast.Module) -> bool:
    try:
        return _compiles(ast.unparse(ast.fix_missing_locations(tree)))
    except (ValueError, TypeError, AttributeError, RecursionError):  # a node where its parent allows none
        return False


def _compiles(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _expression(text: str) -> ast.expr:
    node = ast.parse(f"f({text})", mode="eval").body
    assert isinstance(node, ast.Call)
    return node.args[0]


def _pick(tree: ast.AST, kind: type[N], random: Random) -> N | None:
    nodes = [node for node in ast.walk(tree) if isinstance(node, kind)]
    return random.choice(nodes) if nodes else None


def _body(tree: ast.AST, random: Random) -> list[ast.stmt]:
    """The statements of a random block."""
    holders = [node for node in ast.walk(tree) if isinstance(getattr(node, "body", None), list)]
    body: list[ast.stmt] = random.choice(holders).body  # type: ignore[attr-defined]
    return body


def _insert(tree: ast.Module, random: Random) -> None:
    body = _body(tree, random)
    position = random.randint(0, len(body))
    body[position:position] = ast.parse(random.choice(STATEMENTS)).body


def _delete(tree: ast.Module, random: Random) -> None:
    body = _body(tree, random)
    if len(body) > 1:
        body.pop(random.randrange(len(body)))


def _repeat(tree: ast.Module, random: Random) -> None:
    """Copy a statement to somewhere else: a redefinition, a function in a function, a class in a loop."""
    body = _body(tree, random)
    node = copy.deepcopy(random.choice(body)) if body else ast.Pass()
    target = _body(tree, random)
    target.insert(random.randint(0, len(target)), node)


def _swap(tree: ast.Module, random: Random) -> None:
    body = _body(tree, random)
    if len(body) > 1:
        first, second = random.randrange(len(body)), random.randrange(len(body))
        body[first], body[second] = body[second], body[first]


def _wrap(tree: ast.Module, random: Random) -> None:
    """Put statements into a compound statement."""
    wrappers = (
        *("if TYPE_CHECKING: pass", "while True: pass", "for order in order: pass", "with transaction.atomic(): pass"),
        *("def inner(): pass", "async def inner(): pass", "class Inner: pass", "match order:\n case [order]: pass"),
        *("try: pass\nexcept* Order as order: pass", "try: pass\nfinally: pass", "with atomic() as order: pass"),
        *("if not TYPE_CHECKING: pass", "while False: pass", "if sys.version_info < (3,): pass"),
    )
    body = _body(tree, random)
    start = random.randint(0, len(body))
    end = random.randint(start, len(body))
    wrapper = ast.parse(random.choice(wrappers)).body[0]
    inner: Any = wrapper.cases[0] if isinstance(wrapper, ast.Match) else wrapper
    inner.body = body[start:end] or inner.body
    body[start:end] = [wrapper]


def _decorate(tree: ast.Module, random: Random) -> None:
    node: Any = _pick(tree, random.choice((ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)), random)
    if node is not None:
        if node.decorator_list and random.randint(0, 2) == 0:
            node.decorator_list.pop(random.randrange(len(node.decorator_list)))
        decorator = _expression(random.choice(DECORATORS))
        node.decorator_list.insert(random.randint(0, len(node.decorator_list)), decorator)


def _retype(tree: ast.Module, random: Random) -> None:
    annotation = _expression(random.choice(TYPES)) if random.randint(0, 3) else None
    node: Any = _pick(tree, random.choice((ast.arg, ast.FunctionDef, ast.AnnAssign)), random)
    if isinstance(node, ast.FunctionDef):
        node.returns = annotation
    elif node is not None and annotation is not None:
        node.annotation = annotation


def _reparameter(tree: ast.Module, random: Random) -> None:
    node = _pick(tree, ast.arguments, random)
    if node is None:
        return
    new = ast.arg(random.choice(("self", "order", "pk", "args")))
    match random.randint(0, 4):
        case 0:
            node.args.insert(0, new)
        case 1:
            node.vararg = None if node.vararg else new
        case 2:
            node.kwarg = None if node.kwarg else new
        case 3:
            node.kwonlyargs.append(new)
            node.kw_defaults.append(None)
        case _ if node.args:
            node.args.pop()
            node.defaults = node.defaults[: len(node.args)]


def _exchange(tree: ast.Module, random: Random) -> None:
    """Put another expression in the place of one: a made-up one, or one of the program's own."""
    parent = _pick(tree, ast.AST, random)
    own = _pick(tree, ast.expr, random)
    new = copy.deepcopy(own) if own is not None and random.randint(0, 1) else _expression(random.choice(EXPRESSIONS))
    if parent is None:
        return
    places = [(name, value) for name, value in ast.iter_fields(parent) if name not in ("target", "targets", "ctx")]
    for name, value in places:
        if isinstance(value, ast.expr):
            setattr(parent, name, new)
            return
        if isinstance(value, list) and value and isinstance(value[0], ast.expr):
            value[random.randrange(len(value))] = new
            return


def _rename(tree: ast.Module, random: Random) -> None:
    """Give a name, wherever it stands or just in one place, the spelling of another."""
    first, second = _pick(tree, ast.Name, random), _pick(tree, ast.Name, random)
    if first is None or second is None:
        return
    old, new = first.id, second.id
    if random.randint(0, 1):
        first.id = new
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == old:
            node.id = new
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == old:
            node.name = new


def _starred(tree: ast.Module, random: Random) -> None:
    """Hand a call's arguments over with stars."""
    node = _pick(tree, ast.Call, random)
    if node is not None:
        if random.randint(0, 1):
            node.args = [ast.Starred(ast.List(node.args, ast.Load()), ast.Load())]
        else:
            node.keywords = [ast.keyword(None, ast.Name("options", ast.Load())), *node.keywords]


def _rebase(tree: ast.Module, random: Random) -> None:
    node = _pick(tree, ast.ClassDef, random)
    if node is not None:
        base = _expression(
            random.choice(("Order", "Task", "models.Model", "missing.Base", "Protocol[T]", "NamedTuple"))
        )
        node.bases = [base] if random.randint(0, 1) else [*node.bases, base]


def _colour(tree: ast.Module, random: Random) -> None:
    """Make a function a coroutine, or a coroutine a function."""
    body = _body(tree, random)
    for position, node in enumerate(body):
        if isinstance(node, ast.FunctionDef):
            body[position] = ast.AsyncFunctionDef(**vars(node))
        elif isinstance(node, ast.AsyncFunctionDef):
            body[position] = ast.FunctionDef(**vars(node))


MUTATIONS: Final[tuple[Callable[[ast.Module, Random], None], ...]] = (
    *(_insert, _delete, _repeat, _swap, _wrap, _decorate, _decorate, _retype, _reparameter, _exchange, _exchange),
    *(_exchange, _rename, _starred, _rebase, _colour),
)
