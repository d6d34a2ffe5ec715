"""Exact instances: witnesses and counterexamples, of finitely many points or going on for ever."""
