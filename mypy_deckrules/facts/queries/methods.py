"""What the methods of Django's query sets and managers give, and which of them run a query."""

from __future__ import annotations

from typing import Final

SAME_ROWS: Final = frozenset(
    """
    all filter exclude order_by distinct reverse annotate alias using select_for_update complex_filter extra none only
    defer get_queryset iterator aiterator db_manager _chain _clone
    """.split()  # noqa: SIM905
)
"""Methods that give the rows of the query set, some of them or in another order, with what they have loaded."""

ONE_ROW: Final = frozenset(
    f"{prefix}{name}" for prefix in ("", "a") for name in ("get", "first", "last", "latest", "earliest")
)
"""Methods that give one of the rows."""

COMBINED: Final = frozenset({"union", "intersection", "difference"})
"""Methods that give the rows of several query sets."""

LAZY: Final = frozenset(
    """
    all filter exclude order_by distinct reverse annotate alias using select_for_update complex_filter extra only defer
    select_related prefetch_related union intersection difference values values_list dates datetimes get_queryset
    iterator aiterator
    """.split()  # noqa: SIM905
)
"""Methods of Django's query sets and managers whose result runs its query when it is iterated."""

RUNNING: Final = ONE_ROW | frozenset(
    f"{prefix}{name}"
    for prefix in ("", "a")
    for name in ("count", "exists", "aggregate", "in_bulk", "contains", "explain")
)
"""Methods that run a query at once, and only read."""
