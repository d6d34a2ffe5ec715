"""Why the bounds hold, or do not: the kernel, the claims and the papers."""
