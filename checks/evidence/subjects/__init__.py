"""The evidence of the built-in libraries: module x registers checks for the claims of `proofs.x`."""
