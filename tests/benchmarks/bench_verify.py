"""How long the main job takes, cold and warm, how long its certificates take to re-check, and how long the kernel is.

    python tests/benchmarks/bench_verify.py [TARGET]

Every time is the least of several runs; verification in this process uses no cache. Cold means a new process with an
empty cache. The limits are those the project set itself: 5 s cold, 1 s for all certificates, 10 ms for each.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
import tokenize
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))


def least(runs: int, action: Callable[[], Any]) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def cold(target: str) -> float:
    """Seconds of `convbound verify` in a new process that remembers nothing."""

    def run() -> None:
        with tempfile.TemporaryDirectory() as empty:
            environment = {**os.environ, "XDG_CACHE_HOME": empty, "PYTHONPATH": str(ROOT / ".src")}
            code = "import sys; from convbound.checks.cli import main; main(sys.argv[1:])"
            command = [sys.executable, "-c", code, "verify", target]
            subprocess.run(command, check=True, capture_output=True, env=environment)

    return least(3, run)


def kernel_lines() -> tuple[int, int]:
    """All lines of the kernel, and those that hold code (no blank line, comment or docstring)."""
    text = (ROOT / "proofs" / "kernel.py").read_text(encoding="utf-8")
    code: set[int] = set()
    alone = True  # whether a string at this place would be a statement of its own
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.COMMENT):
            alone = alone or token.type == tokenize.NEWLINE
            continue
        if not (token.type == tokenize.STRING and alone) and token.type != tokenize.ENDMARKER:
            code |= set(range(token.start[0], token.end[0] + 1))
        alone = False
    return len(text.splitlines()), len(code)


def main(target: str) -> None:
    """Print the figures."""
    from convbound.proofs.kernel import load, replay
    from convbound.proofs.libraries import load_library
    from convbound.proofs.prover import Proved, Prover
    from convbound.proofs.verify import verify_library

    print(f"cold, a new process          {cold(target):8.2f} s   (limit 5 s)")
    library = load_library(target)
    print(f"in this process              {least(3, lambda: verify_library(library, Prover())):8.2f} s")
    prover = Prover()
    verify_library(library, prover)
    texts = {c.name: json.dumps(r.certificate) for c, r in prover.results.items() if isinstance(r, Proved)}
    times = {name: least(5, lambda text=text: replay(load(text))) for name, text in texts.items()}
    slowest = max(times, key=lambda n: times[n])
    print(f"{len(times)} certificates re-checked   {sum(times.values()):8.3f} s   (limit 1 s)")
    print(f"the slowest certificate      {1000 * times[slowest]:8.1f} ms  (limit 10 ms)   {slowest}")
    print(f"the largest certificate      {max(map(len, texts.values())) / 1000:8.1f} kB")
    lines, code = kernel_lines()
    print(f"the kernel                   {lines:8} lines, {code} of them code")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "discrete-updates")
