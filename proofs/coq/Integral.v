(* The integral over [0, 1] as the limit of the means over k/n: it exists for every polynomial and has its moments. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Reach Reading Limsup.
Open Scope R_scope.

Definition riemann (f : R -> R) (n : nat) : R :=
  sum_to (S n) (fun k => f (INR (S k) / INR (S n))) / INR (S n).
Definition has_integral (f : R -> R) (l : R) : Prop := Un_cv (riemann f) l.
Definition riemann_integrable (f : R -> R) : Prop := exists l, has_integral f l.
Definition riemann_integral (f : R -> R) : R := lim (riemann f).

Lemma limit_is_limsup : forall u l, Un_cv u l -> is_limsup u l.
Proof.
  intros u l C e He; destruct (C e He) as [N H]; split.
  - exists N; intros n I. specialize (H n I); unfold R_dist in H; apply Rabs_def2 in H; lra.
  - intros m; exists (N + m)%nat; split; [lia|]. specialize (H (N + m)%nat ltac:(lia)).
    unfold R_dist in H; apply Rabs_def2 in H; lra.
Qed.
Lemma lim_unique : forall u l, Un_cv u l -> lim u = l.
Proof.
  intros u l C; unfold lim. eapply limsup_or_zero_unique; [apply proj2_sig | left; apply limit_is_limsup, C].
Qed.
Lemma integral_is : forall f l, has_integral f l -> riemann_integral f = l.
Proof. intros f l H; apply lim_unique, H. Qed.

Lemma n_pos : forall n, 0 < INR (S n).
Proof. intros; apply lt_0_INR; lia. Qed.

Lemma riemann_linear : forall a f g n, riemann (fun v => a * f v + g v) n = a * riemann f n + riemann g n.
Proof. intros; unfold riemann; rewrite sum_linear; field. pose proof (n_pos n); lra. Qed.
Lemma has_linear : forall a f g x y, has_integral f x -> has_integral g y ->
  has_integral (fun v => a * f v + g v) (a * x + y).
Proof.
  intros a f g x y Hf Hg; unfold has_integral.
  replace (riemann (fun v => a * f v + g v)) with (fun n => a * riemann f n + riemann g n)
    by (apply functional_extensionality; intros; rewrite riemann_linear; reflexivity).
  apply (CV_plus (fun n => a * riemann f n) (riemann g)); [|exact Hg].
  apply (CV_mult (fun _ => a) (riemann f)); [|exact Hf].
  intros e He; exists 0%nat; intros; unfold R_dist; rewrite Rminus_diag_eq, Rabs_R0; auto.
Qed.
Lemma has_nonneg : forall f x, has_integral f x -> (forall v, 0 <= v <= 1 -> 0 <= f v) -> 0 <= x.
Proof.
  intros f x H P. destruct (Rle_dec 0 x) as [|N]; auto. exfalso.
  destruct (H (- x) ltac:(lra)) as [m A]. specialize (A m (le_n _)). unfold R_dist in A; apply Rabs_def2 in A.
  assert (0 <= riemann f m); [|lra]. unfold riemann, Rdiv. pose proof (n_pos m).
  apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; auto].
  assert (S : forall j, (j <= S m)%nat -> 0 <= sum_to j (fun k => f (INR (S k) / INR (S m)))).
  { induction j; intros J; cbn [sum_to]; [lra|]. apply Rplus_le_le_0_compat; [apply IHj; lia|]. apply P; split.
    - apply Rmult_le_pos; [left; apply n_pos | left; apply Rinv_0_lt_compat; auto].
    - apply Rmult_le_reg_r with (INR (S m)); auto. unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by lra.
      apply le_INR; lia. }
  apply S; auto.
Qed.

(* The moments: (m + 1) k^m is between (k^(m+1) - (k-1)^(m+1)) and ((k+1)^(m+1) - k^(m+1)). *)
Lemma power_gap : forall m a b, 0 <= a -> a <= b ->
  INR (S m) * a ^ m * (b - a) <= b ^ S m - a ^ S m <= INR (S m) * b ^ m * (b - a).
