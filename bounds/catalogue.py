"""The catalogue: every bound, quantity and parameter that the subjects declare, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from convbound.bounds.discovery import subject_modules
from convbound.bounds.entry import Bound, Quantity
from convbound.bounds.errors import InputError, nearest
from convbound.bounds.parameter_table import COMMON, Parameter, Real, checked
from convbound.bounds.subject import Subject

T = TypeVar("T")
COMMON_QUANTITIES = (
    Quantity("mean-square", "mean squared gradient norm, K → ∞", 2, "the mean square"),
    Quantity("mean-norm", "mean gradient norm, K → ∞", 1, "the mean norm"),
    Quantity(
        "best-iterate",
        "best iterate: a gradient norm that the run comes arbitrarily near to or below",
        1,
        "the best iterate",
    ),
    Quantity("mean-square/K", "mean squared gradient norm over K steps", 2, "the mean square over K steps"),
    Quantity("mean-norm/K", "mean gradient norm over K steps", 1, "the mean norm over K steps"),
    Quantity(
        "best-iterate/K",
        "best iterate: smallest gradient norm within K steps",
        1,
        "the best iterate within K steps",
    ),
    Quantity(
        "miss/K",
        "probability that no iterate within K steps has ‖∇F‖₂ < T",
        use="the chance that no iterate within K steps is below T",
        most=1,
    ),
    Quantity("wait", "expected number of steps until ‖∇F‖₂ < T", use="the wait until the norm is below T"),
)


def _subjects() -> dict[str, Subject]:
    """The subjects that are there. Raises InputError where a module declares none, or two have one name."""
    found: dict[str, Subject] = {}
    for part in subject_modules("convbound.bounds.subjects", "bounds"):
        module = part.load()
        own = [thing for thing in vars(module).values() if isinstance(thing, Subject)]
        if not own:
            raise InputError(f"the module {module.__name__} declares no subject of bounds.")
        for subject in own:
            if found.setdefault(subject.name, subject) is not subject:
                raise InputError(f"there are two subjects of bounds called {subject.name!r}.")
    return found


def _unique(things: Iterable[T], key: Callable[[T], str], what: str) -> dict[str, T]:
    """Things by name. Raises InputError where two different ones have the same."""
    found: dict[str, T] = {}
    for thing in things:
        if found.setdefault(key(thing), thing) != thing:
            raise InputError(f"two subjects declare the {what} {key(thing)!r}.")
    return found


SUBJECTS: Mapping[str, Subject] = _subjects()
CATALOGUE: Mapping[str, Bound] = _unique((b for s in SUBJECTS.values() for b in s.bounds), lambda b: b.id, "bound")
QUANTITIES: Mapping[str, Quantity] = _unique(
    (*COMMON_QUANTITIES, *(q for s in SUBJECTS.values() for q in s.quantities)), lambda q: q.id, "quantity"
)
SCHEMES = _unique((b.scheme for b in CATALOGUE.values()), lambda scheme: scheme.id, "scheme")
# the schemes that subjects are about, whose bounds are recommended beside the best of all
STUDIED = tuple(dict.fromkeys(s.scheme.id for s in SUBJECTS.values() if s.scheme.id != "any"))
_OWN = (p for s in SUBJECTS.values() for p in (*s.scheme.parameters, *s.parameters))
BY_LETTER: Mapping[str, Parameter] = _unique(
    (*COMMON, *_OWN, *(p for scheme in SCHEMES.values() for p in scheme.parameters)), lambda p: p.letter, "parameter"
)
PARAMETERS = tuple(BY_LETTER.values())
_WORDS = {parameter.option.removeprefix("--"): parameter.letter for parameter in PARAMETERS}


def bound(identifier: str) -> Bound:
    """The entry with this identifier; InputError naming the nearest ones where there is none."""
    if not isinstance(identifier, str):
        raise InputError(f"a bound is named by its identifier, a text such as 'prop-4', not {identifier!r}.")
    if identifier in CATALOGUE:
        return CATALOGUE[identifier]
    near = nearest(identifier, CATALOGUE)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(CATALOGUE)}."
    raise InputError(f"there is no bound {identifier!r}; {hint}")


def determined(parameters: Mapping[str, object]) -> list[Bound]:
    """The bounds for which every needed parameter is given (their conditions are not looked at)."""
    return [entry for entry in CATALOGUE.values() if all(name in parameters for name in entry.needs)]


def refuse_unknown(names: Iterable[str]) -> None:
    """InputError for the first name that is no letter, with the letter that is probably meant."""
    for name in names:
        if name in BY_LETTER:
            continue
        if name in _WORDS:
            raise InputError(f"formulas call {name} {_WORDS[name]!r}: give {_WORDS[name]}=….")
        near = nearest(name, [*BY_LETTER, *_WORDS], 1)
        hint = f"did you mean {_WORDS.get(near[0], near[0])}?" if near else f"there are {', '.join(BY_LETTER)}."
        raise InputError(f"there is no parameter {name!r}; {hint}")


def known(values: Mapping[str, Real | None], name: Callable[[Parameter], str]) -> dict[str, Fraction]:
    """Values by letter, each checked, defaults filled in, without those that are unknown (None).

    Raises:
        InputError: L or d is missing, or a value is not allowed; the sentence uses the `name` of the parameter.
    """
    refuse_unknown(values)
    for letter in ("L", "d"):
        if values.get(letter) is None:
            raise InputError(f"{name(BY_LETTER[letter])} is needed: the {BY_LETTER[letter].help}.")
    found: dict[str, Fraction] = {}
    for parameter in PARAMETERS:
        value = values.get(parameter.letter)
        if value is not None:
            found[parameter.letter] = checked(value, parameter.kind, name(parameter))
        elif parameter.default is not None:
            found[parameter.letter] = Fraction(parameter.default)
    return found


def parameters(**letters: Real | None) -> dict[str, Fraction]:
    """Parameters under the letters of the formulas, checked once, as exact fractions; defaults are filled in.

    Args:
        letters: `L` and `d` always; None is unknown. `convbound bound --help` says what every letter is.

    Raises:
        InputError: a letter is not known, L or d is missing, or a value is not allowed.
    """
    return known(letters, lambda parameter: parameter.letter)
