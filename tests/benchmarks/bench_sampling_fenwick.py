"""ZIM on a Fenwick tree of weights, compiled: the structure that the trajectories' own is measured against."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit
def advance_fenwick(w, a, b, c, n, steps, rng):
    """`steps` steps of n draws each, r = 1, on the quadratic with curvatures a and centres b, in place."""
    d = w.size
    tree = np.zeros(d + 1)
    for i in range(1, d + 1):
        tree[i] += abs(a[i - 1] * (w[i - 1] - b[i - 1])) + c
        parent = i + (i & -i)
        if parent <= d:
            tree[parent] += tree[i]
    top = 1
    while 2 * top <= d:
        top *= 2
    total = 0.0
    i = d
    while i > 0:
        total += tree[i]
        i -= i & -i
    where, sign = np.empty(n, np.int64), np.empty(n)
    for _ in range(steps):
        for k in range(n):
            target = rng.random() * total
            i = 0
            step = top
            while step > 0:
                if i + step <= d and tree[i + step] <= target:
                    i += step
                    target -= tree[i]
                step //= 2
            where[k] = min(i, d - 1)
            sign[k] = np.sign(a[where[k]] * (w[where[k]] - b[where[k]]))
        for k in range(n):
            i = where[k]
            old = abs(a[i] * (w[i] - b[i]))
            w[i] -= sign[k]
            change = abs(a[i] * (w[i] - b[i])) - old
            total += change
            i += 1
            while i <= d:
                tree[i] += change
                i += i & -i
