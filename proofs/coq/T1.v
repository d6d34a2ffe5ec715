(* T1(a) and T1(b): with one draw a step, the mean of phi is in the limit at most L/2, and the mean gradient norm at most
   sqrt(d) L/2 + c (sqrt(d) - 1)/4, whatever the rate r. For every dimension, every start, every F with the descent lemma
   that is bounded below, and every number of steps; E, averages and limits are of ZIM's run itself. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia Arith FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Checker Reach Reading Limits Soundness Run Trees Limsup Integral Certificates Zim Runs.
Import ListNotations.
Open Scope R_scope.

(* ------------------------------------------------------------------------------------------------- one draw a step *)

Section OneDraw.
Variable d : nat.
Variables r c L : R.
Variable F : vector -> R.
Variable G : vector -> vector.
Variable w1 : vector.
Variable F_inf : R.
Hypothesis d_pos : (1 <= d)%nat.
Hypothesis c_pos : 0 < c.
Hypothesis r_range : 0 < r <= 1.
Hypothesis L_pos : 0 < L.
(* G is the gradient of an L-smooth F, as far as it is used: the descent lemma. *)
Hypothesis smooth : forall x y,
  F y <= F x + sum d (fun i => G x i * (y i - x i)) + L / 2 * sum d (fun i => (y i - x i) ^ 2).
Hypothesis bounded_below : forall x, F_inf <= F x.

Notation n := 1%nat.
Notation w := (iterate n G w1).                                  (* w k: the state after k steps, of a run *)
Notation average_of := (mean_of d n r c G w1).
Notation table := (values d n r c L F G w1 F_inf).
Notation M K := (run_model d n r c G w1 true K (lookup (table K))).
Notation MM K limits := (with_limits (M K) limits).

Lemma legal_somewhere : forall says K limits, scopes (about says) = scopes (about t1a_says) -> (1 <= K)%nat ->
  exists p, legal (about says) (MM K limits) p.
Proof.
  intros says K limits Same HK. exists (fun s => if Pos.eqb s x_draw then 0 else 1). intros s; unfold coordinate; rewrite Same.
  cbn [scopes about t1a_says find]. destruct (Pos.eqb_spec s 3) as [->|]; [|destruct (Pos.eqb_spec s 6) as [->|];
    [|destruct (Pos.eqb_spec s 31) as [->|]; [|exact I]]];
    (exists 0%nat; split; [cbn [size with_limits run_model]; cbv [Pos.eqb x_i x_step x_draw]; lia |
      cbv [Pos.eqb x_draw]; simpl; lra]).
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
  | rewrite Rinv_1, Rmult_1_r; apply Rle_ge, (le_INR 1); assumption
  | simpl; lra
  | ring
  | match goal with |- context [Nat.eqb ?a ?b] => destruct (Nat.eqb a b); simpl; ring end
  | cbn [count]; rewrite plus_INR; ring
  | cbn [iterate]; rewrite Rinv_1; ring
  | apply one_draw; assumption
  | field ].

Notation models says := (forall K limits, (1 <= K)%nat -> is_model (about says) (MM K limits)).
Notation supposes says :=
  (forall K limits, (1 <= K)%nat -> Forall (holds (about says) (MM K limits)) (Syntax.hypotheses says)).
Ltac models_of says := intros K limits K_pos; assert (R01 : 0 <= r <= 1) by lra; model_of_run says.
Ltac supposes_of says :=
  intros K limits K_pos; assert (R01 : 0 <= r <= 1) by lra; cbn [Syntax.hypotheses says]; each;
  points says; hypothesis_of_run.

Lemma t1a_models : models t1a_says. Proof. models_of t1a_says. Qed.
Lemma t1a_supposes : supposes t1a_says. Proof. supposes_of t1a_says. Qed.
Lemma t1a_limit_models : models t1a_limit_says. Proof. models_of t1a_limit_says. Qed.
Lemma t1a_limit_supposes : supposes t1a_limit_says. Proof. supposes_of t1a_limit_says. Qed.
Lemma t1b_models : models t1b_says. Proof. models_of t1b_says. Qed.
Lemma t1b_supposes : supposes t1b_says. Proof. supposes_of t1b_says. Qed.
Lemma t1b_limit_models : models t1b_limit_says. Proof. models_of t1b_limit_says. Qed.
Lemma t1b_limit_supposes : supposes t1b_limit_says. Proof. supposes_of t1b_limit_says. Qed.

Lemma average_nonneg : forall f K, (forall x, 0 <= f x) -> 0 <= average_of f K.
Proof.
  intros f K H; unfold mean_of. destruct K as [|K]; [simpl; unfold Rdiv; lra|]. apply Rmult_le_pos.
  - apply sum_to_nonneg; intros k _. apply mean_nonneg; [apply probability_nonneg; try assumption; lra | auto].
  - left; apply Rinv_0_lt_compat, lt_0_INR; lia.
Qed.
Lemma family_process : forall says,
  symbols (about says) = symbols (about t1a_limit_says) \/ symbols (about says) = symbols (about t1b_limit_says) ->
  is_process (about says) x_K (family (about says) (fun j => M (S j))).
Proof.
  intros says Same. apply family_is_process; [reflexivity|].
  intros x Hx i j. cbn [value run_model some_outcome]. unfold lookup, values; cbn [find].
  unfold fixed in Hx.
  repeat match goal with |- context [Pos.eqb x ?y] => destruct (Pos.eqb_spec x y);
    [subst x; first [reflexivity | exfalso; destruct Same as [Same|Same]; rewrite Same in Hx; vm_compute in Hx; discriminate] | ] end.
  reflexivity.
Qed.

