"""The library of the paper's claims; the other modules of this folder register them, in the order of the paper.

The text that was read is a transcription (OCR) of a PDF. Its title is that of version 2; version 1 is called
"Convergence for Discrete Parameter Updates". What may be the transcription's and not the authors' is said to be "as
transcribed": the √(dL + cd) of Proposition 7 (reading R3), and the fraction in the specialisation.
"""

from convbound.proofs.claims import Library

SOURCE = "arXiv 2512.04051, version 2, as transcribed (OCR)"
paper = Library("discrete-updates", "Convergence for Discrete Parameter Update Schemes", SOURCE)
