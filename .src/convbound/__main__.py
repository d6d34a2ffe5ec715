"""`python -m convbound`: the command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; Ctrl-C while it is still being imported is one line, too."""
    try:
        from convbound.checks.cli import main as run
    except KeyboardInterrupt:
        print("convbound: interrupted", file=sys.stderr)
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
