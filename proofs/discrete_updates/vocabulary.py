"""The symbols of the paper: of one segment (for (2.1)), of the iterates, and of one multinomial draw after another."""

from __future__ import annotations

from types import SimpleNamespace

import sympy

from convbound.proofs.language.vocabulary import Functional, Vocabulary, first_value, last_value, limsup, next_value

READING = "n r mu alpha K c d L M M_G G"  # "ᾱLM", "cd", "√d L": the order in which the paper multiplies

__all__ = ["first_value", "iterates", "last_value", "limsup", "multinomial", "next_value", "segment"]


def segment() -> SimpleNamespace:
    """F along the segment from v to w; G(θ) is the gradient at v + θ(w - v)."""
    v = Vocabulary(reading=READING)
    d = v.real("d", "dimension of the weights", integer=True)
    v.index("i", d)
    theta = v.unit("segment", "theta")
    L = v.real("L", "Lipschitz constant of the gradient")
    F_w = v.real("F_w", "F(w)", latex="F(w)")
    F_v = v.real("F_v", "F(w̄)", latex=r"F(\bar w)")
    g = v.real("g", "∂F/∂w_i at w̄", over=["i"], latex=r"\nabla F(\bar w)_i")
    h = v.real("h", "w_i - w̄_i", over=["i"], latex=r"(w-\bar w)_i")
    G = v.real("G", "∂F/∂w_i at w̄ + θ(w - w̄)", over=["i", "segment"], latex=r"\nabla F(\bar w+\theta(w-\bar w))_i")
    S = v.functional("sum_i", "sum", over="i")
    integral = v.functional("int", "integral", over="segment")
    v.notation(S(h**2), "‖w − w̄‖₂²", r"\|w-\bar w\|_2^2")
    v.notation(S(g * h), "∇F(w̄)ᵀ(w − w̄)", r"\nabla F(\bar w)^T(w-\bar w)")
    return SimpleNamespace(v=v, d=d, theta=theta, L=L, F_w=F_w, F_v=F_v, g=g, h=h, G=G, S=S, integral=integral)


def iterates(draws: bool = False) -> SimpleNamespace:
    """The run w_1, w_2, …: what is known at step k, and the update that is drawn there.

    With `draws`, the update is made of n draws from the q of Definition 6.
    """
    v = Vocabulary(reading=READING)
    d = v.real("d", "dimension of the weights", integer=True)
    K = v.real("K", "number of steps", integer=True)
    v.index("i", d)
    k = v.time("step", "k", 1, K)
    known = ["step", "run"]
    L = v.real("L", "Lipschitz constant of the gradient")
    mu, M, M_G = v.real("mu", latex=r"\mu"), v.real("M"), v.real("M_G")
    alpha = v.real("alpha", "the fixed learning rate", latex=r"\bar\alpha")
    rate = v.real("rate", "the learning rate of step k", over=["step"], latex=r"\alpha_k")
    F_inf = v.real("F_inf", "lower bound of F", latex=r"F_{\inf}")
    F_1 = v.real("F_1", "F(w_1)", latex="F(w_1)")
    start = v.real("start", "w_1", over=["i"], latex="(w_1)_i")
    j = v.real("j", "any integer", integer=True)
    n = v.real("n", "number of trials", integer=True)
    r, c, G = v.real("r"), v.real("c"), v.real("G", "bound on ‖∇F(w_k)‖₂")
    X = v.real("X", "the denominator of μ")
    more = _draws(v, n) if draws else {}
    v.random("run")
    z = v.real("z", "a lattice point", over=[*known, "i"], integer=True, latex="z_i")
    F = v.real("F", "F(w_k)", over=known, sequence="step", latex="F(w_k)")
    w = v.real("w", "w_k", over=[*known, "i"], sequence="step", latex="(w_k)_i")
    g = v.real("g", "∇F(w_k)", over=[*known, "i"], latex=r"\nabla F(w_k)_i")
    later = ["~step", "~draw"] if draws else ["~step"]
    u = v.real("u", "ḡ(w_k, ξ_k)", over=[*known, "i", *later], integer=True, latex=r"\bar g_i")
    S = v.functional("sum_i", "sum", over="i")
    total = v.functional("sum_k", "sum", over="step")
    avg = v.functional("avg_k", "average", over="step")
    E = v.functional("E", "expectation")
    E_k = v.functional("E_k", "expectation", given=["step"])
    v.latex["E_k"] = r"\mathbb{E}_{\xi_k}"
    v.notation(next_value(F), "F(w_{k+1})", "F(w_{k+1})")
    v.notation(next_value(w), "(w_{k+1})_i", "(w_{k+1})_i")
    v.notation(last_value(F), "F(w_{K+1})", "F(w_{K+1})")
    v.notation(first_value(F), "F(w_k) at k = 1", r"F(w_k)|_{k=1}")
    v.notation(S(g**2), "‖∇F(w_k)‖₂²", r"\|\nabla F(w_k)\|_2^2")
    v.notation(S(u**2), "‖ḡ‖₂²", r"\|\bar g(w_k,\xi_k)\|_2^2")
    v.notation(S(g * u), "∇F(w_k)ᵀḡ", r"\nabla F(w_k)^T\bar g(w_k,\xi_k)")
    v.notation(S(g * E_k(u)), "∇F(w_k)ᵀE_k[ḡ]", r"\nabla F(w_k)^T\mathbb{E}_{\xi_k}[\bar g(w_k,\xi_k)]")
    if draws:
        more |= _of_definition_6(v, S, g, c, d)
    return SimpleNamespace(
        **more,
        **dict(v=v, d=d, K=K, k=k, L=L, mu=mu, M=M, M_G=M_G, alpha=alpha, rate=rate, F_inf=F_inf, F_1=F_1),
        **dict(start=start, j=j),
        **dict(F=F, w=w, g=g, u=u, z=z, S=S, total=total, avg=avg, E=E, E_k=E_k, n=n, r=r, c=c, G=G, X=X),
    )


