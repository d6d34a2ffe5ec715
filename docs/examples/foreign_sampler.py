"""A sampler as one finds it in somebody's training code, and the same with a mistake. Try

convbound conform docs/examples/foreign_sampler.py:zim_step --n 3 --r 3/4 --c 1/4 --batched
convbound conform docs/examples/foreign_sampler.py:careless_step --n 3 --r 3/4 --c 1/4 --batched
"""

import numpy as np

N, R, C = 3, 0.75, 0.25


def draw(weights, signs, rng):
    """N categorical draws a row, each kept with probability R."""
    upto = weights.cumsum(axis=1)
    where = (rng.random((len(weights), N, 1)) * upto[:, None, -1:] >= upto[:, None, :-1]).sum(axis=2)
    kept = rng.random(where.shape) < R
    update = np.zeros(weights.shape)
    np.add.at(update, (np.arange(len(weights))[:, None], where), kept)
    return update * signs


def zim_step(gradients, rng):
    """ZIM's update at each row."""
    return draw(np.abs(gradients) + C, np.sign(gradients), rng)


def careless_step(gradients, rng):
    """The smoothing is forgotten where the gradient is zero."""
    weights = np.where(gradients != 0, np.abs(gradients) + C, 0.0)
    weights[(gradients == 0).all(axis=1)] = 1.0
    return draw(weights, np.sign(gradients), rng)
