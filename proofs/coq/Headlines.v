(* The theorems about ZIM's run, and what they rest on. *)

From Coq Require Import Reals.
From Convbound Require Import Semantics Run T1 Proposition4 HalfInteger.

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
Definition headlines := (T1a, T1b, T1a_limit, T1b_limit, proposition_4, proposition_4_refined, half_integer_floor,
  printed_limit_fails, half_integer_smooth, half_integer_bounded_below).
Print Assumptions headlines.
