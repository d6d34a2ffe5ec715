(* The checker as an OCaml program (main.ml reads the file), and what its theorem rests on. *)

From Coq Require Import Extraction ExtrOcamlBasic.
From Convbound Require Import Syntax Polynomials Checker Soundness.

Check (soundness : forall c t, check c = Some t -> Semantics.valid t).
Print Assumptions soundness.

Extraction Language OCaml.
Extraction "checker.ml" check read same.
