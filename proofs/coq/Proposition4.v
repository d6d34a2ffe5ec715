(* Proposition 4 and its refinement, about ZIM's run with any number of draws: where the moments of the steps are as in
   (2.2) and (2.3), the mean squared gradient norm after K steps is at most what is printed. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia Arith FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Checker Reach Reading Limits Soundness Run Trees Limsup Integral Certificates Zim Runs.
Import ListNotations.
Open Scope R_scope.

Section Moments.
Variables d n K : nat.
Variables r c L mu M M_G alpha : R.
Variable F : vector -> R.
Variable G : vector -> vector.
Variable w1 : vector.
Variable F_inf : R.
Hypothesis d_pos : (1 <= d)%nat.
Hypothesis K_pos : (1 <= K)%nat.
Hypothesis c_pos : 0 < c.
Hypothesis r_range : 0 <= r <= 1.
Hypothesis L_pos : 0 < L.
Hypothesis mu_pos : 0 < mu.
Hypothesis alpha_pos : 0 < alpha.
Hypothesis M_nonneg : 0 <= M.
Hypothesis smooth : forall x y,
  F y <= F x + sum d (fun i => G x i * (y i - x i)) + L / 2 * sum d (fun i => (y i - x i) ^ 2).
Hypothesis bounded_below : forall x, F_inf <= F x.

Notation w := (iterate n G w1).
Notation update := (update n G w1).                    (* w (k + 1) = w k - update k *)
(* E_k: the expectation given the draws of the first k steps. *)
Notation E_k k v X := (given d n r c G w1 K (k * n) v X).
Hypothesis alignment : forall k v, (k < K)%nat ->
  sum d (fun i => G (w k v) i * E_k k v (fun v' => update k v' i)) >= alpha * mu * norm2 d G (w k v).
Hypothesis second_moment : forall k v, (k < K)%nat ->
  E_k k v (fun v' => sum d (fun i => update k v' i ^ 2)) <= M * alpha + M_G * alpha ^ 2 * norm2 d G (w k v).

Notation mean_square := (mean_square_of d n r c G w1 K).

Definition table : list (name * (point -> path -> R)) := [
  (x_mu, fixed_at mu); (x_M, fixed_at M); (x_M_G, fixed_at M_G); (x_alpha, fixed_at alpha);
  (x_inv_L, fixed_at (1 / L)); (x_inv_M_G, fixed_at (1 / M_G)); (x_inv_mu, fixed_at (1 / mu));
  (x_inv_alpha, fixed_at (1 / alpha)); (x_inv_46773b, fixed_at (1 / (mu - L * M_G * alpha / 2)))]
  ++ values d n r c L F G w1 F_inf K.
Notation MM := (with_limits (run_model d n r c G w1 false K (lookup table)) (fun _ _ => 0)).

Lemma legal_somewhere : forall says, scopes (about says) = scopes (about prop_4_says) -> exists p, legal (about says) MM p.
Proof.
  intros says Same. exists (fun _ => 1). intros s; unfold coordinate; rewrite Same.
  cbn [scopes about prop_4_says find]. destruct (Pos.eqb_spec s 3) as [->|];
    [|destruct (Pos.eqb_spec s 6) as [->|]; [|exact I]];
    (exists 0%nat; split; [cbn [size with_limits run_model]; cbv [Pos.eqb x_i x_step x_draw]; lia | simpl; lra]).
Qed.

Lemma smooth_step : forall k v, F (w (S k) v) <= F (w k v) +
  1 * / 2 * L * sum_to d (fun j => (-1 * / 1 * w k v (S j) + w (S k) v (S j)) ^ 2) +
  sum_to d (fun j => G (w k v) (S j) * (-1 * / 1 * w k v (S j) + w (S k) v (S j))).
Proof.
  intros k v. set (x := w k v). set (y := w (S k) v).
  rewrite (sum_to_ext d _ (fun j => (y (S j) - x (S j)) ^ 2)) by (intros; field).
  rewrite (sum_to_ext d (fun j => G x (S j) * _) (fun j => G x (S j) * (y (S j) - x (S j)))) by (intros; field).
  pose proof (smooth x y) as S; unfold sum in S. lra.
Qed.

Ltac hypothesis_of_run :=
  first
  [ reflexivity
  | apply Rle_ge, bounded_below
  | apply smooth_step
  | rewrite Rinv_1, Rmult_1_r; apply lt_0_INR; assumption
  | cbn [iterate]; rewrite Rinv_1; ring
  | apply alignment; assumption
  | match goal with Hk : (?k < K)%nat |- given _ _ _ _ _ _ _ _ ?v ?X <= _ =>
      replace X with (fun v' => sum d (fun j => update k v' j ^ 2)); [apply second_moment; assumption|];
      apply functional_extensionality; intros v'; apply sum_to_ext; intros; rewrite nat_of_place; reflexivity
    end
  | lra ].
Ltac average says valid models supposes :=
  destruct (legal_somewhere says eq_refl) as [p Lp]; pose proof (valid MM models supposes p nowhere Lp) as H; revert H;
  unfold table; cbn [Syntax.proves relation left_side right_side compare_as says]; compute_den; intros H;
  match type of H with ?x <= _ => replace x with mean_square in H by (
    unfold mean_square_of, expected; f_equal; apply functional_extensionality; intros v; f_equal;
    apply sum_to_ext; intros; rewrite nat_of_place, Nat.sub_succ, Nat.sub_0_r; apply sum_to_ext; intros;
    rewrite nat_of_place; reflexivity) end.
Lemma K_not_zero : INR K <> 0. Proof. apply not_0_INR; lia. Qed.

Theorem proposition_4 : 0 < M_G -> alpha <= mu / (L * M_G) ->
  mean_square <= L * M / mu + 2 * (F w1 - F_inf) / (INR K * mu * alpha).
Proof.
  intros M_G_pos small.
  assert (models : is_model (about prop_4_says) MM) by (unfold table; model_of_run prop_4_says).
  assert (supposes : Forall (holds (about prop_4_says) MM) (Syntax.hypotheses prop_4_says)).
  { unfold table; cbn [Syntax.hypotheses prop_4_says]; each; points prop_4_says;
      first [hypothesis_of_run | eapply Rle_trans; [exact small | right; field; split; lra]]. }
  average prop_4_says prop_4_valid models supposes.
  eapply Rle_trans; [exact H | right; field; repeat split; first [lra | apply K_not_zero]].
Qed.

Theorem proposition_4_refined : 0 <= M_G -> L * M_G * alpha < 2 * mu ->
  mean_square <= (L * M / 2 + (F w1 - F_inf) / (INR K * alpha)) / (mu - L * M_G * alpha / 2).
Proof.
  intros M_G_nonneg small.
  assert (models : is_model (about prop_4_refined_says) MM) by (unfold table; model_of_run prop_4_refined_says).
  assert (supposes : Forall (holds (about prop_4_refined_says) MM) (Syntax.hypotheses prop_4_refined_says)).
  { unfold table; cbn [Syntax.hypotheses prop_4_refined_says]; each; points prop_4_refined_says; hypothesis_of_run. }
  average prop_4_refined_says prop_4_refined_valid models supposes.
  eapply Rle_trans; [exact H | right; field; repeat split; first [lra | apply K_not_zero]].
Qed.
End Moments.
