"""What is read from the bodies of models, in a cold run and from the cache."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from mypy import build
from mypy.fscache import FileSystemCache
from mypy.main import process_options
from mypy.nodes import TypeInfo

from mypy_deckrules.facts.database.models import (
    UniqueSet,
    accessor_name,
    fields,
    has_parent_table,
    is_abstract,
    is_ordered,
    managers,
    relation,
    unique_sets,
)

MODELS = """
from typing import Any
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from unknown import SomeField, Mixin, make_field

class CodeField(models.CharField[str, str]):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(unique=True, **kwargs)

class Rows(models.QuerySet["Plain"]):
    pass

class OwnManager(models.Manager["Plain"]):
    pass

FLAG = True

class Plain(models.Model):
    name = models.CharField(max_length=9)
    objects = OwnManager()
    chosen = models.Manager.from_queryset(Rows)()
    rows = Rows.as_manager()

class Keys(models.Model):
    code = models.CharField(max_length=9, primary_key=True)
    slug = models.SlugField(unique=True)
    perhaps = models.CharField(unique=FLAG)
    never = models.CharField(unique=False)
    own = CodeField()
    unknown = SomeField()
    made = make_field()
    plain = models.ForeignKey(Plain, on_delete=models.CASCADE)
    one = models.OneToOneField(Plain, on_delete=models.CASCADE, related_name="key")

class Together(models.Model):
    a = models.IntegerField()
    b = models.IntegerField()
    plain = models.ForeignKey(Plain, on_delete=models.CASCADE)

    class Meta:
        unique_together = ("a", "b")

class TogetherNested(models.Model):
    a = models.IntegerField()
    b = models.IntegerField()

    class Meta:
        unique_together = [("a", "b"), ["b", "a"]]

class TogetherUnread(models.Model):
    a = models.IntegerField()

    class Meta:
        unique_together = FLAG

class Constrained(models.Model):
    a = models.IntegerField()
    b = models.IntegerField()
    email = models.EmailField()
    plain = models.ForeignKey(Plain, on_delete=models.CASCADE)

    class Meta:
        ordering = ["a"]
        constraints = [
            models.UniqueConstraint(fields=["a", "plain_id"], name="1"),
            models.UniqueConstraint(fields=("b",), condition=Q(a=1) & Q(plain=F("b")), name="2"),
            models.UniqueConstraint(fields=["b"], condition=~Q(a=2), name="3"),
            models.UniqueConstraint(Lower("email").desc(), "b", name="4"),
            models.CheckConstraint(condition=Q(a=1), name="5"),
        ]

class ConstrainedUnread(models.Model):
    a = models.IntegerField()

    class Meta:
        constraints = [*Constrained._meta.constraints]

class Base(models.Model):
    a = models.IntegerField(unique=True)
    b = models.IntegerField(unique=True)

    class Meta:
        abstract = True
        unique_together = ("a", "b")
        ordering = ["a"]

class Inherits(Base):
    pass

class Overrides(Base):
    b = models.IntegerField()

    class Meta:
        pass

class Removes(Base):
    b = None  # type: ignore[assignment]

class Extends(Base):
    class Meta(Base.Meta):
        ordering = []

class Joined(Inherits):
    c = models.IntegerField(unique=True)

class Proxied(Inherits):
    class Meta:
        proxy = True

class Mixed(Mixin, models.Model):
    a = models.IntegerField()

class Account(AbstractUser):
    pass

class Related(models.Model):
    plain = models.ForeignKey(Plain, on_delete=models.CASCADE)
    named = models.ForeignKey("Plain", on_delete=models.CASCADE, null=True, related_name="%(app_label)s_%(class)s")
    hidden = models.ForeignKey("models.Plain", on_delete=models.CASCADE, related_name="+")
    me = models.ForeignKey("self", on_delete=models.CASCADE, related_name="mine")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    many = models.ManyToManyField(Keys)
    about = GenericForeignKey()
    notes = GenericRelation("Note")
    typed: "models.ForeignKey[Plain, Plain]" = models.ForeignKey(Plain, on_delete=models.CASCADE, related_name="typed")
    if FLAG:
        sometimes = models.ForeignKey(Plain, on_delete=models.CASCADE, related_name="sometimes")
    number = models.IntegerField()

class Note(models.Model):
    text = models.CharField(max_length=9)
