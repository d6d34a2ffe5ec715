"""The kinds of arrays that the numerical rooms hand to each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Indices = npt.NDArray[np.intp]
Array = npt.NDArray[Any]  # float64, or objects: Fractions, for the same formulas in exact arithmetic
FlatProfile = tuple[Array, Array, Array, Array, float, float]  # knots, slopes, curvatures, heights, left, period
