"""A pytest plug-in: `pytest --convbound` collects `*_claims.py` and `*_methods.py` beside the tests, one item a claim.

Every run of pytest loads it where this project is installed, so it imports nothing of the engine until the option is
given and a claim file is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from convbound.checks.targets import PATTERN

METHODS = "*_methods.py"  # files that state first-order methods, see `convbound prove`

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr, TracebackStyle

    from convbound.proofs.claims import Claim
    from convbound.proofs.methods.problem import WorstCase
    from convbound.proofs.methods.prove import Outcome
    from convbound.proofs.record import Record


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two options."""
    group = parser.getgroup("convbound", "convergence bounds")
    group.addoption("--convbound", action="store_true", help=f"collect the claims of {PATTERN} files, one item a claim")
    group.addoption("--convbound-no-cache", action="store_true", help="search every proof anew; remember nothing")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A claim file, where the option asks for them."""
    if parent.config.getoption("--convbound") and file_path.match(PATTERN):
        return ClaimFile.from_parent(parent, path=file_path)
    if parent.config.getoption("--convbound") and file_path.match(METHODS):
        return MethodFile.from_parent(parent, path=file_path)
    return None


class UnexpectedVerdict(Exception):  # noqa: N818 (what a reader of the report sees)
    """A claim's verdict is not the one its author announced."""

    def __init__(self, record: Record) -> None:
        super().__init__(record.id)
        self.record = record


class ClaimFile(pytest.File):
    """A module of claims; what is proved once serves all its items."""

    def collect(self) -> Iterator[ClaimItem]:
        """One item a claim, in the order of the file."""
        from convbound.bounds.errors import InputError
        from convbound.checks.run import new_prover
        from convbound.checks.targets import load_claims
        from convbound.proofs.verify import Judge

        try:
            libraries = load_claims(self.path)
        except InputError as problem:
            raise self.CollectError(str(problem)) from None
        self.judge = Judge(new_prover(not self.config.getoption("--convbound-no-cache")))
        for library in libraries:
            for claim in library:
                name = claim.id if len(libraries) == 1 else claim.name
                yield ClaimItem.from_parent(self, name=name, claim=claim)


class ClaimItem(pytest.Item):
    """One claim; it passes where its verdict is the expected one."""

    def __init__(self, *, claim: Claim, **about: Any) -> None:
        super().__init__(**about)
        self.claim = claim

    def runtest(self) -> None:
        """Verify the claim, in a minute."""
        from convbound.checks.limits import SECONDS
        from convbound.checks.run import judged

        assert isinstance(self.parent, ClaimFile)
        record = judged(self.claim, self.parent.judge, SECONDS)
        self.user_properties += [("verdict", record.verdict), ("certificate", record.certificate or "")]
        if not record.as_expected:
            raise UnexpectedVerdict(record)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: TracebackStyle | None = None
    ) -> str | TerminalRepr:
        """The claim, its verdict and the counterexample, instead of a traceback through the engine."""
        if isinstance(excinfo.value, UnexpectedVerdict):
            from convbound.checks.report.wording import details, headline

            record = excinfo.value.record
            return f"{headline(record)}\n{details(record)}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim is stated."""
        return self.path, max(self.claim.place[1] - 1, 0), f"claim {self.name}"


class UnprovedMethod(Exception):  # noqa: N818 (what a reader of the report sees)
    """The bound of a method is not proved, or the one that was claimed does not hold."""

    def __init__(self, problem: WorstCase, outcome: Outcome) -> None:
        super().__init__(outcome.title)
        self.problem, self.outcome = problem, outcome


class MethodFile(pytest.File):
    """A file that states first-order methods."""

    def collect(self) -> Iterator[MethodItem]:
        """One item a method, in the order of the file."""
        from convbound.bounds.errors import InputError
        from convbound.proofs.methods.conic import require_solver
        from convbound.proofs.methods.files import problems_in

        try:
            require_solver()
            problems = problems_in(self.path)
        except InputError as fault:
            raise self.CollectError(str(fault)) from None
        for problem in problems:
            yield MethodItem.from_parent(self, name=problem.title, problem=problem)


class MethodItem(pytest.Item):
    """One method; it passes where its bound is proved, and the one that it claims holds."""

    def __init__(self, *, problem: WorstCase, **about: Any) -> None:
        super().__init__(**about)
        self.problem = problem

    def runtest(self) -> None:
        """Prove the bound."""
        from convbound.proofs.methods.prove import prove

        outcome = prove(self.problem)
        self.user_properties += [("verdict", outcome.words)]
        if outcome.verdict != "proved":
            raise UnprovedMethod(self.problem, outcome)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: TracebackStyle | None = None
    ) -> str | TerminalRepr:
        """The bound and the instance, or what is wrong with the problem, instead of a traceback through the engine."""
        from convbound.bounds.errors import InputError

        if isinstance(excinfo.value, UnprovedMethod):
            from convbound.proofs.methods.display import details, headline

            problem, outcome = excinfo.value.problem, excinfo.value.outcome
            return "\n".join([headline(problem, outcome), *details(problem, outcome)])
        if isinstance(excinfo.value, InputError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file."""
        return self.path, 0, f"method {self.name}"
