(* ZIM's run, in plain words: what the theorems of T1.v, Proposition4.v and HalfInteger.v are about. Nothing is proved here;
   this file is to be read, like Semantics.v. (sum_to n f is f 0 + .. + f (n - 1), is_limsup is in Semantics.v too.) *)

From Coq Require Import Reals.
From Convbound Require Import Semantics.
Open Scope R_scope.

(* ---------------------------------------------------------------------------------------- expectations over a tree *)

(* A path is a sequence of choices; of one that goes on after m only the first m count. *)
Definition path := nat -> nat.
Definition set (w : path) (m c : nat) : path := fun j => if Nat.eqb j m then c else w j.
Definition cut (m : nat) (w : path) : path := fun j => if Nat.ltb j m then w j else 0%nat.

(* The mean of X over the next `left` choices, each one of 0..D, after the first m of w; choice c at time m after w has
   probability prob m w c. *)
Fixpoint mean (D : nat) (prob : nat -> path -> nat -> R) (left m : nat) (w : path) (X : path -> R) : R :=
  match left with
  | O => X (cut m w)
  | S l => sum_to (S D) (fun c => prob m w c * mean D prob l (S m) (set w m c) X)
  end.
(* Given the first m choices of w, over T choices in all. *)
Definition expect (D : nat) (prob : nat -> path -> nat -> R) (T m : nat) (w : path) (X : path -> R) : R :=
  mean D prob (T - m) m w X.

(* --------------------------------------------------------------------------------------------------------- the run *)

Definition vector := nat -> R.                                       (* coordinates 1..d *)
Definition sum (d : nat) (f : nat -> R) : R := sum_to d (fun j => f (S j)).      (* f 1 + .. + f d *)
Definition sgn (x : R) : R := if Rlt_dec 0 x then 1 else if Rlt_dec x 0 then -1 else 0.
Definition whole (a : R) : Prop := exists z, a = IZR z.

(* How often choice i is among the m choices after the first `from`. *)
Fixpoint count (i : nat) (w : path) (from m : nat) : nat :=
  match m with O => 0 | S k => count i w from k + (if Nat.eqb (w (from + k)%nat) i then 1 else 0) end.

Section Run.
Variables d n : nat.                        (* dimension, draws a step *)
Variables r c : R.                          (* rate, smoothing *)
Variable G : vector -> vector.              (* gradient *)
Variable w1 : vector.                       (* start *)

Definition norm1 (x : vector) : R := sum d (fun i => Rabs (G x i)).
Definition norm2 (x : vector) : R := sum d (fun i => G x i ^ 2).                       (* squared *)
Definition phi (x : vector) : R := (c * norm1 x + norm2 x) / (c * INR d + norm1 x).

(* A draw is no coordinate with probability 1 - r, and i with probability r * share i. *)
Definition share (x : vector) (i : nat) : R := (Rabs (G x i) + c) / (c * INR d + sum d (fun j => Rabs (G x j))).
Definition draw (x : vector) (choice : nat) : R := match choice with O => 1 - r | i => r * share x i end.

(* The state after k steps: each draw of i moves w_i by 1 against the sign of the gradient at the step's start. *)
Fixpoint iterate (k : nat) (w : path) : vector :=
  match k with O => w1 | S j => fun i => iterate j w i - sgn (G (iterate j w) i) * INR (count i w (j * n) n) end.
Definition update (k : nat) (w : path) (i : nat) : R := sgn (G (iterate k w) i) * INR (count i w (k * n) n).

(* The draws of a run: m / n is the step of the m-th. *)
Definition probability (m : nat) (w : path) (choice : nat) : R := draw (iterate (m / n) w) choice.

(* The expectation over the runs of K steps; given the first m draws. *)
Definition given (K m : nat) (w : path) (X : path -> R) : R := expect d probability (K * n) m w X.
Definition nowhere : path := fun _ => 0%nat.
Definition expected (K : nat) (X : path -> R) : R := given K 0 nowhere X.

(* The mean over the first K iterations of the expectation of f; the expectation of the mean of squared gradient norms. *)
Definition mean_of (f : vector -> R) (K : nat) : R := sum_to K (fun k => expected K (fun v => f (iterate k v))) / INR K.
Definition mean_square_of (K : nat) : R := expected K (fun v => sum_to K (fun k => norm2 (iterate k v)) / INR K).
End Run.

(* The quadratic with its minimum in the middle between lattice points. *)
Definition half_integer (d : nat) (L : R) (x : vector) : R := L / 2 * sum d (fun i => (x i - 1 / 2) ^ 2).
Definition half_integer_gradient (L : R) (x : vector) : vector := fun i => L * (x i - 1 / 2).