Proof.
  induction m; intros a b A B; [simpl; lra|].
  destruct (IHm a b A B) as [L U].
  assert (P : a ^ S m <= b ^ S m) by (apply pow_incr; lra).
  assert (Q : 0 <= a ^ S m) by (apply pow_le; auto).
  rewrite S_INR. set (n := INR (S m)) in *.
  replace (b ^ S (S m)) with (b * b ^ S m) by reflexivity. replace (a ^ S (S m)) with (a * a ^ S m) by reflexivity.
  replace (b * b ^ S m - a * a ^ S m) with (b * (b ^ S m - a ^ S m) + (b - a) * a ^ S m) by ring. split.
  - apply Rle_trans with (a * (n * a ^ m * (b - a)) + (b - a) * a ^ S m); [right; simpl; ring|].
    apply Rplus_le_compat_r. apply Rle_trans with (a * (b ^ S m - a ^ S m)).
    + apply Rmult_le_compat_l; auto.
    + apply Rmult_le_compat_r; lra.
  - apply Rle_trans with (b * (n * b ^ m * (b - a)) + (b - a) * b ^ S m); [|right; simpl; ring].
    apply Rplus_le_compat; apply Rmult_le_compat_l; lra.
Qed.
Lemma power_sum : forall m n,
  INR n ^ S m <= INR (S m) * sum_to n (fun k => INR (S k) ^ m) <= INR n ^ S m + INR (S m) * (INR n ^ m - 0 ^ m).
Proof.
  intros m; induction n.
  - cbn [sum_to]. change (INR 0) with 0. rewrite (pow_i (S m)) by lia. replace (0 ^ m - 0 ^ m) with 0 by ring. lra.
  - cbn [sum_to]. rewrite Rmult_plus_distr_l.
    assert (G := power_gap m (INR n) (INR (S n)) (pos_INR n) ltac:(apply le_INR; lia)).
    replace (INR (S n) - INR n) with 1 in G by (rewrite S_INR; ring). rewrite !Rmult_1_r in G. lra.
Qed.
Lemma moment : forall m, has_integral (fun v => v ^ m) (/ INR (S m)).
Proof.
  intros m e He. destruct (archimed_cor1 e He) as (N & A & B). exists N; intros n I. unfold R_dist.
  set (K := INR (S n)). assert (K0 : 0 < K) by apply n_pos. set (M := INR (S m)). assert (M0 : 0 < M) by apply n_pos.
  assert (E : riemann (fun v => v ^ m) n = sum_to (S n) (fun k => INR (S k) ^ m) / K ^ S m).
  { unfold riemann. fold K. rewrite (sum_to_ext _ _ (fun k => INR (S k) ^ m * / K ^ m)).
    - set (X := fun k => INR (S k) ^ m). change (fun k => INR (S k) ^ m * / K ^ m) with (fun k => X k * / K ^ m).
      assert (T : forall j a, sum_to j (fun k => X k * a) = sum_to j X * a).
      { induction j; intros; cbn [sum_to]; [ring | rewrite IHj; ring]. }
      rewrite T; simpl; field. split; [apply pow_nonzero|]; lra.
    - intros k _. unfold Rdiv; rewrite Rpow_mult_distr, <- pow_inv by lra. reflexivity. }
  rewrite E. destruct (power_sum m (S n)) as [L U]; fold K in L, U; fold M in L, U.
  set (S0 := sum_to (S n) (fun k => INR (S k) ^ m)) in *.
  assert (P : 0 < K ^ m) by (apply pow_lt; auto).
  assert (Z : 0 <= 0 ^ m) by (apply pow_le; lra).
  assert (KS : 0 < K ^ S m) by (apply pow_lt; exact K0).
  assert (MK : 0 < / (M * K ^ S m)) by (apply Rinv_0_lt_compat; apply Rmult_lt_0_compat; assumption).
  replace (S0 / K ^ S m - / M) with ((M * S0 - K ^ S m) * / (M * K ^ S m))
    by (set (Q := K ^ S m) in *; field; split; lra).
  rewrite Rabs_pos_eq by (apply Rmult_le_pos; lra).
  apply Rle_lt_trans with (/ K).
  - apply Rle_trans with (M * K ^ m * / (M * K ^ S m)).
    + apply Rmult_le_compat_r; [lra|]. apply Rle_trans with (M * (K ^ m - 0 ^ m)); [lra|].
      apply Rmult_le_compat_l; lra.
    + right; simpl; field; lra.
  - apply Rle_lt_trans with (/ INR N); auto. apply Rinv_le_contravar; [apply lt_0_INR; exact B | apply le_INR; lia].
Qed.
