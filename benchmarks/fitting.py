"""Fit the weights of the learned part: logistic regression drawn towards reviewed weights, not to zero."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from voicemock.reading.learned import Weights

Row = Mapping[str, float]


def fit(
    rows: Sequence[Row],
    wanted: Iterable[bool],
    *,
    prior: Mapping[str, float],
    bias: float,
    pull: float,
    row_weights: Iterable[float] | None = None,
    seen_in: int = 1,
    keep: int | None = None,
) -> Weights:
    """Return the weights that explain the rows best.

    prior: reviewed weights the fit is drawn to; all others are drawn to zero. pull: how strongly.
    seen_in: a feature without a prior must occur in so many rows. keep: so many of these stay, the
    heaviest; the rest are dropped and the model is fitted again.
    """
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if name in prior or count >= seen_in)
    y = np.array(list(wanted), dtype=float)
    weight = np.ones(len(y)) if row_weights is None else np.array(list(row_weights))
    fitted, found_bias = _solve(rows, names, y, weight, prior=prior, bias=bias, pull=pull)
    if keep is not None:
        free = sorted((n for n in names if n not in prior), key=lambda n: -abs(fitted[n]))
        names = sorted([n for n in names if n in prior] + free[:keep])
        fitted, found_bias = _solve(rows, names, y, weight, prior=prior, bias=bias, pull=pull)
    return Weights(bias=round(found_bias, 2), features={n: round(w, 2) for n, w in fitted.items() if abs(w) >= 0.01})


def _solve(
    rows: Sequence[Row],
    names: Sequence[str],
    y: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    prior: Mapping[str, float],
    bias: float,
    pull: float,
) -> tuple[dict[str, float], float]:
    column = {name: j for j, name in enumerate(names)}
    cells = [(i, column[n], v) for i, row in enumerate(rows) for n, v in row.items() if n in column]
    i, j, v = zip(*cells, strict=True) if cells else ((), (), ())
    seen = sparse.csr_matrix((v, (i, j)), shape=(len(rows), len(names)))
    centre = np.array([prior.get(name, 0.0) for name in names])

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w, b = point[:-1], point[-1]
        z = seen @ w + b
        off = weight * (1 / (1 + np.exp(-z)) - y)
        away = w - centre
        value = (weight * (np.logaddexp(0, z) - y * z)).sum() + pull / 2 * (away @ away)
        return value, np.append(seen.T @ off + pull * away, off.sum())

    best = minimize(loss, np.append(centre, bias), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return dict(zip(names, best.x[:-1].tolist(), strict=True)), float(best.x[-1])
