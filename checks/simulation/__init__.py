"""Schemes, problems and trajectories: the simulated world."""
