"""Audits the theory: python proofs/coq/audit.py FOLDER [SOURCES]. Exit code 1 and the objections, or 0.

FOLDER is where the theory was built. Coq proves what the files say; this looks at what they say. No file switches a
check off, assumes something, or gives a sign or word of a statement another meaning; the files that define and print
the statements are those that were read (their digest is below); and what Coq printed is `soundness` and the theorems
about ZIM's run, on the axioms of the classical reals and no others.
"""

from __future__ import annotations

import re
import sys
from hashlib import sha256
from pathlib import Path

# What a statement means, what a run is, and what is printed of them: these files are to be read, the others are not.
STATED = ("Syntax.v", "Semantics.v", "Run.v", "Extract.v", "Headlines.v", "headlines.txt")
DIGEST = "c8b4e3869b16d1a5ba02bacbc87961da51a6b43280bf4f19d93f0aeee6fbec8b"
THEOREM = "forall (c : certificate) (t : statement), check c = Some t -> Semantics.valid t"
AXIOMS = (
    "ClassicalDedekindReals.sig_not_dec",
    "ClassicalDedekindReals.sig_forall_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
)
FORBIDDEN = re.compile(
    r"\b(Admitted|Admit|admit|give_up|Axioms?|Parameters?|Conjecture|Primitive|Unset|bypass_check|Declare|Load|Extract"
    r"|Infix|Coercion|Canonical|Instance|Reserved|Undelimit|Add|Drop|Redirect|Abort|Definitional|native_compute|Module"
    r"|Obligations?|Delimit|Bind|Reset|Register)\b"
)
NOTATIONS = {  # the only ones: abbreviations inside the proofs
    "Checker.v": ("'do' x <- a ; b", "sg"),
    "Soundness.v": ("ev q", "sg", "M", "good r q"),
    "Trees.v": ("mean", "expect"),
    "Zim.v": ("share", "draw", "iterate", "probability", "given", "M"),
    "Runs.v": ("norm1", "norm2", "known"),
    "T1.v": ("n", "w", "average_of", "table", "M K", "MM K limits", "models says", "supposes says"),
    "Proposition4.v": ("w", "update", "E_k k v X", "mean_square", "MM"),
    "HalfInteger.v": ("F", "gradient", "w", "mean_square", "MM K"),
}


def without_comments(text: str) -> str:
    """A file without its comments, which may be nested."""
    depth, kept = 0, []
    for piece in re.split(r"(\(\*|\*\))", text):
        if piece == "(*":
            depth += 1
        elif piece == "*)" and depth:
            depth -= 1
        elif not depth:
            kept.append(piece)
    return "".join(kept)


def digest(folder: Path) -> str:
    """One number for the files that say what a statement means."""
    return sha256(b"".join((folder / name).read_bytes() for name in STATED)).hexdigest()


def of_the_sources(folder: Path) -> list[str]:
    """What is wrong with the files."""
    found = []
    if digest(folder) != DIGEST:
        found.append(f"{', '.join(STATED)} are not those that were read: {digest(folder)}")
    for path in sorted(folder.glob("*.v")):
        text = without_comments(path.read_text(encoding="utf-8"))
        found += [f"{path.name}: {word}" for word in sorted(set(FORBIDDEN.findall(text)) - _harmless(text))]
        for name in re.findall(r"\bNotation\b\s*(.*?)\s*:=", text, flags=re.S):
            if name.strip('"') not in NOTATIONS.get(path.name, ()):
                found.append(f"{path.name}: a notation for {name}")
        for required in re.finditer(r"\bRequire\b", text):
            if text[: required.start()].split()[-2:] not in (["From", "Coq"], ["From", "Convbound"]):
                found.append(f"{path.name}: a library from elsewhere")
        closed = re.sub(r"\bSection\s+(\w+)\..*?\bEnd\s+\1\.", "", text, flags=re.S)
        if re.search(r"\b(Hypothes[ie]s|Variables?|Context)\b", closed):
            found.append(f"{path.name}: an assumption outside a section")
    return found


def _harmless(text: str) -> set[str]:
    """`Add` is a constructor of expressions; only as a command it is not."""
    return set() if re.search(r"(^|\.\s+)Add\b", text) else {"Add"}


def _axioms(printed: str, what: str) -> list[str]:
    names = re.findall(r"^(\S+)\s*(?::|$)", printed, flags=re.M)
    return [] if sorted(names) == sorted(AXIOMS) else [f"{what} on {', '.join(names) or 'what is not shown'}"]


def of_the_assumptions(printed: str) -> list[str]:
    """What is wrong with what Coq printed of `soundness`."""
    theorem, _, axioms = printed.partition("Axioms:")
    same = " ".join(theorem.split()) == f"soundness : {THEOREM} : {THEOREM}"
    return ([] if same else ["the theorem is another one"]) + _axioms(axioms, "the theorem rests")


def of_the_headlines(printed: str, read: str) -> list[str]:
    """What is wrong with what Coq printed of the theorems about a run, which are those that were read."""
    theorems, _, axioms = printed.partition("Axioms:")
    same = theorems.split() == read.partition("Axioms:")[0].split()
    other = [] if same else ["the theorems about a run are not those of headlines.txt"]
    return other + _axioms(axioms, "the theorems about a run rest")


def main(built: str, sources: str = str(Path(__file__).parent)) -> int:
    """Print the objections; 1 if there is one."""
    found = of_the_sources(Path(sources))
    found += of_the_assumptions((Path(built) / "assumptions.txt").read_text(encoding="utf-8"))
    printed, read = ((Path(x) / "headlines.txt").read_text(encoding="utf-8") for x in (built, sources))
    found += of_the_headlines(printed, read)
    print("\n".join(found) or "audited: soundness and the theorems about a run, on three axioms of the classical reals")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