Ltac instance says valid models supposes :=
  match goal with |- context [mean_of _ _ _ _ _ _ ?f ?K] =>
    let p := fresh "p" in let Lp := fresh "Lp" in let H := fresh "H" in
    destruct (legal_somewhere says K (fun _ _ => 0) eq_refl ltac:(assumption)) as [p Lp];
    pose proof (valid (MM K (fun _ _ => 0)) (models K _ ltac:(assumption)) (supposes K _ ltac:(assumption)) p nowhere Lp) as H;
    revert H; cbn [Syntax.proves relation left_side right_side compare_as says]; compute_den; places
  end.

Theorem T1a : forall K, (1 <= K)%nat ->
  average_of (phi d c G) K <= L / 2 + (F w1 - F_inf) / (INR K * r).
Proof.
  intros K K_pos. instance t1a_says t1a_valid t1a_models t1a_supposes. intros H.
  eapply Rle_trans; [exact H | right; field; repeat split; first [lra | apply not_0_INR; lia]].
Qed.
Theorem T1b : forall K, (1 <= K)%nat ->
  average_of (fun x => sqrt (norm2 d G x)) K <=
    sqrt (INR d) * (L / 2 + (F w1 - F_inf) / (INR K * r)) + c / 4 * (sqrt (INR d) - 1).
Proof.
  intros K K_pos. instance t1b_says t1b_valid t1b_models t1b_supposes. intros H.
  eapply Rle_trans; [exact H | right; field; repeat split; first [lra | apply not_0_INR; lia]].
Qed.

Lemma one_over : forall j, / INR (S j) <= 1.
Proof.
  intros j. rewrite <- Rinv_1. apply Rinv_le_contravar; [lra|]. apply (le_INR 1); lia.
Qed.
Lemma gain_nonneg : 0 <= (F w1 - F_inf) / r.
Proof. apply Rmult_le_pos; [pose proof (bounded_below w1); lra | left; apply Rinv_0_lt_compat; lra]. Qed.
Lemma gain_less : forall j, (F w1 - F_inf) / (INR (S j) * r) <= (F w1 - F_inf) / r.
Proof.
  intros j. pose proof gain_nonneg as P. replace ((F w1 - F_inf) / (INR (S j) * r)) with ((F w1 - F_inf) / r * / INR (S j)).
  - rewrite <- (Rmult_1_r ((F w1 - F_inf) / r)) at 2. apply Rmult_le_compat_l; [exact P | apply one_over].
  - field; repeat split; first [lra | apply not_0_INR; lia].
Qed.

(* A limit of averages, from the statement about the family of all runs, and from the averages being bounded. *)
Ltac limit_of says valid models supposes B :=
  match goal with |- exists l, is_limsup (fun j => average_of ?f (S j)) l /\ _ =>
    let p := fresh "p" in let Lp := fresh "Lp" in let H := fresh "H" in let l := fresh "l" in let Hl := fresh "Hl" in
    destruct (limsup_exists (fun j => average_of f (S j)) 0 B 0) as [l Hl];
    [ | | exists l; split; [exact Hl|];
      set (W := fun j => M (S j));
      destruct (legal_somewhere says 1 (limits (about says) W) eq_refl (le_n 1)) as [p Lp];
      pose proof (valid (family (about says) W) (fun j => models (S j) _ (le_n_S _ _ (Nat.le_0_l j)))
        (family_process says ltac:(first [left; reflexivity | right; reflexivity]))
        (fun j => supposes (S j) _ (le_n_S _ _ (Nat.le_0_l j))) 0%nat p nowhere Lp) as H;
      cbn [Syntax.proves relation left_side right_side compare_as says] in H; rewrite limit_along in H;
      match type of H with lim ?u <= _ =>
        assert (E : u = (fun j => average_of f (S j)));
        [ apply functional_extensionality; intros j; unfold W, family; compute_den; places; reflexivity
        | assert (V : lim (fun j => average_of f (S j)) = l)
            by (eapply limsup_or_zero_unique; [unfold lim; apply proj2_sig | left; exact Hl]);
          rewrite E, V in H; revert H; unfold W, family; compute_den ] end ]
  end.

Theorem T1a_limit : exists l, is_limsup (fun j => average_of (phi d c G) (S j)) l /\ l <= L / 2.
Proof.
  limit_of t1a_limit_says t1a_limit_valid t1a_limit_models t1a_limit_supposes (L / 2 + (F w1 - F_inf) / r).
  - intros j; apply average_nonneg. intros x; unfold phi, Rdiv. apply Rmult_le_pos.
    + apply Rplus_le_le_0_compat; [apply Rmult_le_pos; [lra|]|]; apply sum_to_nonneg; intros; [apply Rabs_pos | apply pow2_ge_0].
    + left; apply Rinv_0_lt_compat, norm_pos; assumption.
  - intros j _. eapply Rle_trans; [apply T1a; lia|]. pose proof (gain_less j); lra.
  - lra.
Qed.
Theorem T1b_limit : exists l, is_limsup (fun j => average_of (fun x => sqrt (norm2 d G x)) (S j)) l /\
  l <= sqrt (INR d) * L / 2 + c / 4 * (sqrt (INR d) - 1).
Proof.
  limit_of t1b_limit_says t1b_limit_valid t1b_limit_models t1b_limit_supposes
    (sqrt (INR d) * (L / 2 + (F w1 - F_inf) / r) + c / 4 * (sqrt (INR d) - 1)).
  - intros j; apply average_nonneg. intros x; apply sqrt_pos.
  - intros j _. eapply Rle_trans; [apply T1b; lia|]. apply Rplus_le_compat_r, Rmult_le_compat_l; [apply sqrt_pos|].
    pose proof (gain_less j); lra.
  - lra.
Qed.
End OneDraw.
