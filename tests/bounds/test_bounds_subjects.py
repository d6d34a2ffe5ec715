"""Subjects: the general rooms know none of them, and one that stands in another package is in everything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from convbound import bounds
from convbound.bounds import CATALOGUE, PARAMETERS, SUBJECTS, InputError
from convbound.bounds.catalogue import STUDIED
from convbound.bounds.discovery import NAMESPACE
from convbound.bounds.entry import ANY
from convbound.checks import compare

GENERAL = sorted(Path(str(bounds.__file__)).parent.glob("*.py")) + sorted(
    Path(str(compare.__file__)).parent.glob("*.py")
)
OWN = {word for scheme in (s.scheme for s in SUBJECTS.values()) for word in (scheme.id, scheme.title)}
OWN |= {bound.scheme.title for bound in CATALOGUE.values() if bound.setting != "lattice"}
OWN |= {bound.printed for bound in CATALOGUE.values() if bound.printed}
OWN |= {"79400", "BOLD", "Proposition 4", "rounding-norm", "2512.04051"}

SUBJECT = '''
"""A subject of somebody else."""
from convbound.bounds.arithmetic import Number
from convbound.bounds.entry import Quantity, Scheme
from convbound.bounds.parameter_table import POSITIVE, Parameter
from convbound.bounds.sentences import Advice
from convbound.bounds.subject import Subject

MOMENTUM = Scheme("momentum", "momentum", (Parameter("beta", "--beta", POSITIVE, "momentum"),))
subject = Subject("notes", __file__, source="my notes", scheme=MOMENTUM, quantities=(Quantity("drift", "drift"),))


@subject.bound("momentum-drift", "drift", "momentum", claim="lemma-1", item="lemma 1", assuming=("none",))
def drift(L: Number, beta: Number) -> Number:
    """Lemma 1."""
    return L / beta


@subject.sentence
def says(table):
    return f"My notes say {table.get('momentum-drift').value}."


@subject.advice
def advises(parameters):
    return Advice("beta", None, "Take beta as you like.")
'''


@pytest.mark.parametrize("file", GENERAL, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_general_module_knows_a_subject(file: Path) -> None:
    text = file.read_text(encoding="utf-8").partition('"""\n\nfrom __future__')[2]  # an example may stand on top
    for word in OWN - {ANY.id, ANY.title}:  # theirs, for results about all
        assert not re.search(rf"(?<![\w.]){re.escape(word)}(?![\w=])", text), f"{file.name} knows {word}"


def test_the_words_that_are_looked_for_are_those_of_the_subjects() -> None:
    assert {"zim", "ZIM", "R1", "R2", "R3", "BOLD", "SGD"} <= OWN
    assert STUDIED == ("zim",)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, where the folder is on Python's path."""
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "convbound.checks", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, check=False)


def foreign(folder: Path, text: str) -> Path:
    place = folder / NAMESPACE / "notes"
    place.mkdir(parents=True)
    for name, content in (("__init__", ""), ("bounds", text)):
        (place / f"{name}.py").write_text(content, encoding="utf-8")
    return place


def test_somebody_elses_subject_is_in_the_command(tmp_path: Path) -> None:
    """Its option, its bound with the verdict recorded beside it, its sentence and its advice."""
    place = foreign(tmp_path, SUBJECT)
    answer = run(tmp_path, "bound", "--L", "3", "--d", "1", "--beta", "2")
    assert answer.returncode == 0, answer.stderr
    assert re.search(r"open +momentum +L/β +1\.5", answer.stdout)
    assert "My notes say 1.5." in answer.stdout and "Take beta as you like." in answer.stdout
    (place / "bounds.json").write_text(
        '{"notes:lemma-1": {"verdict": "proved", "certificate": null}}', encoding="utf-8"
    )
    assert re.search(r"valid +momentum", run(tmp_path, "bound", "--L", "3", "--d", "1", "--beta", "2").stdout)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x = 1", f"the module {NAMESPACE}.notes.bounds declares no subject of bounds."),
        (SUBJECT.replace('"notes"', '"lattice"'), "there are two subjects of bounds called 'lattice'."),
        (SUBJECT.replace("momentum-drift", "prop-4"), "two subjects declare the bound 'prop-4'."),
        (SUBJECT.replace('"beta", "--beta"', '"c", "--c"').replace("beta:", "c:"), "declare the parameter 'c'."),
        (SUBJECT.replace('"drift", "drift"', '"mu", "drift"'), "declare the quantity 'mu'."),
    ],
)
def test_a_subject_that_is_none_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    foreign(tmp_path, text)
    answer = run(tmp_path, "bound", "--L", "3", "--d", "1")
    assert answer.returncode == 2
    assert sentence in answer.stderr and answer.stderr.count("\n") == 1


def test_every_claim_of_a_subject_is_qualified_and_every_parameter_is_wanted() -> None:
    for name, subject in SUBJECTS.items():
        for bound in subject.bounds:
            assert bound.claim.startswith(f"{name}:") and all(":" in claim for claim in bound.claims)
    wanted = {letter for bound in CATALOGUE.values() for letter in bound.wanted}
    assert {parameter.letter for parameter in PARAMETERS} <= wanted


def test_a_bound_that_is_declared_twice_is_an_error_of_its_author() -> None:
    from convbound.bounds.catalogue import _unique

    with pytest.raises(InputError, match="two subjects declare the thing 'b'"):
        _unique(["ab", "bb"], lambda text: text[-1], "thing")
