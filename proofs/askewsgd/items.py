"""What the two documents print, item by item: the claims that decide it, or the note that has to do.

The table in docs/quantised.md is `table()`; a test holds it to the library.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from convbound.proofs.claims import Library

TASK_1, REPRODUCE = "`convbound reproduce task-1`", "an experiment: "


@dataclass(frozen=True)
class Item:
    """An item of print.

    Attributes:
        words: what is printed, or asked of it.
        claims: the identifiers of its claims; one that ends in a slash stands for all that begin so.
        note: what no claim says, such as a slip of the pen.
    """

    words: str
    claims: tuple[str, ...] = ()
    note: str = ""


ITEMS = (
    Item("ψ (19) is smooth", ("psi/",)),
    Item("φ (22) is the smoother of the two", ("phi/",)),
    Item("φ is a new constraint", ("psi-phi/",)),
    Item("the thresholds for ε", ("threshold/",)),
    Item("the ends of the feasible set (not in print)", ("endpoints/",)),
    Item("V is empty only at midpoints (Condition A of the draft)", ("midpoint/empty", "midpoint/empty~corrected")),
    Item("MFCQ holds everywhere (Assumption 3)", ("mfcq/",)),
    Item("V (18) has no index set", ("update/all-constraints",)),
    Item("no iterate meets a midpoint", ("midpoint/never-met",)),
    Item(
        "w is feasible only if ψ ≥ 0; the intersection of all C_ε is Q",
        ("cap/",),
        "printed: only if; it is if and only if",
    ),
    Item(
        "the closed form of the update",
        (
            *("update/every-weight", "update/every-weight~corrected"),
            *("update/closed-form", "update/closed-form~corrected", "update/feasible"),
        ),
    ),
    Item("what it does to Theorems 2 and 3", ("update/stuck-is-stationary", "update/stuck-is-stationary~corrected")),
    Item("what is clipped", ("clip/",), "the draft clips the push only"),
    Item("the sign of the update", ("sign/",)),
    Item("the sign in Z_ε", ("stationary/",), "(15) lacks a gradient: λᵀ∇g"),
    Item("steps and α are independent", ("step/any", "step/any~corrected", "step/monotone")),
    Item("signs freeze (not in print)", ("step/frozen-sign",)),
    Item(
        "φ is the minimum of the f_j",
        ("minimum/next-cell", "minimum/outside", "minimum/convex"),
    ),
    Item(
        "Corollary 1 of the draft",
        ("minimum/without-tolerance", "minimum/without-tolerance-empty", "minimum/with-tolerance-empty"),
    ),
    Item("the dual (23)", ("dual/inactive",), "ℓ stands for ∇ℓ"),
    Item("the set D_w", ("dual/sign-free", "dual/sign-free~corrected")),
    Item("the condition (26)", ("dual/inclusion", "dual/inclusion~corrected")),
    Item("Slater's condition, by a point of equality", ("slater/",)),
    Item("Claim 1: k_0 by the larger room", ("claim-1/",)),
    Item("Claim 6: limsup ≥ c_-", ("claim-6/",), "a slip: liminf ≥ q_-"),
    Item("Lemma 5: the push is O(ε_1)", ("lemma-5/",)),
    Item("Lemma 6: K = min(K_1, K_2)", ("lemma-6/min", "lemma-6/min~corrected")),
    Item(
        "Lemma 6: what it cites",
        note="slips: Lemma 1 for Lemma 4, Assumption 3 for 7(b), a minus before Σ E v∇ℓ, i ∉ I for i ∈ I;"
        " Lemma 3 in Lemma 7 is Lemma 6",
    ),
    Item(
        "Lemma 6: the descent",
        ("lemma-6/descent", "lemma-6/branch", "lemma-6/branch~corrected", "lemma-6/no-noise"),
    ),
    Item("Lemma 7: the sign of the noise", ("lemma-7/sign", "lemma-7/sign~corrected")),
    Item("Lemma 7: the index k + K - 1", ("lemma-7/index",), "and γ_k O(ε_1) for γ_{k+K} O(ε_1)"),
    Item("Lemma 8: weights and the rate C/log T", ("lemma-8/weights", "lemma-8/average", "lemma-8/slow")),
    Item("Lemma 8: its conclusion", ("lemma-8/conclusion", "lemma-8/floor", "lemma-8/branch-taken")),
    Item(
        "Theorem 3: almost surely, at a random index",
        ("theorem-3/almost-surely", "theorem-3/weight-floor", "theorem-3/harmonic", "theorem-3/borel-cantelli"),
    ),
    Item("Theorems 2 and 3: the distance tends to 0", ("theorem-3/distance", "theorem-2")),
    Item("v = O(ε_1), so the cost converges", ("lemma-8/cost", "lemma-8/cost-drift")),
    Item("Theorem 1: steps that do not increase", ("theorem-1", "theorem-1/")),
    Item(
        "Lemma 1: Φ is finite and weakly convex",
        (
            *("primal/uncapped", "primal/unbounded", "primal/capped"),
            *("primal/weakly-convex", "primal/weakly-convex~corrected"),
        ),
    ),
    Item("the Lagrangian is smooth", ("lagrangian/",)),
    Item("Definition 7, the Moreau envelope", ("moreau/",)),
    Item("Definition 8 needs a gradient of Φ", ("primal/differentiable", "primal/differentiable~corrected")),
    Item("Theorem 4: the units of η_x", ("complexity/units", "complexity/units~corrected")),
    Item(
        "Theorem 4: step size against complexity",
        ("complexity/consistent", "complexity/consistent~corrected", "theorem-4"),
    ),
    Item("a small gradient of the Lagrangian", ("stationarity/",)),
    Item("BinaryConnect (4)", ("binary-connect/",)),
    Item(
        "the quantiser (5)",
        ("straight-through/alphabet", "straight-through/alphabet~corrected", "straight-through/alphabet-low"),
    ),
    Item("straight-through with a mask", ("straight-through/absorbing",)),
    Item("ProxQuant", ("prox/",)),
    Item(
        "(8); the schedule K^t is logarithmic", ("annealing/",), "slips: S_i and μ_i in (8); geometric, not logarithmic"
    ),
    Item(
        "Task II meets the assumptions",
        ("task-2/",),
        "ε is annealed on the test error, so the test set is used in training",
    ),
    Item("Table 2, the distance .4156", ("table-2/",), f"the rest of Tables 1 and 2 is {REPRODUCE}{TASK_1}"),
)


def claims_of(item: Item, library: Library) -> list[str]:
    """The identifiers of an item's claims.

    Raises:
        InputError: the library lacks one.
    """
    found = []
    for name in item.claims:
        among = [c.id for c in library if c.id.startswith(name)] if name.endswith("/") else [library[name].id]
        found += [x for x in among if x not in found]
    return found


def table(library: Library) -> str:
    """The items as a table in Markdown: what is printed, its claims, what came of them."""
    lines = ["| | printed | claims | verdicts |", "|---|---|---|---|"]
    for number, item in enumerate(ITEMS, 1):
        names = claims_of(item, library)
        counts = Counter(library[x].expected for x in names)
        verdicts = ", ".join(f"{count} {verdict}" for verdict, count in counts.items()) or "a note"
        told = "; ".join([*(f"`{x}`" for x in item.claims), *([item.note] if item.note else [])])
        lines.append(f"| {number} | {item.words} | {told} | {verdicts} |")
    return "\n".join(lines).replace("/`", "/…`")
