"""Draw a reliability diagram: of what is given some chance, how much is true."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SIDE, EDGE = 300, 44
STEPS = np.linspace(0, 1, 11)
LARGEST_PX = 15.0


def reliability_svg(chances: Sequence[float], true: Sequence[float]) -> str:
    """Return the diagram as SVG: a dot a tenth of the chances, its area the number of judgements.

    chances: (judgements,), 0 to 1. true: (judgements,), 0 or 1.
    """
    said, shown = np.array(chances), np.array(true)
    tenths = [np.digitize(said, STEPS[1:-1]) == n for n in range(10)]
    most = max(int(inside.sum()) for inside in tenths)
    dots = [
        f'<circle cx="{_x(said[inside].mean()):.1f}" cy="{_y(shown[inside].mean()):.1f}" '
        f'r="{max(2.0, LARGEST_PX * (inside.sum() / most) ** 0.5):.1f}"/>'
        for inside in tenths
        if inside.any()
    ]
    size = SIDE + 2 * EDGE
    marks = [
        f'<text x="{_x(at):.0f}" y="{_y(0) + 18:.0f}" text-anchor="middle">{at:.0%}</text>'
        f'<text x="{_x(0) - 8:.0f}" y="{_y(at) + 4:.0f}" text-anchor="end">{at:.0%}</text>'
        for at in (0.0, 0.5, 1.0)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" '
            'font-family="sans-serif" font-size="12" fill="#444">',
            f'<rect width="{size}" height="{size}" fill="#fbfaf6"/>',
            f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="#999"/>',
            f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" fill="none" stroke="#999" stroke-dasharray="4 4"/>',
            f'<g fill="#1f5c4a" fill-opacity="0.75">{"".join(dots)}</g>',
            *marks,
            f'<text x="{size / 2:.0f}" y="{size - 6}" text-anchor="middle">chance given</text>',
            f'<text x="{_x(0)}" y="{EDGE - 16}" text-anchor="middle">true</text>',
            "</svg>\n",
        ]
    )


def _x(chance: float) -> float:
    return EDGE + SIDE * float(chance)


def _y(share: float) -> float:
    return EDGE + SIDE * (1 - float(share))
