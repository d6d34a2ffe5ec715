"""Whether somebody's sampler follows the law of a scheme."""
