(* The theorems about models and about ZIM's run, and what they rest on. *)

From Coq Require Import List Reals.
From Convbound Require Import Syntax Semantics Run Finite T1 Proposition4 HalfInteger.
Open Scope R_scope.

Check finite_is_model.
Check T1a.
Check T1b.
Check T1a_limit.
Check T1b_limit.
Check proposition_4.
Check proposition_4_refined.
Check half_integer_smooth.
Check half_integer_bounded_below.
Check half_integer_floor.
Check printed_limit_fails.
Definition headlines := (finite_is_model, T1a, T1b, T1a_limit, T1b_limit, proposition_4, proposition_4_refined, half_integer_floor,
  printed_limit_fails, half_integer_smooth, half_integer_bounded_below).
Print Assumptions headlines.
