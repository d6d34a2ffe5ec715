"""Questions that the theory leaves open, explored exactly: see docs/open-questions.md for the commands."""
