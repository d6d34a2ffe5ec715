"""Questions that the theory leaves open, explored exactly: `python -m checks.exploration` (docs/open-questions.md)."""
