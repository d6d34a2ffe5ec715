"""The claims that the world is asked about, by the identifiers of the libraries `discrete-updates` and `lattice`.

The formulas are those of `bounds.formulas` wherever it has them; what it lacks (moments and one-step inequalities) is
transcribed here from arXiv 2512.04051. Each claim has at least one instance on which it is tight, or all but, so that
a constant off by five percent cannot hide; refuted claims have their counterexamples among the instances.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from convbound.bounds import formulas
from convbound.bounds.entry import parameters_of
from convbound.checks.evidence import worlds
from convbound.checks.evidence.record import ClaimCheck, Formula, Instance, Parameters
from convbound.checks.sequential.decision import Relation


def named(function: Callable[..., Any], **fixed: Any) -> Formula:
    """A formula of `bounds.formulas`, its arguments looked up by name."""
    names = [name for name in parameters_of(function) if name not in fixed]
    return lambda p: function(**{name: p[name] for name in names}, **fixed)


def count_mean(p: Parameters) -> Any:
    """Proposition 10: E y_i = n r q_i."""
    return [p["n"] * p["r"] * x for x in p["q"]]


def count_second_moment(p: Parameters) -> Any:
    """Proposition 10: E |y|^2 = n r + r^2 (n^2 - n) sum q_i^2."""
    return p["n"] * p["r"] + p["r"] ** 2 * (p["n"] ** 2 - p["n"]) * p["S"]


def update_mean(p: Parameters) -> Any:
    """Proposition 11: n r (g + c sign g) / (|g|_1 + c d)."""
    scale = p["n"] * p["r"] / (p["s"] + p["c"] * p["d"])
    return [scale * (g + p["c"] * ((g > 0) - (g < 0))) for g in p["g"]]


def update_second_moment_printed(p: Parameters) -> Any:
    """Proposition 11 as printed: all q_i^2, and n r in full."""
    return p["n"] * p["r"] + p["r"] ** 2 * (p["n"] ** 2 - p["n"]) * p["S_all"]


def update_second_moment(p: Parameters) -> Any:
    """Proposition 11 corrected: only the coordinates with g_i != 0 move."""
    return p["n"] * p["r"] * p["Q"] + p["r"] ** 2 * (p["n"] ** 2 - p["n"]) * p["S"]


def alignment_with(mu: Callable[..., Any]) -> Formula:
    """The right-hand side of (2.2), alpha mu |g|^2 with alpha = r."""
    constant = named(mu)
    return lambda p: p["r"] * constant(p) * p["t2"]


def second_moment_printed(p: Parameters) -> Any:
    """Proposition 7's (2.3): alpha n + alpha^2 (n^2 - n) |g|^2."""
    return p["r"] * p["n"] + p["r"] ** 2 * (p["n"] ** 2 - p["n"]) * p["t2"]


def second_moment_corrected(p: Parameters) -> Any:
    """(2.3) with the corrected M and M_G."""
    M, M_G = named(formulas.corrected_M)(p), named(formulas.corrected_M_G)(p)
    return p["r"] * M + p["r"] ** 2 * M_G * p["t2"]


def decrease_prop_8(p: Parameters) -> Any:
    """Proposition 8: -g . E update + L/2 E |update|^2."""
    return -p["alignment"] + p["L"] * p["second_moment"] / 2


def decrease_prop_9(p: Parameters) -> Any:
    """Proposition 9: -(mu - alpha L M_G / 2) alpha |g|^2 + alpha L M / 2."""
    slope = p["mu"] - p["alpha"] * p["L"] * p["M_G"] / 2
    return -slope * p["alpha"] * p["t2"] + p["alpha"] * p["L"] * p["M"] / 2


Worlds = tuple[Instance, ...]


def _check(
    claim: str, relation: Relation, formula: Formula, exact: Worlds, sampled: Worlds | None = None, roots: bool = False
) -> ClaimCheck:
    return ClaimCheck(claim, relation, formula, exact, exact if sampled is None else sampled, roots)


def build_checks(long_steps: int) -> dict[str, ClaimCheck]:
    """Every check by claim id; `long_steps` is K on the longest trajectory that is sampled."""
    printed = (
        ("R1", formulas.printed_mu_r1, formulas.zim_floor_r1),
        ("R2", formulas.printed_mu_r2, formulas.zim_floor_r2),
        ("R3", formulas.printed_mu_r3, formulas.zim_floor_r3),
    )
    alignments, floors = worlds.unbounded_gradients(), worlds.above_the_printed_floor()
    checks = [
        _check("prop-4", "<=", named(formulas.printed_average), *worlds.assumption_three()),
        _check("prop-8", "<=", decrease_prop_8, worlds.decreases()),
        _check("prop-9", "<=", decrease_prop_9, worlds.decreases()),
        _check("prop-10/mean", "=", count_mean, worlds.counts(squared=False)),
        _check("prop-10/second-moment", "=", count_second_moment, worlds.counts(squared=True)),
        _check("prop-11/mean", "=", update_mean, worlds.updates("mean")),
        _check("prop-11/second-moment", "=", update_second_moment_printed, worlds.updates("square")),
        _check(
            "prop-11/second-moment~corrected",
            "=",
            update_second_moment,
            worlds.updates("square"),
            worlds.wide_updates(),
        ),
        *(
            _check(f"{item}/alignment@{reading}", ">=", alignment_with(mu), alignments, roots=True)
            for item in ("prop-12", "prop-7")
            for reading, mu, _ in printed
        ),
        _check("prop-12~corrected", ">=", alignment_with(formulas.bounded_mu), worlds.bounded_gradients(), roots=True),
        _check("prop-7/second-moment", "<=", second_moment_printed, worlds.small_gradients()),
        _check("prop-7/second-moment~corrected", "<=", second_moment_corrected, worlds.small_gradients()),
        *(
            _check(f"specialisation/limit@{reading}", "<=", named(floor), *floors, roots=True)
            for reading, _, floor in printed
        ),
        _check("t1b", "<=", named(formulas.zim_norm_average), *worlds.one_draw(long_steps), roots=True),
        _check("t1c/best-iterate", "<=", named(formulas.zim_best_iterate), *worlds.late_bests(), roots=True),
        _check("t3/i", "<=", named(formulas.spread_norm_average, sigma=1), *worlds.many_draws(), roots=True),
        _check("rounding/floor", "<=", named(formulas.rounding_average), *worlds.roundings(long_steps), roots=True),
    ]
    return {check.claim: check for check in checks}
