"""Printed experiments, done again from many seeds, and what of the printed numbers comes out."""
