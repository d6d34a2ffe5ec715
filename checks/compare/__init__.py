"""`convbound compare`: sweeps of parameters, crossovers between bounds, tables and figures."""
