"""The constants of Assumption 3 that a scheme of your own declares: proved of its law, or assumed with its moments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from convbound.bounds import Bound
from convbound.bounds.errors import InputError
from convbound.bounds.subjects.discrete_updates import CONSTANTS
from convbound.bounds.verdict import Verdict
from convbound.checks.compare.sweep import LETTERS
from convbound.checks.foreign import guarded
from convbound.checks.run import new_prover, run
from convbound.checks.scheme_moments import check_moments
from convbound.checks.simulation.input import read_settings
from convbound.checks.simulation.schemes.claims import claims_of
from convbound.checks.simulation.schemes.coordinate import CoordinateScheme
from convbound.checks.simulation.schemes.own import build_scheme, find_scheme

NEEDED = ("alignment", "second-moment-bound")


@dataclass(frozen=True, eq=False)
class OwnConstants:
    """alpha, mu, M and M_G of a scheme of your own, with which the kernel has proved (2.2) and (2.3).

    Of its law; or, where it has none, of the moments that it states. Then all that follows is `assumed`. `remark` is
    what is to be said of these moments.
    """

    scheme: CoordinateScheme
    remark: str = ""

    def at(self, dimension: Fraction) -> dict[str, Fraction]:
        """The four by letter, in that many dimensions: not always a whole number, where two bounds cross.

        What is proved is about one coordinate; in d dimensions (2.2) and (2.3) are the sum over d of them. Constants
        that promise more than this sum are refused.

        Raises:
            InputError: `constants(self, d)` fails there, gives something else than numbers, or promises too much.
        """
        found, one = self._declared(dimension), self.of_one
        pairs = (
            (found["mu"] * found["alpha"], one["mu"] * one["alpha"], "mu alpha", "at most", ""),
            (-found["M"] * found["alpha"], -one["M"] * one["alpha"] * dimension, "M alpha", "at least", "d times "),
            (-found["M_G"] * found["alpha"] ** 2, -one["M_G"] * one["alpha"] ** 2, "M_G alpha^2", "at least", ""),
        )
        for value, allowed, what, must, times in pairs:
            if value > allowed:
                raise InputError(
                    f"{self.scheme.title}: constants(self, d) at d = {dimension} do not follow from d = 1: {what} "
                    f"must be {must} {times}what it is at d = 1."
                )
        return found

    @cached_property
    def of_one(self) -> dict[str, Fraction]:
        """Those of one coordinate, which the kernel speaks of."""
        return self._declared(Fraction(1))

    @cached_property
    def exact(self) -> CoordinateScheme:
        """The scheme, its parameters as fractions."""
        fractions = {letter: Fraction(getattr(self.scheme, letter)) for letter in self.scheme.letters}
        return replace(self.scheme, **fractions) if fractions else self.scheme  # type: ignore[type-var]  # a dataclass

    def _declared(self, dimension: Fraction) -> dict[str, Fraction]:
        d = int(dimension) if dimension.denominator == 1 else dimension
        found = guarded(self.scheme.origin or self.scheme.title, lambda: self.exact.constants(d))  # type: ignore[arg-type]  # no whole number where bounds cross
        try:
            return {letter: Fraction(found[letter]) for letter in LETTERS}
        except (TypeError, ValueError, KeyError, OverflowError):
            raise InputError(
                f"{self.scheme.title} has no constants(self, d) that returns numbers alpha, mu, M and M_G."
            ) from None

    def text(self, *dimensions: Fraction) -> str:
        """A line that says who they are, at one d or at both ends of a range."""
        rows = [self.at(d) for d in dimensions]
        shown = {letter: list(dict.fromkeys(f"{float(row[letter]):g}" for row in rows)) for letter in LETTERS}
        listed = ", ".join(f"{letter} = {' to '.join(values)}" for letter, values in shown.items())
        return f"{self.scheme.text()}: {listed}; {self.grounds}"

    @property
    def stated(self) -> bool:
        """Whether all rests on moments that are taken as they are stated."""
        return not self.scheme.has("law")

    @property
    def grounds(self) -> str:
        """Why (2.2) and (2.3) hold, as a sentence without its subject."""
        if self.stated:
            return f"(2.2) and (2.3) follow from the moments that it states, which are assumed{self.remark}."
        return "(2.2) and (2.3) proved, as long as its law is one at every slope."

    def concerns(self, bound: Bound) -> bool:
        """Whether a bound is about the scheme: it rests on these constants."""
        return CONSTANTS in bound.assumptions

    def adapted(self, bounds: Iterable[Bound]) -> tuple[Bound, ...]:
        """The bounds, as they are about the scheme.

        M is the second moment of an update, not of a stochastic gradient, so theorems about that one are left out.
        Off the lattice the lattice minimum says nothing of those that rest on the constants.
        """
        kept = [b for b in bounds if not self.concerns(b) or b.setting == "lattice"]
        if self.stated:
            kept = [self._resting_on_moments(b) if self.concerns(b) else b for b in kept]
        if self.scheme.on_lattice:
            return tuple(kept)
        note = f"real-valued weights, as {self.scheme.title} moves them"
        if self.stated:
            note = f"{note}, if its moments are as stated"
        return tuple(replace(b, setting="elsewhere", note=note) if self.concerns(b) else b for b in kept)

    def _resting_on_moments(self, bound: Bound) -> Bound:
        note = "; ".join(filter(None, (f"rests on the moments that {self.scheme.title} states", bound.note)))
        moments = f"the moments of an update are those that {self.scheme.title} states (assumed)"
        return replace(bound, premises=Verdict.ASSUMED, note=note, assumptions=(*bound.assumptions, moments))


def proved_constants(
    name: str, settings: Sequence[str], given: Collection[str], spacing: Fraction | None
) -> OwnConstants:
    """The constants of a scheme of your own, once the kernel has proved what they say.

    Args:
        name: `file.py:CLASS` or `MODULE:CLASS`.
        settings: its parameters, as `NAME=NUMBER`.
        given: the letters of the bounds' parameters that are given; none of the four may be among them, and d must.
        spacing: of the lattice; constants are those of the unit lattice.

    Raises:
        InputError: it is no such scheme, it has neither law nor moments, they contradict each other, it declares no
            constants, the kernel does not prove (2.2) and (2.3) with them, or some are given beside it.
    """
    kind = find_scheme(name)
    if not issubclass(kind, CoordinateScheme):
        raise InputError(
            f"--scheme is for a scheme of your own, file.py:CLASS, ternary or sparse; {name} has options of its own."
        )
    doubled = [letter for letter in LETTERS if letter in given]
    if doubled:
        raise InputError(f"--{doubled[0].replace('_', '-')} comes from the scheme that --scheme names; leave it out.")
    if spacing not in (None, 1):
        raise InputError("--spacing other than 1 is not for --scheme: its constants are those of the unit lattice.")
    scheme = build_scheme(name, {}, read_settings(settings))
    if "d" not in given:
        raise InputError("--scheme needs --d, a whole number.")
    assert isinstance(scheme, CoordinateScheme), "find_scheme has said so"
    if not kind.has("law") and not kind.has("moments"):
        raise InputError(
            f"{kind.title} has a sampler alone, from which no bound follows: add moments(self, g), or law(self, g)."
        )
    found = OwnConstants(scheme)
    found.at(Fraction(1))
    if kind.has("moments"):
        found = replace(found, remark=check_moments(found.exact))
    _prove(kind)
    return found


def _prove(kind: type[CoordinateScheme]) -> None:
    claims = [claim for claim in claims_of(kind) if claim.id in NEEDED]
    open_claims = [r for r in run(claims, new_prover()) if r.verdict != "proved"]
    if open_claims:
        first = open_claims[0]
        raise InputError(
            f"{kind.title}: with its constants {first.title} is {first.verdict}, so no bound follows "
            f"({first.reason.splitlines()[0] if first.reason else 'no reason given'})."
        )
