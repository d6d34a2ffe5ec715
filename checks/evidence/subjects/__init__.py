"""The evidence of the libraries: module x, found by its name, registers checks for the claims of `proofs.x`."""
