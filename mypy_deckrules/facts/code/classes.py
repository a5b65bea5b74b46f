"""What a class statement defines, once the names in it are resolved."""

from __future__ import annotations

from dataclasses import dataclass

from mypy.nodes import ClassDef, MypyFile, TypeInfo
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.config import Options


@dataclass(frozen=True, slots=True)
class ClassDefinition:
    """One class statement; its bases and all names in it are known, types are not inferred yet.

    Attributes:
        api: the semantic analyzer at work on the module.
        options: the project's options.
        tree: the module.
        node: the class statement.
    """

    api: SemanticAnalyzer
    options: Options
    tree: MypyFile
    node: ClassDef

    @property
    def info(self) -> TypeInfo:
        """The class."""
        return self.node.info
