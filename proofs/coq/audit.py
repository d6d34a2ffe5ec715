"""Audits the theory: python proofs/coq/audit.py ASSUMPTIONS.txt [FOLDER]. Exit code 1 and the objections, or 0.

Coq proves what the files say; this looks at what they say. No file switches a check off, assumes something, or gives a
sign or word of the statement another meaning; the two files that define the statement are those that were read
(their digest is below); and what Coq printed last is the theorem, on the axioms of the classical reals and no others.
"""

from __future__ import annotations

import re
import sys
from hashlib import sha256
from pathlib import Path

STATED = ("Syntax.v", "Semantics.v")
DIGEST = "e9064678a7ed0b0e4d52e4535735fda505a2410fee2bff726fe977b5a222fb82"
THEOREM = "forall (c : certificate) (t : statement), check c = Some t -> Semantics.valid t"
AXIOMS = (
    "ClassicalDedekindReals.sig_not_dec",
    "ClassicalDedekindReals.sig_forall_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
)
FORBIDDEN = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjecture|Primitive|Unset|bypass_check|Declare|Load|Extract"
    r"|Infix|Coercion|Canonical|Instance|Reserved|Undelimit|Add|Drop|Redirect|Abort)\b"
)
NOTATIONS = {  # the only ones: abbreviations inside the proofs
    ("Checker.v", "'do' x <- a ; b"),
    ("Checker.v", "sg"),
    ("Soundness.v", "ev q"),
    ("Soundness.v", "sg"),
    ("Soundness.v", "M"),
    ("Soundness.v", "good r q"),
}


def without_comments(text: str) -> str:
    """A file without its comments, which may be nested."""
    depth, kept, k = 0, [], 0
    while k < len(text):
        if text.startswith("(*", k):
            depth, k = depth + 1, k + 2
        elif text.startswith("*)", k) and depth:
            depth, k = depth - 1, k + 2
        else:
            kept.append("" if depth else text[k])
            k += 1
    return "".join(kept)


def digest(folder: Path) -> str:
    """One number for the files that say what a statement means."""
    return sha256(b"".join((folder / name).read_bytes() for name in STATED)).hexdigest()


def of_the_sources(folder: Path) -> list[str]:
    """What is wrong with the files."""
    found = []
    if digest(folder) != DIGEST:
        found.append(f"{' and '.join(STATED)} are not those that were read: {digest(folder)}")
    for path in sorted(folder.glob("*.v")):
        text = without_comments(path.read_text(encoding="utf-8"))
        found += [f"{path.name}: {word}" for word in sorted(set(FORBIDDEN.findall(text)) - _harmless(text))]
        for name in re.findall(r"\bNotation\b\s*(.*?)\s*:=", text, flags=re.S):
            if (path.name, name.strip('"')) not in NOTATIONS:
                found.append(f"{path.name}: a notation for {name}")
        closed = re.sub(r"\bSection\s+(\w+)\..*?\bEnd\s+\1\.", "", text, flags=re.S)
        if re.search(r"\b(Hypothes[ie]s|Variables?|Context)\b", closed):
            found.append(f"{path.name}: an assumption outside a section")
    return found


def _harmless(text: str) -> set[str]:
    """`Add` is a constructor of expressions; only as a command it is not."""
    return set() if re.search(r"(^|\.\s+)Add\b", text) else {"Add"}


def of_the_assumptions(printed: str) -> list[str]:
    """What is wrong with what Coq printed of the theorem."""
    theorem, _, axioms = printed.partition("Axioms:")
    found = []
    if " ".join(theorem.split()) != f"soundness : {THEOREM} : {THEOREM}":
        found.append("the theorem is another one")
    names = tuple(re.findall(r"^(\S+)\s*(?::|$)", axioms, flags=re.M))
    if sorted(names) != sorted(AXIOMS):
        found.append(f"the theorem rests on {', '.join(names) or 'what is not shown'}")
    return found


def main(assumptions: str, folder: str = str(Path(__file__).parent)) -> int:
    """Print the objections; 1 if there is one."""
    found = of_the_sources(Path(folder)) + of_the_assumptions(Path(assumptions).read_text(encoding="utf-8"))
    print("\n".join(found) or "audited: one theorem, three axioms of the classical reals")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
