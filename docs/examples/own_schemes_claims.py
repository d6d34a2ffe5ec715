"""What the schemes beside this file claim of their moments: `convbound verify docs/examples/own_schemes_claims.py`."""

from own_schemes import Rounded, Sparsified, Ternary

from convbound.schemes import claims_of

ternary = claims_of(Ternary)
rounded = claims_of(Rounded)
sparsified = claims_of(Sparsified)
