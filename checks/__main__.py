"""`python -m convbound.checks`: the command."""

from convbound.checks.cli import main

if __name__ == "__main__":
    main()
