"""The mutants of the paper's claims that are proved, and why that is right; `test_mutants` compares exactly."""

# ruff: noqa: E501
# fmt: off

# claim: (why its mutants are true, what they say)
WEAKER: dict[str, tuple[str, tuple[str, ...]]] = {
    "eq-2.1": ("a larger constant: Σh² ≥ 0 and L > 0", (
        "F_w <= F_v + L*sum_i(h**2) + sum_i(g*h)",
    )),
    "prop-8": ("a larger constant: E_k[Σu²] ≥ 0 and L > 0", (
        "-F + E_k(next(F)) <= L*E_k(sum_i(u**2)) - sum_i(g*E_k(u))",
    )),
    "prop-9/by-assumption-3": ("less of E_k[Σu²] ≥ 0 on the left", (
        "-sum_i(g*E_k(u)) <= L*M*alpha/2 + L*M_G*alpha**2*sum_i(g**2)/2 - alpha*mu*sum_i(g**2)",
        "-L*E_k(sum_i(u**2))/2 - sum_i(g*E_k(u)) <= L*M*alpha/2 + L*M_G*alpha**2*sum_i(g**2)/2 - alpha*mu*sum_i(g**2)",
        "L*E_k(sum_i(u**2))/4 - sum_i(g*E_k(u)) <= L*M*alpha/2 + L*M_G*alpha**2*sum_i(g**2)/2 - alpha*mu*sum_i(g**2)",
    )),
    "prop-9": ("more on the right: Σg² ≥ 0, and α, μ, L, M, M_G ≥ 0", (
        "-F + E_k(next(F)) <= L*M*alpha/2 + L*M_G*alpha**2*sum_i(g**2)/2",
        "-F + E_k(next(F)) <= L*M*alpha/2 + alpha*(L*M_G*alpha/2 + mu)*sum_i(g**2)",
        "-F + E_k(next(F)) <= L*M*alpha/2 + alpha*(L*M_G*alpha/2 - mu/2)*sum_i(g**2)",
        "-F + E_k(next(F)) <= L*M*alpha/2 + alpha*(L*M_G*alpha - mu)*sum_i(g**2)",
        "-F + E_k(next(F)) <= L*M*alpha + alpha*(L*M_G*alpha/2 - mu)*sum_i(g**2)",
    )),
    "prop-4/assumption-on-alpha": ("less on the left or more on the right: Σg² ≥ 0, and α, μ, L, M_G > 0", (
        "L*M*alpha/2 + alpha*(L*M_G*alpha/2 - 2*mu)*sum_i(g**2) <= L*M*alpha/2 - alpha*mu*sum_i(g**2)/2",
        "L*M*alpha/2 - alpha*mu*sum_i(g**2) <= L*M*alpha/2 - alpha*mu*sum_i(g**2)/2",
        "L*M*alpha/2 + alpha*(-L*M_G*alpha/2 - mu)*sum_i(g**2) <= L*M*alpha/2 - alpha*mu*sum_i(g**2)/2",
        "L*M*alpha/2 + alpha*(L*M_G*alpha/4 - mu)*sum_i(g**2) <= L*M*alpha/2 - alpha*mu*sum_i(g**2)/2",
        "L*M*alpha/2 + alpha*(L*M_G*alpha/2 - mu)*sum_i(g**2) <= L*M*alpha/2",
        "L*M*alpha/2 + alpha*(L*M_G*alpha/2 - mu)*sum_i(g**2) <= L*M*alpha/2 - alpha*mu*sum_i(g**2)/4",
    )),
    "prop-4/total-expectation": ("more on the right: E[Σg²] ≥ 0, and α, μ, L, M ≥ 0", (
        "-E(F) + E(next(F)) <= L*M*alpha - alpha*mu*E(sum_i(g**2))/2",
        "-E(F) + E(next(F)) <= L*M*alpha/2",
        "-E(F) + E(next(F)) <= L*M*alpha/2 + alpha*mu*E(sum_i(g**2))/2",
        "-E(F) + E(next(F)) <= L*M*alpha/2 - alpha*mu*E(sum_i(g**2))/4",
    )),
    "prop-4/telescoping-line~corrected": ("more on the right: E[Σg²] ≥ 0, and α, μ, L, M ≥ 0", (
        "-F_1 + E(last(F)) <= -sum_k(-L*M*alpha/2)",
        "-F_1 + E(last(F)) <= -sum_k(-L*M*alpha/2 - alpha*mu*E(sum_i(g**2))/2)",
        "-F_1 + E(last(F)) <= -sum_k(-L*M*alpha/2 + alpha*mu*E(sum_i(g**2))/4)",
        "-F_1 + E(last(F)) <= -sum_k(-L*M*alpha + alpha*mu*E(sum_i(g**2))/2)",
    )),
    "prop-4/split-sum~corrected": ("more on the right: E[Σg²] ≥ 0, and α, μ, K, L, M ≥ 0", (
        "-F_1 + F_inf <= K*L*M*alpha/2",
        "-F_1 + F_inf <= K*L*M*alpha/2 + alpha*mu*sum_k(E(sum_i(g**2)))/2",
        "-F_1 + F_inf <= K*L*M*alpha/2 - alpha*mu*sum_k(E(sum_i(g**2)))/4",
        "-F_1 + F_inf <= K*L*M*alpha - alpha*mu*sum_k(E(sum_i(g**2)))/2",
    )),
    "prop-4/rearranged": ("the right side is nonnegative, since the left one is: twice the one, half the other", (
        "alpha*mu*sum_k(E(sum_i(g**2)))/2 <= 2*F_1 - 2*F_inf + K*L*M*alpha",
        "alpha*mu*sum_k(E(sum_i(g**2)))/4 <= F_1 - F_inf + K*L*M*alpha/2",
        "alpha*mu*sum_k(E(sum_i(g**2)))/2 <= F_1 - F_inf + K*L*M*alpha",
    )),
    "prop-4/divided": ("twice a right side that is nonnegative, since the left one is", (
        "sum_k(E(sum_i(g**2))) <= 2*K*L*M/mu + 2*(2*F_1 - 2*F_inf)/(alpha*mu)",
    )),
    "prop-4": ("twice a right side that is nonnegative, since the left one is", (
        "E(avg_k(sum_i(g**2))) <= 2*L*M/mu + 2*(2*F_1 - 2*F_inf)/(K*alpha*mu)",
    )),
    "prop-4/limit": ("twice a right side that is nonnegative: LM/μ", (
        "limsup(K, E(avg_k(sum_i(g**2)))) <= 2*L*M/mu",
    )),
    "prop-4~refined": ("more on the right, which is nonnegative: LM ≥ 0 over a positive denominator", (
        "E(avg_k(sum_i(g**2))) <= 2*(L*M/2 + (F_1 - F_inf)/(K*alpha))/(-L*M_G*alpha/2 + mu)",
        "E(avg_k(sum_i(g**2))) <= (L*M + (F_1 - F_inf)/(K*alpha))/(-L*M_G*alpha/2 + mu)",
    )),
    "prop-4/limit~refined": ("twice a right side that is nonnegative", (
        "limsup(K, E(avg_k(sum_i(g**2)))) <= 2*L*M/(-L*M_G*alpha + 2*mu)",
    )),
    "prop-11/second-moment~bound": ("more on the right: n² - n ≥ 0 and n ≥ 0, r ≥ 0, Σq² ≥ 0", (
        "E(sum_i(u**2)) <= 2*n*r + 2*r**2*(n**2 - n)*sum_i(q**2)",
        "E(sum_i(u**2)) <= n**2*r**2*sum_i(q**2) + n*r",
        "E(sum_i(u**2)) <= n*r + r**2*(n**2 + n)*sum_i(q**2)",
        "E(sum_i(u**2)) <= n*r + r**2*(n**2 - n/2)*sum_i(q**2)",
    )),
    "prop-12/l1-bound~corrected": ("twice a right side that is nonnegative: √d G ≥ √d t ≥ 0", (
        "sum_i(a) <= 2*G*sqrt(d)",
    )),
    "prop-12/dropped": ("less on the right, or on the left a smaller denominator; without c‖∇F‖₁ both sides are the same", (
        "n*r*(c*sum_i(a) + sum_i(g**2))/(c*d + sum_i(a)) >= n*r*sum_i(g**2)/(2*(c*d + sum_i(a)))",
        "n*r*(c*sum_i(a) + sum_i(g**2))/(c*d + sum_i(a)) >= -n*r*sum_i(g**2)/(c*d + sum_i(a))",
        "n*r*(c*sum_i(a) + sum_i(g**2))/(c*d) >= n*r*sum_i(g**2)/(c*d + sum_i(a))",
        "n*r*sum_i(g**2)/(c*d + sum_i(a)) >= n*r*sum_i(g**2)/(c*d + sum_i(a))",
    )),
    "prop-12/last-line~corrected": ("less on the right, which is nonnegative", (
        "n*r*sum_i(g**2)/(c*d + sum_i(a)) >= n*r*sum_i(g**2)/(2*(G*sqrt(d) + c*d))",
        "n*r*sum_i(g**2)/(c*d + sum_i(a)) >= -n*r*sum_i(g**2)/(G*sqrt(d) + c*d)",
    )),
    "prop-12~corrected": ("less on the right, which is nonnegative", (
        "sum_i(g*E(u)) >= n*r*sum_i(g**2)/(2*(G*sqrt(d) + c*d))",
        "sum_i(g*E(u)) >= -n*r*sum_i(g**2)/(G*sqrt(d) + c*d)",
    )),
    "prop-7/second-moment@n=1": ("twice a right side that is nonnegative", (
        "E(sum_i(u**2)) <= 2*n*r + 2*r**2*(n**2 - n)*sum_i(g**2)",
    )),
    "prop-7/sum-of-squares": ("more on the right: d ≥ 1 (a length), so 1/d and 1 - 1/d lie in [0, 1]", (
        "sum_i(q**2) <= 2/d + 2*(1 - 1/d)*sum_i(g**2)/(c**2*d**2)",
        "sum_i(q**2) <= 1/d + (2 - 1/d)*sum_i(g**2)/(c**2*d**2)",
        "sum_i(q**2) <= 1/d + sum_i(g**2)/(c**2*d**2)",
        "sum_i(q**2) <= 1/d + (1 + 1/d)*sum_i(g**2)/(c**2*d**2)",
        "sum_i(q**2) <= 1/d + (1 - 1/(2*d))*sum_i(g**2)/(c**2*d**2)",
    )),
    "prop-7/second-moment~corrected": ("more on the right: n² - n ≥ 0, n ≥ 0, r ≥ 0 and 1 - 1/d ≥ 0", (
        "E(sum_i(u**2)) <= 2*r*(n + r*(n**2 - n)/d) + 2*r**2*(1 - 1/d)*(n**2 - n)*sum_i(g**2)/(c**2*d**2)",
        "E(sum_i(u**2)) <= r*(n + n**2*r/d) + r**2*(1 - 1/d)*(n**2 - n)*sum_i(g**2)/(c**2*d**2)",
        "E(sum_i(u**2)) <= r*(n + r*(n**2 + n)/d) + r**2*(1 - 1/d)*(n**2 - n)*sum_i(g**2)/(c**2*d**2)",
        "E(sum_i(u**2)) <= r*(n + r*(n**2 - n/2)/d) + r**2*(1 - 1/d)*(n**2 - n)*sum_i(g**2)/(c**2*d**2)",
    )),
    "specialisation/half-integer-floor": ("half of a right side that is nonnegative", (
        "E(avg_k(sum_i(g**2))) >= L**2*d/8",
    )),
    "specialisation/average~corrected": ("a larger M, or twice a right side that is nonnegative; the denominator is positive and the same", (
        "E(avg_k(sum_i(g**2))) <= 2*(L*(n + r*(n**2 - n)/d)/2 + (F_1 - F_inf)/(K*r))/(-L*r*(1 - 1/d)*(n**2 - n)/(2*c**2*d**2) + n/(G*sqrt(d) + c*d))",
        "E(avg_k(sum_i(g**2))) <= (L*(n + n**2*r/d)/2 + (F_1 - F_inf)/(K*r))/(-L*r*(1 - 1/d)*(n**2 - n)/(2*c**2*d**2) + n/(G*sqrt(d) + c*d))",
        "E(avg_k(sum_i(g**2))) <= (L*(n + r*(n**2 + n)/d)/2 + (F_1 - F_inf)/(K*r))/(-L*r*(1 - 1/d)*(n**2 - n)/(2*c**2*d**2) + n/(G*sqrt(d) + c*d))",
        "E(avg_k(sum_i(g**2))) <= (L*(n + r*(n**2 - n/2)/d)/2 + (F_1 - F_inf)/(K*r))/(-L*r*(1 - 1/d)*(n**2 - n)/(2*c**2*d**2) + n/(G*sqrt(d) + c*d))",
    )),
    "specialisation/limit~corrected": ("a larger M: n² - n < n² - n/2 < n² < n² + n; the denominator is positive and the same", (
        "limsup(K, E(avg_k(sum_i(g**2)))) <= L*(n + n**2*r/d)/(2*(-L*r*(1 - 1/d)*(n**2 - n)/(2*c**2*d**2) + n/(G*sqrt(d) + c*d)))",
        "limsup(K, E(avg_k(sum_i(g**2)))) <= L*(n + r*(n**2 + n)/d)/(2*(-L*r*(1 - 1/d)*(n**2 - n)/(2*c**2*d**2) + n/(G*sqrt(d) + c*d)))",
        "limsup(K, E(avg_k(sum_i(g**2)))) <= L*(n + r*(n**2 - n/2)/d)/(2*(-L*r*(1 - 1/d)*(n**2 - n)/(2*c**2*d**2) + n/(G*sqrt(d) + c*d)))",
    )),
    "comparison/zim@R1": ("a true relation between numbers, and decided as one by exact evaluation", (
        "(-200 + 2890*sqrt(794))*(100200 - 2890*sqrt(794)) > 0",
        "2890*sqrt(794)*(100200 - 2890*sqrt(794)) >= 0",
        "(200 + 2890*sqrt(794))*(100200 - 2890*sqrt(794)) >= 0",
        "(-400 + 2890*sqrt(794))*(100200 - 2890*sqrt(794)) >= 0",
        "(-100 + 2890*sqrt(794))*(100200 - 2890*sqrt(794)) >= 0",
        "(-200 + 5780*sqrt(794))*(100200 - 2890*sqrt(794)) >= 0",
        "(-200 + 1445*sqrt(794))*(100200 - 2890*sqrt(794)) >= 0",
        "229904892000 - 6630989400*sqrt(794) >= 0",
        "(-200 + 5780*sqrt(397))*(100200 - 2890*sqrt(794)) >= 0",
        "(-200 + 2890*sqrt(397))*(100200 - 2890*sqrt(794)) >= 0",
        "(-200 + 2890*sqrt(794))*(200400 - 2890*sqrt(794)) >= 0",
        "-20040000 + 289578000*sqrt(794) >= 0",
        "(-200 + 2890*sqrt(794))*(2890*sqrt(794) + 100200) >= 0",
        "(-200 + 2890*sqrt(794))*(100200 - 1445*sqrt(794)) >= 0",
        "(-200 + 2890*sqrt(794))*(100200 - 2890*sqrt(397)) >= 0",
    )),
    "comparison/zim@R2": ("a true relation between numbers, and decided as one by exact evaluation", (
        "170*sqrt(13498)*(100200 - 170*sqrt(13498)) >= 0",
        "(200 + 170*sqrt(13498))*(100200 - 170*sqrt(13498)) >= 0",
        "(-100 + 170*sqrt(13498))*(100200 - 170*sqrt(13498)) >= 0",
        "(-200 + 340*sqrt(13498))*(100200 - 170*sqrt(13498)) >= 0",
        "229904892000 - 390058200*sqrt(13498) >= 0",
        "(-200 + 170*sqrt(13498))*(200400 - 170*sqrt(13498)) >= 0",
        "-20040000 + 17034000*sqrt(13498) >= 0",
        "(-200 + 170*sqrt(13498))*(170*sqrt(13498) + 100200) >= 0",
        "(-200 + 170*sqrt(13498))*(100200 - 85*sqrt(13498)) >= 0",
    )),
    "comparison/bold": ("a true relation between numbers, and decided as one by exact evaluation", (
        "2499840000 > 0",
        "4999680000 >= 0",
        "1249920000 >= 0",
    )),
    "comparison/tighter": ("a true relation between numbers, and decided as one by exact evaluation", (
        "2890*sqrt(794) + 1349800 < 5399200",
        "2890*sqrt(794) < 2699600",
        "2890*sqrt(794) + 674900 < 2699600",
        "1349800 < 2699600",
        "1349800 - 2890*sqrt(794) < 2699600",
        "5780*sqrt(794) + 1349800 < 2699600",
        "1445*sqrt(794) + 1349800 < 2699600",
        "5780*sqrt(397) + 1349800 < 2699600",
        "2890*sqrt(397) + 1349800 < 2699600",
    )),
    "comparison/tighter-when-L-small~corrected": ("more on the right or less on the left: √d L < d and c ≤ 1, and all are positive", (
        "L*(L*sqrt(d) + c*d) < 4*L*d",
        "L*c*d < 2*L*d",
        "L*(-L*sqrt(d) + c*d) < 2*L*d",
        "L**2*sqrt(d) < 2*L*d",
        "L*(L*sqrt(d) - c*d) < 2*L*d",
    )),
}

