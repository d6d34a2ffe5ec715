"""Whether the world agrees, and the command line."""