def _draws(v: Vocabulary, n: sympy.Symbol) -> dict[str, sympy.Expr]:
    """The draws within each step, and what they count."""
    nu = v.time("draw", "nu", 0, n)
    known, later = ["step", "run"], ["step", "run", "~step", "~draw"]
    x = v.real(
        "x", "draws of i so far", over=[*known, "~step", "i", "draw"], integer=True, sequence="draw", latex=r"x_{i,\nu}"
    )
    b = v.real("b", "the draw is i", over=[*later, "i", "draw"], integer=True, latex="b_i")
    y = v.real("y", "draws of i in the step", over=[*later, "i"], integer=True, latex="y_i")
    p = v.real("p", "probability of i in a draw", over=[*known, "i"], latex="p_i")
    E_nu = v.functional("E_nu", "expectation", given=["step", "draw"])
    v.notation(first_value(x), "x_i before the first draw", "x_i^{(0)}")
    v.notation(next_value(x), "x_i one draw later", "x_i^{+}")
    v.notation(last_value(x), "x_i", "x_i")
    return dict(nu=nu, x=x, b=b, y=y, p=p, E_nu=E_nu)


def _of_definition_6(
    v: Vocabulary, S: Functional, g: sympy.Symbol, c: sympy.Symbol, d: sympy.Symbol
) -> dict[str, sympy.Expr]:
    """q of Definition 6 at ∇F(w_k), and the norms of that gradient."""
    a = v.define("a", "absolute", g, latex=r"|\nabla F(w_k)|_i")
    sg = v.define("sg", "sign", g, latex=r"\operatorname{sign}(\nabla F(w_k))_i")
    q = v.define("q", "quotient", a + c, S(a) + c * d, latex="q_i")
    t = v.define("t", "root", S(g**2), latex=r"\|\nabla F(w_k)\|_2")
    s = v.notation(S(a), "‖∇F(w_k)‖₁", r"\|\nabla F(w_k)\|_1")
    v.notation(t, "‖∇F(w_k)‖₂", r"\|\nabla F(w_k)\|_2")
    return dict(a=a, sg=sg, q=q, t=t, s=s)


