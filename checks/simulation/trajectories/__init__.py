"""Trajectories of discrete update schemes at any dimension, and what they record."""

from convbound.checks.simulation.trajectories.run import Trajectory, run_trajectory
from convbound.checks.simulation.trajectories.schemes import Greedy, Rounding, Scheme, Sgd, SignDescent, Zim

__all__ = ["Greedy", "Rounding", "Scheme", "Sgd", "SignDescent", "Trajectory", "Zim", "run_trajectory"]
