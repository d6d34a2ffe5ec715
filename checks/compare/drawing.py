"""What the figures share: colours, labels, and files that come out the same every time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.bounds import InputError
from convbound.bounds.files import write_whole
from convbound.bounds.notation import Written
from convbound.checks.parameter_options import BY_LETTER, PARAMETERS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURES = (".png", ".svg", ".pdf")
# Okabe and Ito's palette: told apart by colour-blind readers and in grey
BLUE, ORANGE, GREEN, RED, PURPLE, SKY = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
)
INK, FAINT = "#222222", "#888888"
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INK,
    "svg.hashsalt": "convbound",
    "svg.fonttype": "path",  # the same picture whatever fonts the reader has
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.5,
}


def house_style() -> AbstractContextManager[None]:
    """Draw in the project's style inside this context; InputError where matplotlib is missing."""
    try:
        import matplotlib
    except ImportError:
        raise InputError("figures need matplotlib: pip install 'convbound[figures]'.") from None
    style: AbstractContextManager[None] = matplotlib.rc_context(STYLE)
    return style


def new_figure(width: float, height: float) -> Figure:
    """A figure of that size in inches, without a window system."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def save_figure(figure: Figure, path: Path) -> None:
    """Write a figure in the format of the suffix: the same bytes for the same figure."""
    metadata = {".png": {"Software": None}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}[path.suffix]

    def write(temporary: Path) -> None:
        with house_style():
            figure.savefig(temporary, dpi=160, metadata=metadata)

    write_whole(path, write)


def axis_label(letter: str) -> str:
    """A parameter's letter and meaning."""
    return f"{Written.letter(letter).text}  ({BY_LETTER[letter].help})"


def fixed_text(fixed: Mapping[str, Fraction]) -> str:
    """The fixed parameters that say something: those given, and n and r always."""
    said = []
    for parameter in PARAMETERS:
        value = fixed.get(parameter.letter)
        default = parameter.default
        if value is None or (default is not None and value == Fraction(default) and parameter.letter not in ("n", "r")):
            continue
        said.append(f"{Written.letter(parameter.letter).text} = {float(value):g}")
    return ", ".join(said)
