"""Fit a linear reader of encoder frames."""

import numpy as np
from numpy.typing import NDArray


def linear_reader(
    values: NDArray[np.float32], wanted: NDArray[np.bool_], weights: NDArray[np.float64], regularisation: float
) -> tuple[float, tuple[float, ...]]:
    """Return bias and weights of a logistic regression in which both classes count the same.

    values: (frames, width). regularisation: inverse strength of the penalty on the weights (scikit-learn's C).
    """
    from sklearn.linear_model import LogisticRegression

    weights = weights * np.where(wanted, weights[~wanted].sum() / weights[wanted].sum(), 1.0)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    fitted = LogisticRegression(C=regularisation, max_iter=300, tol=1e-3)
    fitted.fit((values - mean) / spread, wanted, sample_weight=weights / weights.mean())
    reader = fitted.coef_[0] / spread
    bias = float(fitted.intercept_[0] - mean @ reader)
    return round(bias, 4), tuple(round(float(weight), 5) for weight in reader)
