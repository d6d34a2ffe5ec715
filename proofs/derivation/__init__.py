"""How a proof is written, and the search that closes its steps."""
