"""The paper's own argument: what it prints, in its own words, and what it derives each statement from.

Where a later line needs less than what is printed before, the claim that states what it needs stands in its place.
"""

from __future__ import annotations

from convbound.proofs.discrete_updates.paper import paper

# --- section 2 and appendix A: any update that satisfies Assumption 3 -------------------------------------------------

descent = paper.quote("F(w) ≤ F(w̄) + ∇F(w̄)ᵀ(w − w̄) + ½L‖w − w̄‖₂²", "eq-2.1", name="(2.1)")
proposition_8 = paper.quote(
    "E[F(w_{k+1})] − F(w_k) ≤ −∇F(w_k)ᵀE[ḡ] + ½L E[‖ḡ‖₂²]", "prop-8", name="Proposition 8", uses=[descent]
)
proposition_9 = paper.quote(
    "E[F(w_{k+1})] − F(w_k) ≤ −(μ − ½α_k L M_G) α_k ‖∇F(w_k)‖₂² + ½α_k L M",
    "prop-9",
    name="Proposition 9",
    uses=[proposition_8],
)
one_step = paper.quote(
    "E[F(w_{k+1})] − E[F(w_k)] ≤ −½μᾱ E[‖∇F(w_k)‖₂²] + ½ᾱLM",
    "prop-4/total-expectation",
    name="Proposition 4, proof, line 3",
    uses=[proposition_9],
)
telescoped = paper.quote(
    "E[F(w_{K+1})] − F(w₁) ≤ −Σ_k (½μᾱ E[‖∇F(w_k)‖₂²] + ½ᾱLM)",
    "prop-4/telescoping-line",
    name="Proposition 4, proof, line 5",
    uses=[one_step],
)
split = paper.quote(
    "−Σ_k (½μᾱ E[‖∇F(w_k)‖₂²] + ½ᾱLM) = −½μᾱ Σ_k E[‖∇F(w_k)‖₂²] + ½ᾱKLM",
    "prop-4/split-sum",
    name="Proposition 4, proof, line 6",
    uses=[telescoped],
)
rearranged = paper.quote(
    "½μᾱ Σ_k E[‖∇F(w_k)‖₂²] ≤ F(w₁) − F_inf + ½ᾱKLM",
    "prop-4/rearranged",
    name="Proposition 4, proof, line 7",
    uses=[split],
)
average = paper.quote(
    "E[(1/K) Σ_k ‖∇F(w_k)‖₂²] ≤ 2(F(w₁) − F_inf)/(Kμᾱ) + LM/μ",
    "prop-4",
    name="Proposition 4",
    uses=[rearranged],
)
limit = paper.quote("… → LM/μ as K → ∞", "prop-4/limit", name="Proposition 4, limit", uses=[average])

# --- section 3 and appendix B: the ZIM update -------------------------------------------------------------------------

mean_of_counts = paper.quote("E[y] = nrq_i", "prop-10/mean", name="Proposition 10, mean")
moment_of_counts = paper.quote(
    "E[‖y‖₂²] = nr + r²(n² − n) Σ_i q_i²", "prop-10/second-moment", name="Proposition 10, second moment"
)
proportional = paper.quote(
    "the expectation of ḡ is proportional to the gradient", "def-6/proportional", name="Definition 6, remark"
)
mean_of_update = paper.quote(
    "E[ḡ] = nr/(‖∇F(w_k)‖₁ + cd) (∇F(w_k) + c sign(∇F(w_k)))",
    "prop-11/mean",
    name="Proposition 11, mean",
    uses=[mean_of_counts],
)
sign_squared = paper.quote("sign(u)² = 1", "prop-11/sign-squared", name="Proposition 11, proof, second part, line 3")
moment_of_update = paper.quote(
    "E[‖ḡ‖₂²] = nr + r²(n² − n) Σ_i q_i²",
    "prop-11/second-moment",
    name="Proposition 11, second moment",
    uses=[moment_of_counts, sign_squared],
)
by_lipschitz_continuity = paper.quote(
    "‖∇F(w_k)‖₁ ≤ √dL “by Lipschitz-continuity and Cauchy-Schwarz”",
    "prop-12/l1-bound@R1",
    "prop-12/l1-bound@R2",
    name="Proposition 12, proof, first sentence",
)
last_line = paper.quote(
    "… ≥ r n/(√dL + cd) ‖∇F(w_k)‖₂² (Lipschitz Continuity, Cauchy-Schwarz)",
    "prop-12/last-line@R1",
    "prop-12/last-line@R2",
    name="Proposition 12, proof, line 4",
    uses=[by_lipschitz_continuity],
)
proposition_12 = paper.quote(
    "∇F(w_k)ᵀE[ḡ] ≥ α_k μ ‖∇F(w_k)‖₂² with α_k = r and μ = n/(√dL + cd)",
    "prop-12/alignment@R1",
    "prop-12/alignment@R2",
    name="Proposition 12",
    uses=[mean_of_update, last_line],
)
alignment = paper.quote(
    "∇F(w_k)ᵀE[ḡ] ≥ α_k μ ‖∇F(w_k)‖₂² with μ = n/√(dL+cd)",
    "prop-7/alignment@R3",
    name="Proposition 7, (2.2)",
    uses=[proposition_12],
)
second_moment = paper.quote(
    "E[‖ḡ‖₂²] ≤ α_k M + α_k² M_G ‖∇F(w_k)‖₂², M = n, M_G = n² − n",
    "prop-7/second-moment",
    name="Proposition 7, (2.3)",
    uses=[paper["prop-11/second-moment~bound"]],  # an upper bound is all that it needs
)
positive = paper.quote(
    "there exist scalars μ > 0, M ≥ 0, and M_G > 0: M_G = n² − n",
    "prop-7/positive-M_G",
    name="Proposition 7, M_G > 0",
)
fraction = paper.quote(
    "(Ln/n)/(n/√(dL+cd)) = L(√dL + cd)", "specialisation/fraction", name="Section 3, the fraction", uses=[limit]
)
specialised = paper.quote(
    "E[(1/K) Σ_k ‖∇F(w_k)‖₂²] → L(√dL + cd) as K → ∞",
    *(f"specialisation/limit@R{reading}" for reading in (1, 2, 3)),
    *(f"specialisation/limit@R{reading},n=2" for reading in (1, 2, 3)),
    *(f"specialisation/average@R{reading}" for reading in (1, 2, 3)),
    name="Section 3, limit for the ZIM update",
    uses=[limit, alignment, second_moment],
)
