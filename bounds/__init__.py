"""What the theorems say, as numbers. Imports nothing else of this project."""
