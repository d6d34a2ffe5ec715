"""LaTeX to MathML, which browsers show without a network and screen readers read."""

from __future__ import annotations

from functools import cache
from html import escape
from xml.etree import ElementTree

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
STACKED = {"∑", "∏", "lim sup", "lim inf", "lim", "max", "min"}  # their limits stand below and above


@cache
def mathml(latex: str, *, block: bool = False) -> str:
    """A formula as a MathML element; as plain text in a `code` element where the LaTeX cannot be read."""
    from latex2mathml.converter import convert

    try:
        tree = ElementTree.fromstring(convert(latex, display="block" if block else "inline"))
    except Exception:  # the converter raises a class of its own for each kind of mistake in somebody's LaTeX
        return f'<code class="latex">{escape(latex)}</code>'
    for element in tree.iter():
        element.tag = element.tag.removeprefix(NAMESPACE)
        _mend(element)
    if not block:
        del tree.attrib["display"]
    _slim(tree)
    return ElementTree.tostring(tree, encoding="unicode")


def _slim(element: ElementTree.Element) -> None:
    """What says nothing goes: rows of one element, and what is so for brackets at the ends of a row anyway."""
    for child in element:
        _slim(child)
    last = len(element) - 1
    for k, child in enumerate(element):
        if child.get("fence") == "false":  # fences look like all operators
            del child.attrib["fence"]
        ends = (element.tag == "mrow" and last > 0) and {0: ("([", "prefix"), last: (")]", "postfix")}.get(k)
        if ends and child.tag == "mo" and child.text in tuple(ends[0]) and child.get("form") == ends[1]:
            child.attrib.clear()
        if child.tag in ("mrow", "math") and len(child) == 1 and child[0].tag != "mo":
            element[k] = child[0]
    if element.tag == "math" and len(element) == 1 and element[0].tag == "mrow":
        element[:] = list(element[0])


def _mend(element: ElementTree.Element) -> None:
    """What browsers set better: limits above and below a sum, the nabla without the space of an operator."""
    first = element[0] if len(element) else None
    if element.tag in ("msubsup", "msub", "msup") and first is not None and first.text in STACKED:
        element.tag = {"msubsup": "munderover", "msub": "munder", "msup": "mover"}[element.tag]
    if element.tag == "mo" and element.text == "∇":
        element.tag = "mi"
        element.set("mathvariant", "normal")
    if element.tag == "mi" and element.text in ("‖", "∥"):
        element.tag = "mo"
        element.attrib.update({"stretchy": "false", "lspace": "0", "rspace": "0"})
