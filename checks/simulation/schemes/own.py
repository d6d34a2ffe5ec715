"""A scheme of your own, `file.py:CLASS` or `MODULE:CLASS`, found like those that ship."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from fractions import Fraction
from functools import lru_cache

from convbound.bounds.errors import InputError
from convbound.checks.foreign import guarded, is_foreign, load_object
from convbound.checks.simulation.schemes import scheme_class
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.schemes.coordinate import CoordinateScheme


@lru_cache(maxsize=8)  # a worker loads it once, not with every task
def own_class(specification: str) -> type[CoordinateScheme]:
    """The class that `file.py:CLASS` or `MODULE:CLASS` names.

    Raises:
        InputError: there is none, or it is no scheme.
    """
    found = load_object(specification, "--scheme", "CLASS")
    if not isinstance(found, type) or not issubclass(found, CoordinateScheme) or found is CoordinateScheme:
        raise InputError(
            f"{specification} is no scheme: it must be a class made from convbound.schemes.CoordinateScheme."
        )
    if not any(found.has(method) for method in ("law", "sample", "moments")):
        raise InputError(f"{specification} needs law(self, g), sample(self, g, rng) or moments(self, g).")
    found.origin = specification
    return found


def find_scheme(name: str) -> type[Scheme]:
    """The class of a scheme that ships, by its name, or of your own.

    Raises:
        InputError: there is none.
    """
    return own_class(name) if is_foreign(name) else scheme_class(name)


def build_scheme(
    name: str, options: Mapping[str, object], settings: Mapping[str, Fraction], spacing: Fraction = Fraction(1)
) -> Scheme:
    """The scheme of that name with its parameters: those of your own come from `settings`, the others from `options`.

    One that ships and is written like your own takes both; where its parameter is in neither, it has its default.

    Raises:
        InputError: there is no such scheme, a parameter is missing or unknown, or outside its domain.
    """
    found = find_scheme(name)
    if not issubclass(found, CoordinateScheme):
        if settings:
            raise InputError(f"--set is for schemes of your own; {name} has the options of this command.")
        return found.build(options, spacing)
    unknown = [key for key in settings if key not in found.letters]
    if unknown:
        allowed = ", ".join(found.letters) or "none"
        raise InputError(f"--set {unknown[0]}: {found.title} has no such parameter; it has {allowed}.")
    for field in fields(found):  # type: ignore[arg-type]  # every scheme is a dataclass
        if field.name not in settings and field.default is MISSING:
            domain = found.domains.get(field.name, "a number")
            raise InputError(f"{found.title} needs --set {field.name}=NUMBER ({domain}).")
    chosen = settings
    if found.origin is None:
        chosen = {key: Fraction(str(options[key])) for key in found.letters if key in options} | dict(settings)
    given = {key: value / spacing if key in found.rates else value for key, value in chosen.items()}
    scheme: Scheme = guarded(name, lambda: found(**given))
    return scheme