# claim: hypotheses (counted from one) that its certificate does not use, and that can therefore be left out
IDLE: dict[str, tuple[int, ...]] = {
    "prop-8/by-2.1": (1, 3,),
    "prop-8/by-definition-1": (1, 2,),
    "prop-9": (4, 5, 6, 7,),
    "prop-4/assumption-on-alpha": (2,),
    "prop-4/total-expectation": (1, 12, 13, 14,),
    "prop-4/lower-end": (1, 3, 4, 5, 6, 8, 9, 10, 11, 13, 14,),
    "prop-4~refined": (5, 6, 7, 13,),
    "def-5/distribution": (1,),
    "prop-10/mean": (1, 2, 3, 4, 7,),
    "prop-10/count": (1, 2, 3, 4, 9,),
    "prop-10/definition-of-norm": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10,),
    "prop-10/linearity": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10,),
    "prop-10/underlying-counts": (1, 2, 3, 4, 5, 6, 7, 8, 9,),
    "prop-10/algebra": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10,),
    "prop-10/p-is-rq": (1, 2, 3, 4, 5, 6, 7, 8, 10,),
    "prop-10/q-sums-to-one": (1, 3, 4, 5, 6, 7, 8, 9, 10,),
    "prop-11/definition": (3, 4, 5, 6, 7, 8, 9, 10,),
    "prop-11/sign-is-known": (3, 4, 5, 6, 7, 8, 9, 10, 11,),
    "prop-11/mean-of-counts": (11,),
    "prop-11/definition-of-q": (3, 4, 5, 6, 7, 8, 9, 10, 11,),
    "prop-11/collected": (3, 4, 5, 6, 7, 8, 9, 10, 11,),
    "prop-11/norm": (3, 4, 5, 6, 7, 8, 9, 10, 11,),
    "prop-11/by-coordinates": (3, 4, 5, 6, 7, 8, 9, 10,),
    "prop-11/binomial": (11,),
    "prop-11/algebra": (3, 4, 5, 6, 7, 8, 9, 10, 11,),
    "prop-11/p-is-rq": (3, 4, 5, 6, 7, 8, 10, 11,),
    "prop-12/norms": (3, 4, 5, 6, 7, 8, 9, 10, 11,),
    "prop-12/dropped": (5, 6, 7, 8, 9, 10, 11, 12,),
    "prop-12/last-line~corrected": (5, 6, 7, 8, 9, 10, 11, 12,),
    "comparison/tighter-when-L-small~corrected": (3,),
}

# (claim, hypothesis): used by its certificate, and yet no loss
FOLLOWS = {
    ("prop-4/divided", 5): "μ > 0 follows from ᾱ ≤ μ/(L M_G), as ᾱ, L and M_G are positive",
    ("specialisation/average~corrected", 7): "r ≥ 0 follows from r > 0",
    ("specialisation/limit~corrected", 7): "r ≥ 0 follows from r > 0",
    ("prop-4", 5): "μ > 0 follows from ᾱ ≤ μ/(L M_G), as ᾱ, L and M_G are positive",
}
