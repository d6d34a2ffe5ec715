"""Any scheme on any problem, every gradient recomputed: what the fast engines are measured and tested against."""

from __future__ import annotations

import heapq
import math

import numpy as np

from convbound.checks.problems import Problem, Separable
from convbound.checks.sampling import draw_updates_each
from convbound.checks.trajectories.schemes import Greedy, Rounding, Scheme, Sgd, SignDescent, Zim, smoothing_of
from convbound.checks.trajectories.state import Floats, Group, record, record_one, two_sum


def update(scheme: Scheme, gradient: Floats, smoothness: float, rng: np.random.Generator) -> Floats:
    """One update for every row of `gradient` (shape (chains, d)): what is subtracted from w."""
    match scheme:
        case Zim():
            if scheme.smoothing > 0:
                return draw_updates_each(gradient, scheme.trials, scheme.rate, scheme.smoothing, rng).astype(float)
            moving = np.any(gradient != 0, axis=1)  # at a stationary point q is undefined and nothing moves
            moves = np.zeros_like(gradient)
            if moving.any():
                moves[moving] = draw_updates_each(gradient[moving], scheme.trials, scheme.rate, 0.0, rng)
            return moves
        case Rounding():
            length = scheme.step * np.abs(gradient)
            whole = np.floor(length)
            rounded: Floats = whole + (rng.random(gradient.shape) < length - whole)
            return rounded * np.sign(gradient)
        case SignDescent():
            return np.sign(gradient)
        case Sgd():
            noisy = gradient + scheme.noise * rng.standard_normal(gradient.shape) if scheme.noise else gradient
            return scheme.step * noisy
        case Greedy():
            steepest = np.abs(gradient).argmax(axis=1)[:, None]
            slope = np.take_along_axis(gradient, steepest, axis=1)
            moves = np.zeros_like(gradient)
            np.put_along_axis(moves, steepest, np.where(np.abs(slope) > smoothness / 2, np.sign(slope), 0.0), axis=1)
            return moves


def advance_plain(problem: Problem, scheme: Scheme, group: Group, steps: int) -> None:
    """Advance the chains by `steps` steps, O(chains * gradient) each."""
    c, smoothness = smoothing_of(scheme), float(problem.smoothness)
    for _ in range(steps):
        gradient = problem.gradient(group.w)
        record(group.sums, np.abs(gradient).sum(axis=1), (gradient**2).sum(axis=1), c, problem.dimension)
        group.w -= update(scheme, gradient, smoothness, group.rng)
    group.step += steps


def advance_greedy(problem: Separable, group: Group, steps: int) -> None:
    """Greedy descent on a separable problem, O(log d) a move: only the top of a heap of |g_i| ever changes."""
    half, d = float(problem.smoothness) / 2, problem.dimension
    for chain, w in enumerate(group.w):
        gradient = problem.gradient(w)
        heap = [(-abs(g), i) for i, g in enumerate(gradient.tolist())]
        heapq.heapify(heap)
        absolute, square = (float(np.abs(gradient).sum()), 0.0), (float((gradient**2).sum()), 0.0)
        sums = group.sums[chain].tolist()
        for _ in range(steps):
            record_one(sums, sum(absolute), sum(square), 0.0, d)
            steepest, i = heap[0]
            if -steepest <= half:
                continue
            old = float(problem.gradient_at(i, w[i]))
            w[i] -= math.copysign(1.0, old)
            new = float(problem.gradient_at(i, w[i]))
            heapq.heapreplace(heap, (-abs(new), i))
            absolute = two_sum(*two_sum(*absolute, -abs(old)), abs(new))
            square = two_sum(*two_sum(*square, -(old**2)), new**2)
        group.sums[chain] = sums
    group.step += steps
