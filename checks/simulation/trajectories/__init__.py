"""Trajectories of discrete update schemes at any dimension, and what they record."""

from convbound.checks.simulation.trajectories.run import Trajectory, run_trajectory

__all__ = ["Trajectory", "run_trajectory"]
