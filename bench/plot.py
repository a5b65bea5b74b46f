"""A plot of measurements as SVG: CPU time over the number of modules, without the plugin and with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

WIDTH: Final = 360
HEIGHT: Final = 260
MARGIN: Final = 50
TITLES: Final = {
    "cold": "cold run",
    "warm": "warm cache, nothing changed",
    "workers": "cold run with two workers",
    "edit": "one-line edit in the daemon",
}
COLOURS: Final = {"plain": "#8a8f98", "ours": "#c2410c"}
STYLE: Final = (
    "text{font:12px system-ui,sans-serif;fill:#57606a}.title{font-weight:600}"
    "path{fill:none;stroke-width:2}.axis{stroke:#8a8f98;stroke-width:1}"
)


def draw(rows: Sequence[dict[str, Any]], target: Path) -> None:
    """Draw a panel for each kind of run that was measured at several sizes.

    Args:
        rows: of each measurement ``modules``, ``mode`` and, for ``plain`` and ``ours``, their ``cpu`` seconds.
    """
    modes = [mode for mode in TITLES if len([row for row in rows if row["mode"] == mode]) > 1]
    panels = [
        f'<g transform="translate({index % 2 * WIDTH} {index // 2 * HEIGHT})">{_panel(mode, rows)}</g>'
        for index, mode in enumerate(modes)
    ]
    height = (len(modes) + 1) // 2 * HEIGHT + 30
    legend = "".join(
        f'<path d="M{MARGIN + offset} {height - 15}h24" stroke="{COLOURS[name]}"/>'
        f'<text x="{MARGIN + offset + 30}" y="{height - 11}">{text}</text>'
        for offset, name, text in ((0, "plain", "mypy and django-stubs"), (180, "ours", "with mypy_deckrules"))
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {height}" width="{2 * WIDTH}" role="img" '
        f'aria-label="CPU time of mypy with and without the plugin"><style>{STYLE}</style>'
        f"{''.join(panels)}{legend}</svg>\n"
    )


def _panel(mode: str, rows: Sequence[dict[str, Any]]) -> str:
    points = sorted((row for row in rows if row["mode"] == mode), key=lambda row: int(row["modules"]))
    most = max(point[name]["cpu"] for point in points for name in COLOURS)
    largest = points[-1]["modules"]
    across, down = WIDTH - MARGIN - 20, HEIGHT - 2 * MARGIN

    def place(modules: int, cpu: float) -> str:
        return f"{MARGIN + modules / largest * across:.1f} {HEIGHT - MARGIN - cpu / most * down:.1f}"

    lines = [
        f'<path d="M{"L".join(place(point["modules"], point[name]["cpu"]) for point in points)}" stroke="{colour}"/>'
        for name, colour in COLOURS.items()
    ]
    ticks = [
        f'<text x="{MARGIN + point["modules"] / largest * across:.0f}" y="{HEIGHT - MARGIN + 16}" text-anchor="middle">'
        f"{point['modules']}</text>"
        for point in points
    ]
    axes = f'<path class="axis" d="M{MARGIN} {MARGIN}V{HEIGHT - MARGIN}H{WIDTH - 20}"/>'
    ratios = ", ".join(f"{point['ratio']['cpu']:.3f}" for point in points)
    return (
        f'<text class="title" x="{MARGIN}" y="20">{TITLES[mode]}</text>'
        f'<text x="{MARGIN}" y="36">ratio of CPU time: {ratios}</text>'
        f"{axes}{''.join(lines)}{''.join(ticks)}"
        f'<text x="{MARGIN - 6}" y="{MARGIN + 4}" text-anchor="end">{most:.3g} s</text>'
        f'<text x="{WIDTH - 20}" y="{HEIGHT - MARGIN + 32}" text-anchor="end">modules</text>'
    )
