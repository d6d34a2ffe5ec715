"""A paper: its lemmas, theorems and displayed lines, in the words of the textbook. Each becomes a `Claim`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sympy

from convbound.proofs.claims import Claim, Hypothesis, Library, Refutation
from convbound.proofs.language.vocabulary import Relation, Vocabulary
from convbound.proofs.textbook.declared import INDEX, OWN, RUN, STEP, Declared, MisuseError, together
from convbound.proofs.textbook.existence import constant_of, free_of, instance_for_all, with_term
from convbound.proofs.textbook.patterns import (
    check_least,
    least_fact,
    power_facts,
    power_sign,
    supposed_least,
)
from convbound.proofs.textbook.terms import Stated, Term, kind_of, term
from convbound.proofs.textbook.words import E

if TYPE_CHECKING:
    from convbound.proofs.derivation.derivation import Derivation, Fact
    from convbound.proofs.models.processes import Instance

Statements = Stated | Sequence["Stated | Statements"]
PLAIN = ("constant", "positive", "integer")  # without a scope


@dataclass
class Words(Vocabulary):
    """The vocabulary of one claim of a paper: what its words were declared to be, and which functionals they name."""

    declared: dict[str, Declared] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    start: int = 1


class Paper(Library):
    """The claims of one paper, in its order: `paper = Paper("sgd", "Ghadimi & Lan 2013")`. Steps are k = start, …"""

    def __init__(self, name: str, source: str, title: str = "", *, start: int = 1) -> None:
        """Nothing is claimed yet.

        Raises:
            MisuseError: a name or the source is no text, or the first step is no integer.
        """
        for what, text in (("the name of a paper", name), ("its source", source), ("its title", title)):
            if not isinstance(text, str) or (what != "its title" and not text.strip()):
                raise MisuseError(f"{what} is a text, not {kind_of(text) if text != '' else 'an empty one'}")
        if not isinstance(start, int) or isinstance(start, bool):
            raise MisuseError(f"the first step is an integer, usually 0 or 1, not {start!r}")
        super().__init__(name, title or name, source)
        self.start = start

    def lemma(
        self, id: str, suppose: Statements = (), then: Stated | None = None, *, uses: Sequence[Claim] = (), **more: Any
    ) -> Claim:
        """A lemma: what it supposes, and what it claims. `uses` are the claims on which its proof may rest.

        The other arguments are those of `state`.

        Raises:
            MisuseError: a part is no statement, or the words in it do not fit together.
        """
        return self.state("Lemma", id, suppose, then, uses=uses, **more)

    def theorem(
        self, id: str, suppose: Statements = (), then: Stated | None = None, *, uses: Sequence[Claim] = (), **more: Any
    ) -> Claim:
        """A theorem; see `lemma`."""
        return self.state("Theorem", id, suppose, then, uses=uses, **more)

    def line(
        self, id: str, suppose: Statements = (), then: Stated | None = None, *, uses: Sequence[Claim] = (), **more: Any
    ) -> Claim:
        """One displayed line; see `lemma`."""
        return self.state("Line", id, suppose, then, uses=uses, **more)

    def exists(self, id: str, C: Term, suppose: Statements, then: Stated, *, take: object, **more: Any) -> Claim:
        """There is a constant C, fixed before everything else, with `then`: `take` is one. It is that which is checked.

        Raises:
            MisuseError: a hypothesis speaks of C, or `take` depends on what is fixed later.
        """
        given = list(statements(suppose, id))
        free_of(constant_of(C), given)
        chosen = with_term(C, then, take)
        more.setdefault("title", f"there is {self._shown(C, then)}; here {C} = {Vocabulary().text(term(take).expr)}")
        return self.state("Existence", id, given, chosen, **more)

    def none(
        self, id: str, C: Term, suppose: Statements, then: Stated, *, against: Mapping[Term, object], **more: Any
    ) -> Claim:
        """There is no constant C with `then`: for each, `against` is an instance in which it fails.

        What is claimed, and proved for every C, is that it fails there; hypotheses that are not seen to hold there
        whatever C is are supposed, and restrict it.

        Raises:
            MisuseError: `against` leaves a symbol without a value, or does not satisfy a hypothesis.
        """
        given = list(statements(suppose, id))
        free_of(constant_of(C), given)
        left, failed = instance_for_all(C, given, then, against, self.start)
        values = ", ".join(f"{x} = {Vocabulary().text(term(y).expr)}" for x, y in against.items())
        more.setdefault("title", f"there is no {self._shown(C, then)}: it fails where {values}")
        return self.state("No constant", id, left, failed, **more)

    def _shown(self, C: Term, then: Stated) -> str:
        """ "C with ‖g‖² ≤ C"."""
        sides = [then.left.expr, then.right.expr]
        v = vocabulary(
            then.declared, {f.func.__name__ for e in sides for f in e.atoms(sympy.Function)}, self.start, sides
        )
        return f"{v.text(C.expr)} with {v.text(then.relation)}"

    def state(
        self,
        kind: str,
        id: str,
        suppose: Statements,
        then: Stated | None,
        *,
        uses: Sequence[Claim] = (),
        expected: str = "proved",
        title: str = "",
        source: str = "",
        proof: Callable[[Derivation], Fact] | None = None,
        prepare: Callable[[Derivation], None] | None = None,
        witness: Callable[[], Instance | Sequence[Instance]] | None = None,
        refutation: Refutation | None = None,
        corrects: str | None = None,
        printed: bool | None = None,
        note: str = "",
        assumed: bool = False,
    ) -> Claim:
        """Register a claim of some kind.

        Args:
            kind: Lemma, Theorem, Line, or what the source calls it.
            id: its name, unique in the paper.
            suppose: the hypotheses, lists of them too.
            then: the conclusion.
            uses: claims of papers in these words, on which a proof may rest.
            expected: the verdict that the author expects.
            title: what it says, in words.
            source: where it stands in the source.
            proof: a proof written by hand; without it one is searched for.
            prepare: see `Claim`.
            witness: an instance in which the hypotheses hold; without it one is searched for.
            refutation: an instance in which the conclusion fails; without it one is searched for.
            corrects: the claim that this one puts right.
            printed: whether the source has it so; a correction is not printed.
            note: a remark.
            assumed: it is stated, and neither proved nor refuted here; evidence can contradict it.

        Raises:
            MisuseError: a part is no statement, or the words in it do not fit together.
        """
        if not isinstance(id, str) or not id.strip() or not id.isprintable():
            raise MisuseError(f"a claim has a name, a short text; this is {kind_of(id)}: {id!r}"[:200])
        if not isinstance(then, Stated):
            what = "nothing" if then is None else "several" if isinstance(then, list | tuple) else kind_of(then)
            raise MisuseError(f"{id}: a claim concludes one statement, then=…; here it is {what}")
        given = [supposed_least(x) for x in statements(suppose, id)]
        check_least(then)
        v = self._vocabulary(id, [*given, then], uses)
        return self.claim(
            id,
            source or kind,
            title or id.replace("-", " ").replace("~", ", "),
            v,
            suppose=self._hypotheses(v, given),
            then=then.relation,
            expected=expected,
            printed=corrects is None if printed is None else printed,
            corrects=corrects,
            proof=proof,
            prepare=prepare,
            witness=witness,
            refutation=refutation,
            note=note,
            assumed=assumed,
            uses=tuple(uses),
        )

    def _hypotheses(self, v: Words, given: Sequence[Stated]) -> list[Hypothesis]:
        found = [Hypothesis(x.relation, x.label, x.added) for x in given]
        said = {x.relation for x in found}
        first, more = list[Hypothesis](), list[Hypothesis]()
        for declared in v.declared.values():
            if declared.kind == "positive":
                relation = Relation(sympy.Symbol(declared.name, real=True), ">", sympy.Integer(0))
                first += [] if relation in said else [Hypothesis(relation)]
            elif declared.kind == "power":
                more += [Hypothesis(*x) for x in power_facts(declared, self.start)]
            elif declared.kind == "least":
                more.append(Hypothesis(*least_fact(declared)))
        return [*first, *found, *more]

    def _vocabulary(self, id: str, parts: Sequence[Stated], uses: Sequence[Claim]) -> Words:
        below = list[Words]()
        for claim in uses if isinstance(uses, list | tuple) else [uses]:
            if not isinstance(claim, Claim) or not isinstance(claim.vocabulary, Words):
                raise MisuseError(f"{id}: uses=[…] takes claims of a Paper, as lemma(…) returns them")
            if claim.vocabulary.start != self.start:
                there = claim.vocabulary.start
                raise MisuseError(f"{id}: the steps of {claim.name} start at {there}, not at {self.start}")
            below.append(claim.vocabulary)
        declared = together(*(p.declared for p in parts), *(v.declared for v in below))
        sides = [side.expr for p in parts for side in (p.left, p.right)]
        sides += [x.of.expr for x in declared.values() if x.of is not None]
        named = {f.func.__name__ for side in sides for f in side.atoms(sympy.Function)}
        return vocabulary(declared, named.union(*(v.named for v in below)), self.start, sides)


def statements(suppose: object, id: str) -> Iterator[Stated]:
    """All statements of nested lists.

    Raises:
        MisuseError: something in them is no statement.
    """
    if isinstance(suppose, Stated):
        yield suppose
    elif isinstance(suppose, Iterable) and not isinstance(suppose, str | Term):
        for x in suppose:
            yield from statements(x, id)
    else:
        hint = f": {suppose!r}" if isinstance(suppose, bool | str | int) else ""
        raise MisuseError(f"{id}: a hypothesis is a statement such as L > 0; this is {kind_of(suppose)}{hint}")


def vocabulary(
    declared: dict[str, Declared], named: frozenset[str] | set[str], start: int, sides: Sequence[sympy.Expr] = ()
) -> Words:
    """The scopes, symbols and functionals of a claim, from what its words were declared to be."""
    kinds = {x.kind for x in declared.values()}
    expectations = {n for n in named if n == "E" or n.startswith("E_k")}
    chance = "drawn" in kinds or bool(expectations)
    timed = bool(kinds & {"known", "drawn", "power", "step"}) or "K" in declared or bool(expectations - {"E"})
    coordinates = "d" in declared or "sum" in named or any(x.vector for x in declared.values())
    after = [int(n[3:]) for n in expectations if n[3:].isdigit()]
    stages = max([0, *after, *(x.stage - 1 for x in declared.values() if x.kind == "drawn")])
    v = Words(declared=declared, named=frozenset(named), start=start)
    for x in declared.values():
        if x.kind in PLAIN and x.name not in ("K", "d"):
            v.real(x.name, x.meaning, integer=x.kind == "integer")
    if coordinates:
        v.index(INDEX, v.real("d", OWN["d"], integer=True))
        v.functional("sum", "sum", over=INDEX)
    if timed:
        v.time(STEP, "k", start, v.real("K", OWN["K"], integer=True), random=chance)
        v.functional("mean", "average", over=STEP)
        v.functional("total", "sum", over=STEP)
    if stages:
        one = v.real("stages", "the stages of a step, one each", integer=True)
        for s in range(1, stages + 1):
            v.time(f"stage{s}", f"s_{s}", 1, one)
    if chance:
        v.random(RUN)
        v.functional("E", "expectation")
        if timed:
            v.functional("E_k", "expectation", given=[STEP])
        for s in range(1, stages + 1):
            v.functional(f"E_k{s}", "expectation", given=[STEP, *(f"stage{t}" for t in range(1, s + 1))])
    for x in declared.values():
        _scoped(v, x, [RUN] if chance else [], stages)
    _notations(v, sides)
    for x in declared.values():
        if x.kind in ("power", "least"):
            _pattern(v, x, [RUN] if chance else [], stages)
    return v


def _scoped(v: Words, x: Declared, run: list[str], stages: int) -> None:
    """Declare a symbol that is no constant."""
    index = [INDEX] if x.vector else []
    if x.kind == "fixed":
        v.real(x.name, x.meaning, over=index)
    elif x.kind == "known":
        v.real(x.name, x.meaning, over=[*index, *run, STEP], sequence=STEP)
    elif x.kind == "drawn":
        unknown = [f"~{STEP}", *(f"~stage{s}" for s in range(1, x.stage))]
        v.real(x.name, x.meaning, over=[*index, *run, STEP, *unknown])


def _pattern(v: Words, x: Declared, run: list[str], stages: int) -> None:
    """Declare what stands for a power or a minimum; it is shown as that."""
    if x.kind == "power":
        v.notation(v.real(x.name, over=[STEP], sequence=STEP), *power_sign(x, v.start, v))
    elif x.of is not None:
        unknown = [f"~{t}" for t in (STEP, *(f"stage{s}" for s in range(1, stages + 1)))]
        over = [*run, *unknown] if run and E.changes(x.of) else []
        shown = f"min_k {v.text(x.of.expr)}", rf"\min_{{k}} {v.tex(x.of.expr)}"
        v.notation(v.real(x.name, over=over), *shown)


def _notations(v: Words, sides: Sequence[sympy.Expr]) -> None:
    """‖x‖² and ‖x‖₁ for the sums of squares and of absolute values in an expression."""
    total = sympy.Function("sum")
    for e in dict.fromkeys(f for side in sides for f in sympy.preorder_traversal(side) if f.func == total):
        inner = e.args[0]
        if inner.is_Pow and inner.exp == 2:
            v.notation(e, f"‖{v.text(inner.base)}‖²", rf"\left\|{v.tex(inner.base)}\right\|^2")
        elif isinstance(inner, sympy.Abs):
            v.notation(e, f"‖{v.text(inner.args[0])}‖₁", rf"\left\|{v.tex(inner.args[0])}\right\|_1")
