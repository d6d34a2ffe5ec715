"""Printed experiments, done again: quantised training on generated data, and what of the tables comes out."""
