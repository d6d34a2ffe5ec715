"""First-order methods: what classes of functions say of finitely many points, and rates for all parameters."""

from convbound.proofs.first_order import accelerated as accelerated
from convbound.proofs.first_order import classes as classes
from convbound.proofs.first_order import explicit as explicit
from convbound.proofs.first_order import fixed_points as fixed_points
from convbound.proofs.first_order import rates as rates
from convbound.proofs.first_order.vocabulary import library as library

__all__ = ["library"]
