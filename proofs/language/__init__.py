"""How a claim is written, read, printed and translated into the kernel's polynomials."""