"""


def build_models(root: Path, source: str) -> dict[str, TypeInfo]:
    """The classes of the module ``models`` as mypy knows them after it has checked a module that imports it."""
    (root / "mypy.ini").write_text("[mypy]\nplugins = mypy_deckrules\nignore_missing_imports = true\n")
    (root / "models.py").write_text(dedent(source))
    (root / "user.py").write_text(f"import models  # {len(list(root.iterdir()))}\n")
    files = FileSystemCache()
    arguments = [f"--config-file={root / 'mypy.ini'}", f"--cache-dir={root / 'cache'}", str(root / "user.py")]
    sources, options = process_options(arguments, fscache=files)
    options.mypy_path = [str(root)]
    result = build.build(sources, options, fscache=files)
    names = result.manager.modules["models"].names
    return {name: symbol.node for name, symbol in names.items() if isinstance(symbol.node, TypeInfo)}


@pytest.fixture(scope="module", params=["cold", "warm"])
def models(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, TypeInfo]:
    root = tmp_path_factory.mktemp(request.param)
    found = build_models(root, MODELS)
    if request.param == "warm":
        (root / "other").touch()  # so that the importing module is another one
        found = build_models(root, MODELS)
        assert found["Plain"].defn.defs.body == [], "it comes from the cache"
    return found


def plain(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group.split()) for group in groups}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Plain", plain("pk", "id")),
        ("Keys", plain("pk", "code", "slug", "perhaps", "own", "unknown", "made", "one")),
        ("Together", plain("pk", "id", "a b")),
        ("TogetherNested", plain("pk", "id", "a b")),
        ("Constrained", plain("pk", "id", "a plain", "email b")),
        ("Inherits", plain("pk", "id", "a", "b", "a b")),
        ("Overrides", plain("pk", "id", "a")),
        ("Removes", plain("pk", "id", "a", "a b")),
        ("Extends", plain("pk", "id", "a", "b", "a b")),
        ("Joined", plain("pk", "id", "inherits_ptr", "a", "b", "c", "a b")),
        ("Proxied", plain("pk", "id", "inherits_ptr", "a", "b", "a b")),
        ("Account", plain("pk", "id", "username")),
    ],
)
def test_unique_sets(models: dict[str, TypeInfo], name: str, expected: set[frozenset[str]]) -> None:
    sets = unique_sets(models[name])
    assert sets is not None
    assert {unique.fields for unique in sets if unique.condition is None} == expected


@pytest.mark.parametrize("name", ["TogetherUnread", "ConstrainedUnread", "Mixed"])
def test_unique_sets_that_cannot_be_seen(models: dict[str, TypeInfo], name: str) -> None:
    assert unique_sets(models[name]) is None


def test_conditions(models: dict[str, TypeInfo]) -> None:
    sets = unique_sets(models["Constrained"]) or []
    assert [unique for unique in sets if unique.condition is not None] == [
        UniqueSet(frozenset({"b"}), {"a": 1, "plain": ...}),
        UniqueSet(frozenset({"b"}), {"a": ...}),
    ]


@pytest.mark.parametrize(
    ("name", "to", "many"),
    [
        ("plain", "Plain", False),
        ("named", "Plain", False),
        ("hidden", "Plain", False),
        ("me", "Related", False),
        ("user", None, False),
        ("many", "Keys", True),
        ("about", None, False),
        ("notes", "Note", True),
        ("typed", "Plain", False),
        ("sometimes", "Plain", False),
    ],
)
def test_relations(models: dict[str, TypeInfo], name: str, to: str | None, many: bool) -> None:
    by_name = {info.fullname: info for info in models.values()}
    found = relation(models["Related"], name, by_name.get)
    assert found is not None
    assert (found.to.name if found.to is not None else None, found.many, found.reverse) == (to, many, False)


def test_what_is_no_relation(models: dict[str, TypeInfo]) -> None:
    assert relation(models["Related"], "number") is None
    assert relation(models["Related"], "nothing") is None
    assert relation(models["Plain"], "objects") is None


def test_accessor_names(models: dict[str, TypeInfo]) -> None:
    info = models["Related"]
    names = {name: accessor_name(field, info) for name, field in fields(info).items() if field.to is not None}
    assert names["plain"] == "related_set"
    assert names["named"] == "models_related"
    assert names["hidden"] is None
    assert accessor_name(fields(models["Keys"])["one"], models["Keys"]) == "key"


def test_managers(models: dict[str, TypeInfo]) -> None:
    assert managers(models["Plain"]) == {
        "objects": ("models.OwnManager", None),
        "chosen": ("django.db.models.manager.Manager", "models.Rows"),
        "rows": ("django.db.models.manager.Manager", "models.Rows"),
    }
    assert managers(models["Keys"]) == {}


def test_kinds_of_models(models: dict[str, TypeInfo]) -> None:
    assert [name for name in ("Base", "Inherits", "Extends") if is_abstract(models[name])] == ["Base"]
    assert [name for name in ("Inherits", "Proxied", "Joined") if has_parent_table(models[name])] == ["Joined"]
    assert [name for name in ("Inherits", "Extends", "Overrides", "Constrained") if is_ordered(models[name])] == [
        "Inherits",
        "Constrained",
    ]
