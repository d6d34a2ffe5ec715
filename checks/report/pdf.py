"""The report as PDF, through whatever on this machine can make one: a TeX engine, or a browser without a window."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.bounds.errors import InputError
from convbound.checks.report.formats import render

if TYPE_CHECKING:
    from convbound.checks.report.report_model import Report

ENGINES = ("pdflatex", "lualatex", "tectonic")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge")
SECONDS = 300


def render_pdf(report: Report) -> bytes:
    """The report as PDF, from what another format writes.

    Raises:
        InputError: nothing here makes one, or that fails.
    """
    return make_pdf(str(render(report, ".tex")), str(render(report, ".html")))


def make_pdf(latex: str, html: str) -> bytes:
    """The document as PDF. Raises InputError where nothing here makes one, or where that fails."""
    engine = next((e for e in ENGINES if shutil.which(e)), None)
    browser = next((b for b in BROWSERS if shutil.which(b)), None)
    if engine is None and browser is None:
        raise InputError(
            f"a PDF needs a TeX engine ({', '.join(ENGINES)}) or a browser ({', '.join(BROWSERS[:3])}), and none is "
            "installed; write .html or .tex instead."
        )
    with tempfile.TemporaryDirectory(prefix="convbound-") as folder:
        home = Path(folder)
        problem = ""
        if engine is not None:
            problem = _typeset(engine, latex, home)
        if (not (home / "report.pdf").exists() or problem) and browser is not None:
            problem = _print(browser, html, home)
        if problem or not (home / "report.pdf").exists():
            raise InputError(f"the PDF could not be made: {problem or 'no file was written'}.")
        return (home / "report.pdf").read_bytes()


def _run(command: list[str], home: Path) -> str:
    """Run a command in a folder; what went wrong, in a few words, or nothing."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1", "openout_any": "p"}
    try:
        done = subprocess.run(command, cwd=home, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{command[0]} {'took too long' if isinstance(error, subprocess.TimeoutExpired) else 'cannot run'}"
    if done.returncode == 0:
        return ""
    output = done.stdout.decode(errors="replace").splitlines()
    complaint = next((x for x in output if x.startswith("!")), "")
    return f"{command[0]} ended with code {done.returncode} {complaint}".strip()


def _typeset(engine: str, latex: str, home: Path) -> str:
    """Run the engine until the table of contents stands."""
    (home / "report.tex").write_text(latex, encoding="utf-8")
    if engine == "tectonic":
        return _run(["tectonic", "report.tex"], home)
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "report.tex"]
    for _ in range(2):
        problem = _run(command, home)
        if problem:
            (home / "report.pdf").unlink(missing_ok=True)
            return problem
    return ""


def _print(browser: str, html: str, home: Path) -> str:
    """Print the page."""
    (home / "report.html").write_text(html, encoding="utf-8")
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    where = [f"--user-data-dir={home / 'profile'}", f"--print-to-pdf={home / 'report.pdf'}", "--no-pdf-header-footer"]
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return _run([browser, "--headless", *quiet, *sandbox, *where, (home / "report.html").as_uri()], home)
