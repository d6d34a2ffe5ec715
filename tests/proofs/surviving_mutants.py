"""The mutants of the paper's claims that are proved, and why that is right; `test_mutants` compares exactly."""

# ruff: noqa: E501
# fmt: off

# claim: (why its mutants are true, what they say)
WEAKER: dict[str, tuple[str, tuple[str, ...]]] = {
    "comparison/below-minimum@R2": ("numbers: L²d/2 is 11 million, the left side 1.4 million", (
        "L*(c*d + sqrt(L*d)) < L**2*d/2",
    )),
    "comparison/below-minimum@R3": ("numbers, as in the second reading", (
        "L*sqrt(L*d + c*d) < L**2*d/2",
    )),
    "eq-2.1": ("a larger constant: Σh² ≥ 0 and L > 0", (
        "F_w <= F_v + L*sum_i(h**2) + sum_i(g*h)",
    )),
    "prop-8": ("a larger constant: E_k[Σu²] ≥ 0 and L > 0", (
        "-F + E_k(next(F)) <= L*E_k(sum_i(u**2)) - sum_i(g*E_k(u))",
    )),
    "prop-9/by-assumption-3": ("less of E_k[Σu²] ≥ 0 on the left", (
        "-sum_i(g*E_k(u)) <= L*M*rate/2 + L*M_G*rate**2*sum_i(g**2)/2 - mu*rate*sum_i(g**2)",
        "-L*E_k(sum_i(u**2))/2 - sum_i(g*E_k(u)) <= L*M*rate/2 + L*M_G*rate**2*sum_i(g**2)/2 - mu*rate*sum_i(g**2)",
        "L*E_k(sum_i(u**2))/4 - sum_i(g*E_k(u)) <= L*M*rate/2 + L*M_G*rate**2*sum_i(g**2)/2 - mu*rate*sum_i(g**2)",
    )),
    "prop-9": ("more on the right: Σg² ≥ 0, and α, μ, L, M, M_G ≥ 0", (
        "-F + E_k(next(F)) <= L*M*rate/2 + L*M_G*rate**2*sum_i(g**2)/2",
        "-F + E_k(next(F)) <= L*M*rate/2 + rate*(L*M_G*rate/2 + mu)*sum_i(g**2)",
        "-F + E_k(next(F)) <= L*M*rate/2 + rate*(L*M_G*rate/2 - mu/2)*sum_i(g**2)",
        "-F + E_k(next(F)) <= L*M*rate/2 + rate*(L*M_G*rate - mu)*sum_i(g**2)",
        "-F + E_k(next(F)) <= L*M*rate + rate*(L*M_G*rate/2 - mu)*sum_i(g**2)",
    )),
    "prop-4/assumption-on-alpha": ("less on the left or more on the right: Σg² ≥ 0, and α, μ, L, M_G > 0", (
        "L*M*alpha/2 + alpha*(L*M_G*alpha/2 - 2*mu)*sum_i(g**2) <= L*M*alpha/2 - alpha*mu*sum_i(g**2)/2",
        "L*M*alpha/2 - alpha*mu*sum_i(g**2) <= L*M*alpha/2 - alpha*mu*sum_i(g**2)/2",
        "L*M*alpha/2 + alpha*(-L*M_G*alpha/2 - mu)*sum_i(g**2) <= L*M*alpha/2 - alpha*mu*sum_i(g**2)/2",
        "L*M*alpha/2 + alpha*(L*M_G*alpha/4 - mu)*sum_i(g**2) <= L*M*alpha/2 - alpha*mu*sum_i(g**2)/2",
        "L*M*alpha/2 + alpha*(L*M_G*alpha/2 - mu)*sum_i(g**2) <= L*M*alpha/2 + alpha*mu*sum_i(g**2)/2",
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
    "prop-7/positive-M_G~corrected": ("twice a right side that is nonnegative", (
        "E(sum_i(u**2)) <= 2*M_G*r**2*sum_i(g**2) + 2*n*r",
        "E(sum_i(u**2)) <= n*r",
        "E(sum_i(u**2)) <= M_G*r**3*sum_i(g**2) + n*r",
    )),
    "specialisation/cycle-floor": ("half of A, which is the mean of what is nonnegative", (
        "E(avg_k(sum_i(g**2))) >= A/2",
    )),
    "comparison/zim@R1": ("decided by the numbers of the example", (
        "1450000*L*(L*sqrt(d) + c*d) - 1957500000000 >= 0",
    )),
    "comparison/zim@R2": ("decided by the numbers of the example", (
        "1450000*L*(c*d + sqrt(L*d)) - 1957500000000 >= 0",
    )),
    "comparison/value@R1": ("decided by the numbers of the example", (
        "1431235*L*(L*sqrt(d) + c*d) - 2048432193990 >= 0",
    )),
    "comparison/value@R2": ("decided by the numbers of the example", (
        "1369551*L*(c*d + sqrt(L*d)) - 1875668572050 >= 0",
    )),
    "comparison/tighter": ("less on the left", (
        "L*c*d < 2*L*d",
        "L*(-L*sqrt(d) + c*d) < 2*L*d",
        "L*(L*sqrt(d) + c*d) < 4*L*d",
    )),
    "comparison/below-minimum@R1": ("less on the left or more on the right", (
        "L*(L*sqrt(d) + c*d) < L**2*d/2",
        "L*c*d < L**2*d/4",
        "L*(-L*sqrt(d) + c*d) < L**2*d/4",
    )),
    "comparison/not-tighter": ("less on the right: d and L are positive", (
        "L*(L*sqrt(d) + c*d) >= L*d",
        "L*(L*sqrt(d) + c*d) >= -2*L*d",
    )),
    "comparison/share-of-c": ("less on the right, or decided by the numbers of the example", (
        "L*c*d > 47*L*(L*sqrt(d) + c*d)/100",
        "L*c*d > -47*L*(L*sqrt(d) + c*d)/50",
        "L*c*d > 47*L*c*d/50",
        "L*c*d > 47*L*(-L*sqrt(d) + c*d)/50",
        "L*c*d > 47*L**2*sqrt(d)/50",
        "L*c*d > 47*L*(L*sqrt(d) - c*d)/50",
    )),
    "section-4/step@R1,n=282": ("less on the right, or decided by the numbers of the example", (
        "r > -1000000/(L*(L*sqrt(d) + c*d))",
        "r > 1000000*n/(L*(n**3 - n)*(L*sqrt(d) + c*d))",
        "r > 1000000/(L*n*(L*sqrt(d) + c*d))",
        "r > 1000000*n/(L*(n**2 + n)*(L*sqrt(d) + c*d))",
        "r > 1000000*n/(L*(n**2 - n/2)*(L*sqrt(d) + c*d))",
    )),
    "section-4/step@R1,n=79400": ("less on the right, or decided by the numbers of the example", (
        "r > -1000000/(L*(L*sqrt(d) + c*d))",
        "r > 1000000*n/(L*(n**3 - n)*(L*sqrt(d) + c*d))",
        "r > 1000000/(L*n*(L*sqrt(d) + c*d))",
        "r > 1000000*n/(L*(n**2 + n)*(L*sqrt(d) + c*d))",
        "r > 1000000*n/(L*(n**2 - n/2)*(L*sqrt(d) + c*d))",
    )),
    "section-4/step@R2,n=282": ("less on the right, or decided by the numbers of the example", (
        "r > -1000000/(L*(c*d + sqrt(L*d)))",
        "r > 1000000*n/(L*(n**3 - n)*(c*d + sqrt(L*d)))",
        "r > 1000000/(L*n*(c*d + sqrt(L*d)))",
        "r > 1000000*n/(L*(n**2 + n)*(c*d + sqrt(L*d)))",
        "r > 1000000*n/(L*(n**2 - n/2)*(c*d + sqrt(L*d)))",
    )),
    "section-4/step@R2,n=79400": ("less on the right, or decided by the numbers of the example", (
        "r > -1000000/(L*(c*d + sqrt(L*d)))",
        "r > 1000000*n/(L*(n**3 - n)*(c*d + sqrt(L*d)))",
        "r > 1000000/(L*n*(c*d + sqrt(L*d)))",
        "r > 1000000*n/(L*(n**2 + n)*(c*d + sqrt(L*d)))",
        "r > 1000000*n/(L*(n**2 - n/2)*(c*d + sqrt(L*d)))",
    )),
    "section-4/step@R3,n=282": ("less on the right, or decided by the numbers of the example", (
        "r > -1000000/(L*sqrt(L*d + c*d))",
        "r > 1000000*n/(L*(n**3 - n)*sqrt(L*d + c*d))",
        "r > 1000000/(L*n*sqrt(L*d + c*d))",
        "r > 1000000*n/(L*(n**2 + n)*sqrt(L*d + c*d))",
        "r > 1000000*n/(L*(n**2 - n/2)*sqrt(L*d + c*d))",
    )),
    "section-4/step@R3,n=79400": ("less on the right, or decided by the numbers of the example", (
        "r > -1000000/(L*sqrt(L*d + c*d))",
        "r > 1000000*n/(L*(n**3 - n)*sqrt(L*d + c*d))",
        "r > 1000000/(L*n*sqrt(L*d + c*d))",
        "r > 1000000*n/(L*(n**2 + n)*sqrt(L*d + c*d))",
        "r > 1000000*n/(L*(n**2 - n/2)*sqrt(L*d + c*d))",
    )),
    "boolean/second-moment": ("a larger constant: d ≥ 0", (
        "E(sum_i(u**2)) <= 8*d",
    )),
    "boolean/no-flip": ("a sum of squares", (
        "sum_i(g**2) >= 0",
    )),
    "comparison/tighter-when-L-small": ("less on the left or more on the right: L < (2 - c)√d, and L and d are positive", (
        "L*(L*sqrt(d) + c*d) < 4*L*d",
        "L*c*d < 2*L*d",
        "L*(-L*sqrt(d) + c*d) < 2*L*d",
    )),
    "prop-4/limit@bound": ("a larger limit: LM/μ ≥ 0", (
        "limsup(K, L*M/mu + (2*F_1 - 2*F_inf)/(K*alpha*mu)) <= 2*L*M/mu",
    )),
    "def-6/defined-at-zero": ("c and d are positive", (
        "c*d > 0",
    )),
    "def-6/smoothing-needed": ("with no gradient and c = 0, either term is 0", (
        "sum_i(a) = 0",
        "c*d = 0",
        "-c*d + sum_i(a) = 0",
        "c*d - sum_i(a) = 0",
    )),
    "prop-12/l1-bound@F-Lipschitz": ("a larger bound", (
        "sum_i(a) <= 2*L*sqrt(d)",
    )),
    "specialisation/says-less@F-Lipschitz": ("a larger bound", (
        "sum_i(g**2) <= 2*L*(L*sqrt(d) + c*d)",
        "sum_i(g**2) < L*(L*sqrt(d) + c*d)",
        "sum_i(g**2) <= L*(L*d + c*d)",
        "sum_i(g**2) <= L**2*sqrt(d)",
    )),
    "prop-12/any-mu": ("a larger bound: n ≥ 0", (
        "mu*t <= 2*n",
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
    "def-5/nonnegative@p": (2,),
    "def-5/nonnegative@p_0": (2,),
    "prop-12/any-mu": (3,),
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
}

# (claim, hypothesis): used by its certificate, and yet no loss
FOLLOWS = {
    ("prop-12/any-mu", 7): "r ≥ 0 follows from r > 0",
    ("prop-4/divided", 5): "μ > 0 follows from ᾱ ≤ μ/(L M_G), as ᾱ, L and M_G are positive",
    ("specialisation/average~corrected", 7): "r ≥ 0 follows from r > 0",
    ("specialisation/limit~corrected", 7): "r ≥ 0 follows from r > 0",
    ("prop-4", 5): "μ > 0 follows from ᾱ ≤ μ/(L M_G), as ᾱ, L and M_G are positive",
}
