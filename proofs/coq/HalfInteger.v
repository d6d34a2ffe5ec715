(* The printed limit of the mean squared gradient norm is exceeded: F = L/2 |w - 1/2|^2 is L-smooth and nonnegative, and at
   no lattice point is the squared gradient norm below d L^2 / 4. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia Arith FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Checker Reach Reading Limits Soundness Run Trees Limsup Integral Certificates Zim Runs.
Import ListNotations.
Open Scope R_scope.

Section HalfInteger.
Variables d n : nat.
Variables r c L : R.
Variable w1 : vector.
Hypothesis d_pos : (1 <= d)%nat.
Hypothesis c_pos : 0 < c.
Hypothesis r_range : 0 <= r <= 1.
Hypothesis L_pos : 0 < L.
Hypothesis lattice : forall i, whole (w1 i).

Notation F := (half_integer d L).
Notation gradient := (half_integer_gradient L).
Notation w := (iterate n gradient w1).
Notation mean_square := (mean_square_of d n r c gradient w1).

(* F is what the limit was claimed for. *)
Lemma half_integer_smooth : forall x y,
  F y = F x + sum d (fun i => gradient x i * (y i - x i)) + L / 2 * sum d (fun i => (y i - x i) ^ 2).
Proof.
  intros x y; unfold half_integer, sum, half_integer_gradient. induction d as [|m IH]; cbn [sum_to]; [ring|].
  destruct m as [|m]; [cbn [sum_to]; field|]. specialize (IH ltac:(lia)). rewrite Rmult_plus_distr_l, IH. field.
Qed.
Lemma half_integer_bounded_below : forall x, 0 <= F x.
Proof.
  intros x; unfold half_integer. apply Rmult_le_pos; [lra|]. apply sum_to_nonneg; intros; apply pow2_ge_0.
Qed.

Notation MM K :=
  (with_limits (run_model d n r c gradient w1 false K (lookup (values d n r c L F gradient w1 0 K))) (fun _ _ => 0)).

Theorem half_integer_floor : forall K, (1 <= K)%nat -> INR d * L ^ 2 / 4 <= mean_square K.
Proof.
  intros K K_pos.
  assert (models : is_model (about half_integer_says) (MM K)) by model_of_run half_integer_says.
  assert (supposes : Forall (holds (about half_integer_says) (MM K)) (Syntax.hypotheses half_integer_says)).
  { cbn [Syntax.hypotheses half_integer_says]; each; points half_integer_says;
      first [reflexivity | rewrite Rinv_1; lra | unfold half_integer_gradient; field]. }
  assert (legal_point : legal (about half_integer_says) (MM K) (fun _ => 1)).
  { intros s; unfold coordinate. cbn [scopes about half_integer_says find].
    destruct (Pos.eqb_spec s 3) as [->|]; [|destruct (Pos.eqb_spec s 6) as [->|]; [|exact I]];
      (exists 0%nat; split; [cbn [size with_limits run_model]; cbv [Pos.eqb x_i x_step x_draw]; lia | simpl; lra]). }
  pose proof (half_integer_valid (MM K) models supposes _ nowhere legal_point) as H; revert H.
  cbn [Syntax.proves relation left_side right_side compare_as half_integer_says]; compute_den; intros H.
  match type of H with ?x >= _ => replace x with (mean_square K) in H by (
    unfold mean_square_of, expected; f_equal; apply functional_extensionality; intros v; f_equal;
    apply sum_to_ext; intros; rewrite nat_of_place, Nat.sub_succ, Nat.sub_0_r; apply sum_to_ext; intros;
    rewrite nat_of_place; reflexivity) end.
  lra.
Qed.
End HalfInteger.

(* In dimension 79400, with L = 17 and c = 1, this is more than the limit as printed, in each way to read its root. *)
Theorem printed_limit_fails : forall d n r w1 l, INR d = 79400 -> 0 <= r <= 1 -> (forall i, whole (w1 i)) ->
  is_limsup (fun j => mean_square_of d n r 1 (half_integer_gradient 17) w1 (S j)) l ->
  l > 17 * (sqrt (INR d) * 17 + 1 * INR d) /\
  l > 17 * (sqrt (INR d * 17) + 1 * INR d) /\
  l > 17 * sqrt (INR d * 17 + 1 * INR d).
Proof.
  intros d n r w1 l Hd Hr Hw Hl.
  assert (d_pos : (1 <= d)%nat). { destruct d; [simpl in Hd; lra | lia]. }
  assert (Floor : 5736650 <= l).
  { destruct (Rle_dec 5736650 l) as [|N]; auto. exfalso.
    destruct (Hl (5736650 - l) ltac:(lra)) as [[N0 A] _]. specialize (A N0 (le_n _)).
    pose proof (half_integer_floor d n r 1 17 w1 d_pos ltac:(lra) Hr ltac:(lra) Hw (S N0) ltac:(lia)) as B.
    rewrite Hd in B. lra. }
  rewrite Hd.
  assert (S1 : sqrt 79400 <= 300) by (rewrite <- (sqrt_pow2 300) by lra; apply sqrt_le_1_alt; lra).
  assert (S2 : sqrt (79400 * 17) <= 1200) by (rewrite <- (sqrt_pow2 1200) by lra; apply sqrt_le_1_alt; lra).
  assert (S3 : sqrt (79400 * 17 + 1 * 79400) <= 1200) by (rewrite <- (sqrt_pow2 1200) by lra; apply sqrt_le_1_alt; lra).
  repeat split; lra.
Qed.
