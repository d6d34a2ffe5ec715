"""The symbols of a ZIM run on the lattice: steps k, in each step n draws, and what is known when."""

from __future__ import annotations

from convbound.proofs.claims import Hypothesis, Supposed
from convbound.proofs.discrete_updates.proposition_10 import trials
from convbound.proofs.language.vocabulary import Vocabulary, eq, first_value, ge, gt, last_value, le, next_value


class ZimRun:
    """Iterates, updates and draws; a run of K steps of n draws each."""

    def __init__(self) -> None:
        """Declare everything; what is declared first stands first in a certificate."""
        v = self.v = Vocabulary()
        self.d = v.real("d", "dimension of the weights", integer=True)
        self.K = v.real("K", "number of steps", integer=True)
        self.n = v.real("n", "number of draws in a step", integer=True)
        v.index("i", self.d)
        self.k = v.time("step", "k", 1, self.K)
        self.nu = v.time("draw", "nu", 0, self.n)
        v.random("run")
        self._parameters(v)
        self._of_a_step(v)
        self._functionals(v)
        self._definitions(v)
        self._notations(v)

    def _parameters(self, v: Vocabulary) -> None:
        """What varies with nothing."""
        self.L = v.real("L", "Lipschitz constant of the gradient")
        self.r = v.real("r", "probability of a move in each draw")
        self.c = v.real("c", "smoothing constant")
        self.F_1 = v.real("F_1", "F(w_1)", latex="F(w_1)")
        self.F_inf = v.real("F_inf", "lower bound of F", latex=r"F_{\inf}")
        self.Delta = v.real("Delta", "F(w_1) - F_inf", latex=r"\Delta")
        self.G = v.real("G", "bound on the gradient norm")
        self.h = v.real("h", "a level of φ")
        self.T = v.real("T", "a level of ‖g‖₂")
        self.sigma = v.real("sigma", "bound on Σq²", latex=r"\sigma")
        self.epsilon = v.real("epsilon", "tolerance of the greedy scheme", latex=r"\varepsilon")
        self.delta = v.real("delta", "spacing of the lattice", latex=r"\delta")
        self.eta = v.real("eta", "rate of the gradient step that is rounded", latex=r"\eta")
        self.mu = v.real("mu", latex=r"\mu")
        self.M = v.real("M")
        self.M_G = v.real("M_G")
        self.alpha = v.real("alpha", latex=r"\alpha")
        self.miss = v.real("miss", "probability that is allowed to fail", latex="p")
        self.kappa = v.real("kappa", latex=r"\kappa")
        self.J = v.real("J", "bound on what a norm exceeds T3 by")
        self.A = v.real("A", "a closed quantity")
        self.V_1 = v.real("V_1", "V(w_1)", latex="V(w_1)")

    def _of_a_step(self, v: Vocabulary) -> None:
        """What varies with the step: known at it, or drawn in it."""
        known, later = ["step", "run"], ["step", "run", "~step", "~draw"]
        self.F = v.real("F", "F(w_k)", over=known, sequence="step", latex="F(w_k)")
        self.H = v.real("H", "F at w_k, stopped", over=known, sequence="step", latex="F(w_{k\\wedge\\tau})")
        self.V = v.real("V", "a potential at w_k", over=known, sequence="step", latex="V(w_k)")
        self.alive = v.real("alive", "1 until the level is reached", over=known, latex=r"1_{\{\tau>k\}}")
        self.never = v.real("never", "1 if no iterate is below the level", over=["run", "~step", "~draw"], integer=True)
        self.w = v.real("w", "w_k", over=[*known, "i"], sequence="step", latex="(w_k)_i")
        self.z = v.real("z", "a lattice point", over=[*known, "i"], integer=True, latex="z_i")
        self.g = v.real("g", "∇F(w_k)", over=[*known, "i"], latex="g_i")
        self.u = v.real("u", "the move at step k", over=[*later, "i"], integer=True, latex=r"\bar g_i")
        self.x = v.real(
            "x",
            "draws of i so far",
            over=[*known, "~step", "i", "draw"],
            integer=True,
            sequence="draw",
            latex=r"x_{i,\nu}",
        )
        self.b = v.real("b", "the draw is i", over=[*later, "i", "draw"], integer=True)
        self.y = v.real("y", "draws of i in the step", over=[*later, "i"], integer=True)
        self.p = v.real("p", "probability of i in a draw", over=[*known, "i"], latex="p_i")
        self.e = v.real("e", "coordinate i is the one that moves", over=[*known, "i"], integer=True)
        self.e_random = v.real("e_random", "coordinate i moves", over=[*later, "i"], integer=True, latex="b_i")
        self.share = v.real(
            "share", "probability that a move is one of i, where c = 0", over=[*known, "i"], latex="q_i"
        )
        self.whole = v.real("whole", "whole steps of coordinate i", over=[*known, "i"], integer=True, latex="m_i")
        self.change = v.real("change", "(∇F(w_{k+1}) - ∇F(w_k))/L - (w_{k+1} - w_k)", over=[*later, "i"], latex="v_i")
        self.sample = v.real("sample", "g(w_k, ξ_k)", over=[*later, "i"], latex=r"g(w_k,\xi_k)_i")
        self.m = v.real("m", "largest |g_i|", over=known)

    def _functionals(self, v: Vocabulary) -> None:
        """Sums, averages and expectations."""
        self.S = v.functional("sum_i", "sum", over="i")
        self.avg = v.functional("avg_k", "average", over="step")
        self.total = v.functional("sum_k", "sum", over="step")
        self.E = v.functional("E", "expectation")
        self.E_k = v.functional("E_k", "expectation", given=["step"])
        self.E_nu = v.functional("E_nu", "expectation", given=["step", "draw"])

    def _definitions(self, v: Vocabulary) -> None:
        """The law of Definition 6 at the gradient, and the gradient's norms."""
        g, S, c, d = self.g, self.S, self.c, self.d
        a = self.a = v.define("a", "absolute", g, latex="|g_i|")
        self.sg = v.define("sg", "sign", g, latex=r"\operatorname{sign}(g_i)")
        self.q = v.define("q", "quotient", a + c, S(a) + c * d, latex="q_i")
        self.t = v.define("t", "root", S(g**2), latex=r"\|g_k\|_2")
        self.phi = v.define("phi", "quotient", S(g**2) + c * S(a), S(a) + c * d, latex=r"\varphi(g_k)")

    def _notations(self, v: Vocabulary) -> None:
        """How expressions are shown that have names of their own."""
        F, w, x, S = self.F, self.w, self.x, self.S
        for expression, text, tex in (
            (next_value(F), "F(w_{k+1})", "F(w_{k+1})"),
            (next_value(w), "(w_{k+1})_i", "(w_{k+1})_i"),
            (last_value(F), "F(w_{K+1})", "F(w_{K+1})"),
            (first_value(F), "F(w_k) at k = 1", r"F(w_k)|_{k=1}"),
            (S(self.g**2), "‖g_k‖₂²", r"\|g_k\|_2^2"),
            (S(self.a), "‖g_k‖₁", r"\|g_k\|_1"),
            (S(self.q**2), "Σq_i²", r"\sum_i q_i^2"),
            (self.t, "‖g_k‖₂", r"\|g_k\|_2"),
            (self.phi, "φ(g_k)", r"\varphi(g_k)"),
            (last_value(x), "x_i", "x_i"),
            (first_value(x), "x_i before the first draw", "x_i^{(0)}"),
            (next_value(x), "x_i one draw later", "x_i^{+}"),
        ):
            v.notation(expression, text, tex)


run = ZimRun()
moved = next_value(run.w) - run.w
smooth_at_step = Hypothesis(
    le(next_value(run.F), run.F + run.S(run.g * moved) + run.L / 2 * run.S(moved**2)), "(2.1) at w̄ = w_k, w = w_{k+1}"
)
on_lattice_step = Hypothesis(eq(next_value(run.w), run.w - run.u), "w_{k+1} = w_k - ḡ")
bounded_below = [
    Hypothesis(ge(last_value(run.F), run.F_inf), "F(w_{K+1}) ≥ F_inf"),
    Hypothesis(eq(first_value(run.F), run.F_1), "the run starts at w_1"),
    Hypothesis(eq(run.Delta, run.F_1 - run.F_inf), "Δ = F(w_1) - F_inf"),
]
zim: list[Supposed] = [
    *[gt(run.c, 0), ge(run.d, 1), gt(run.n, 0)],
    *trials(run),
    Hypothesis(eq(run.u, run.y * run.sg), "ḡ = y ⊙ sign(g_k)"),
]
sizes = [gt(run.K, 0), gt(run.L, 0), gt(run.r, 0)]
zim_on_smooth: list[Supposed] = [*sizes, *zim, smooth_at_step, on_lattice_step, *bounded_below]
