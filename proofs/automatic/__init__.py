"""What needs no author: proofs by pattern, exact instances by search, and what would repair a claim.

Nothing here is trusted. A proof found here is steps of the kernel like any other, and an instance is decided by the
same exact evaluation as one that a person wrote.
"""