def multinomial(gradient: bool) -> SimpleNamespace:
    """One step: n draws, each of a coordinate i (with probability p_i = r q_i) or of none.

    With `gradient`, q is that of Definition 6; without it, any distribution.
    """
    v = Vocabulary(reading=READING)
    d = v.real("d", "dimension of the weights", integer=True)
    n = v.real("n", "number of trials", integer=True)
    v.index("i", d)
    nu = v.time("draw", "nu", 0, n)
    v.random("outcome")
    r = v.real("r", "probability of a move in each trial")
    c = v.real("c", "smoothing constant")
    L = v.real("L", "Lipschitz constant of the gradient")
    G = v.real("G", "bound on ‖∇F(w_k)‖₂")
    mu = v.real("mu", "any constant of (2.2)", latex=r"\mu")
    S = v.functional("sum_i", "sum", over="i")
    E = v.functional("E", "expectation")
    E_nu = v.functional("E_nu", "expectation", given=["draw"])
    x = v.real(
        "x", "draws of i so far", over=["i", "draw", "outcome"], integer=True, sequence="draw", latex=r"x_{i,\nu}"
    )
    b = v.real("b", "the draw is i", over=["i", "draw", "outcome", "~draw"], integer=True, latex="b_i")
    y = v.real("y", "draws of i in all", over=["i", "outcome", "~draw"], integer=True, latex="y_i")
    p = v.real("p", "probability of i in a draw", over=["i"], latex="p_i")
    names = dict(v=v, d=d, n=n, nu=nu, r=r, c=c, L=L, G=G, mu=mu, S=S, E=E, E_nu=E_nu, x=x, b=b, y=y, p=p)
    v.notation(first_value(x), "x_{i,0}", "x_{i,0}")
    v.notation(next_value(x), "x_{i,ν+1}", r"x_{i,\nu+1}")
    v.notation(last_value(x), "x_i", "x_i")
    v.notation(first_value(x), "x_i before the first draw", "x_i^{(0)}")
    v.notation(next_value(x), "x_i one draw later", "x_i^{+}")
    v.notation(S(y**2), "Σy_i²", r"\sum_i y_i^2")
    if not gradient:
        q = v.real("q", "distribution over the coordinates", over=["i"], latex="q_i")
        y_norm = v.define("y_norm", "root", S(y**2), latex=r"\|y\|_2")
        p_0 = v.real("p_0", "probability of no move", latex="p_0")
        return SimpleNamespace(**names, q=q, y_norm=y_norm, p_0=p_0)
    g = v.real("g", "∇F(w_k)", over=["i"], latex=r"\nabla F(w_k)_i")
    u = v.real("u", "ḡ(w_k, ξ_k)", over=["i", "outcome", "~draw"], latex=r"\bar g_i")
    a = v.define("a", "absolute", g, latex=r"|\nabla F(w_k)|_i")
    sg = v.define("sg", "sign", g, latex=r"\operatorname{sign}(\nabla F(w_k))_i")
    q = v.define("q", "quotient", a + c, S(a) + c * d, latex="q_i")
    t = v.define("t", "root", S(g**2), latex=r"\|\nabla F(w_k)\|_2")
    u_norm = v.define("u_norm", "root", S(u**2), latex=r"\|\bar g\|_2")
    s = v.notation(S(a), "‖∇F(w_k)‖₁", r"\|\nabla F(w_k)\|_1")
    v.notation(S(g**2), "‖∇F(w_k)‖₂²", r"\|\nabla F(w_k)\|_2^2")
    v.notation(t, "‖∇F(w_k)‖₂", r"\|\nabla F(w_k)\|_2")
    v.notation(S(g * E(u)), "∇F(w_k)ᵀE[ḡ]", r"\nabla F(w_k)^T\mathbb{E}_{\xi_k}[\bar g(w_k,\xi_k)]")
    v.notation(E(S(u**2)), "E[‖ḡ‖₂²]", r"\mathbb{E}_{\xi_k}\left[\|\bar g(w_k,\xi_k)\|_2^2\right]")
    return SimpleNamespace(**names, g=g, u=u, a=a, sg=sg, q=q, t=t, s=s, u_norm=u_norm)
