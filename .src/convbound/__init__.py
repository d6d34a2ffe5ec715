"""convbound: formal verification of convergence bounds.

`convbound.bounds` says what the theorems say, as numbers; `convbound.proofs` why they hold, or do not;
`convbound.checks` whether the world agrees, and the command. The three are the folders at the top of the repository.
"""

__version__ = "0.2.0"
