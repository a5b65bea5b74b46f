"""What a Celery task is: its function, its parameters as callers see them, the options it was defined with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mypy.checker import TypeChecker
from mypy.nodes import ArgKind, Argument, Context, Expression, FuncDef, TypeInfo
from mypy.semanal import SemanticAnalyzer
from mypy.types import Type

from mypy_deckrules.config import Options


@dataclass(frozen=True, slots=True)
class TaskParameter:
    """A parameter that callers must or may give; the bound ``self`` is none.

    Attributes:
        name: its name.
        type: its declared type; Any where it has no annotation.
        kind: how it may be given, as mypy has it (``ARG_POS``, ``ARG_OPT``, ``ARG_NAMED``, ``ARG_STAR`` ...).
        node: where it stands; its line and column are the parameter's.
        annotated: whether it has an annotation.
    """

    name: str
    type: Type
    kind: ArgKind
    node: Argument
    annotated: bool


@dataclass(frozen=True, slots=True)
class TaskDefinition:
    """One task, at its definition.

    Attributes:
        api: what is at work on the module: the checker, or the semantic analyzer for class-based tasks.
        options: the project's options.
        name: the full name of the function or class, ``shop.tasks.ship``.
        function: the function that the worker runs; for a class-based task its ``run``.
        node: what a finding about the whole task points at: the decorator, for a class-based task the class.
        parameters: without the bound ``self``.
        returns: the declared return type; None where there is no annotation.
        base: the class of the task, where the decorator, the app (``task_cls``) or the class statement names one.
        bound: whether the function's first parameter is the task itself.
        keywords: the options that the decorator was given, by name.
    """

    api: TypeChecker | SemanticAnalyzer
    options: Options
    name: str
    function: FuncDef
    node: Context
    parameters: Sequence[TaskParameter]
    returns: Type | None
    base: TypeInfo | None
    bound: bool
    keywords: Mapping[str, Expression]

    def option(self, name: str) -> Expression | None:
        """The expression that sets the task option ``name``: the decorator's keyword, or else the attribute of the task's
        class or of one that it inherits from (below ``celery.app.task.Task``); None where nobody sets it."""
        raise NotImplementedError
