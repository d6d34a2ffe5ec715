(* Expectations over a tree (Run.v) are linear, positive, 1 of 1, about what has the same past, and nested. Nothing is
   divided in them, so they are defined after choices of probability 0 as well. *)

From Coq Require Import Reals Lra Lia Arith FunctionalExtensionality.
From Convbound Require Import Semantics Reach Reading Run.
Open Scope R_scope.

Definition agree_to (m : nat) (w v : path) : Prop := forall j, (j < m)%nat -> w j = v j.

Lemma agree_refl : forall m w, agree_to m w w. Proof. intros m w j _; reflexivity. Qed.
Lemma agree_sym : forall m w v, agree_to m w v -> agree_to m v w. Proof. intros m w v H j J; symmetry; auto. Qed.
Lemma agree_trans : forall m w v u, agree_to m w v -> agree_to m v u -> agree_to m w u.
Proof. intros m w v u A B j J; rewrite A, B; auto. Qed.
Lemma agree_less : forall m k w v, (k <= m)%nat -> agree_to m w v -> agree_to k w v.
Proof. intros m k w v L A j J; apply A; lia. Qed.
Lemma agree_set : forall m w c, agree_to m w (set w m c).
Proof. intros m w c j J; unfold set. destruct (Nat.eqb_spec j m); auto; lia. Qed.
Lemma agree_both : forall m w v c, agree_to m w v -> agree_to (S m) (set w m c) (set v m c).
Proof. intros m w v c A j J; unfold set. destruct (Nat.eqb_spec j m); auto; apply A; lia. Qed.
Lemma agree_cut : forall m w, agree_to m w (cut m w).
Proof. intros m w j J; unfold cut. destruct (Nat.ltb_spec j m); auto; lia. Qed.
Lemma cut_agree : forall m w v, agree_to m w v -> cut m w = cut m v.
Proof. intros m w v A; apply functional_extensionality; intros j; unfold cut. destruct (Nat.ltb_spec j m); auto. Qed.
Lemma cut_cut : forall m k w, (m <= k)%nat -> cut k (cut m w) = cut m w.
Proof.
  intros m k w L; apply functional_extensionality; intros j; unfold cut.
  destruct (Nat.ltb_spec j k), (Nat.ltb_spec j m); auto; lia.
Qed.

Lemma sum_to_nonneg : forall n f, (forall k, (k < n)%nat -> 0 <= f k) -> 0 <= sum_to n f.
Proof. induction n; simpl; intros; [lra|]. apply Rplus_le_le_0_compat; auto. Qed.
Lemma sum_to_scale : forall n a f, sum_to n (fun k => f k * a) = sum_to n f * a.
Proof. induction n; simpl; intros; [ring | rewrite IHn; ring]. Qed.
Lemma sum_to_pick : forall n j f, (j < n)%nat -> sum_to n (fun k => f k * (if Nat.eqb k j then 1 else 0)) = f j.
Proof.
  induction n; simpl; intros j f H; [lia|]. destruct (Nat.eqb_spec n j) as [->|N].
  - rewrite (sum_to_ext _ _ (fun _ => 0)); [rewrite sum_constant; ring|].
    intros k K; destruct (Nat.eqb_spec k j); [lia | ring].
  - rewrite IHn by lia; ring.
Qed.

Section Tree.
Variable D : nat.
Variable prob : nat -> path -> nat -> R.
Hypothesis prob_nonneg : forall m w c, 0 <= prob m w c.
Hypothesis prob_one : forall m w, sum_to (S D) (prob m w) = 1.
Hypothesis prob_past : forall m w v c, agree_to m w v -> prob m w c = prob m v c.

Notation mean := (mean D prob).
Notation expect := (expect D prob).

Lemma mean_linear : forall l m w a X Y, mean l m w (fun v => a * X v + Y v) = a * mean l m w X + mean l m w Y.
Proof.
  induction l; intros; cbn [mean]; [reflexivity|].
  rewrite <- sum_linear; apply sum_to_ext; intros; rewrite IHl; ring.
Qed.
Lemma mean_nonneg : forall l m w X, (forall v, 0 <= X v) -> 0 <= mean l m w X.
Proof. induction l; intros; cbn [mean]; auto. apply sum_to_nonneg; intros; apply Rmult_le_pos; auto. Qed.
Lemma mean_ext : forall l m w X Y, (forall v, agree_to m w v -> X v = Y v) -> mean l m w X = mean l m w Y.
Proof.
  induction l; intros m w X Y H; cbn [mean]; [apply H, agree_cut|].
  apply sum_to_ext; intros c _; f_equal; apply IHl; intros v A; apply H.
  eapply agree_trans; [apply agree_set|]. eapply agree_less; [|exact A]; lia.
Qed.
Lemma mean_past : forall l m w v X, agree_to m w v -> mean l m w X = mean l m v X.
Proof.
  induction l; intros m w v X A; cbn [mean]; [rewrite (cut_agree _ _ _ A); reflexivity|].
  apply sum_to_ext; intros c _; rewrite (prob_past _ _ _ _ A); f_equal; apply IHl, agree_both, A.
Qed.
Lemma mean_constant : forall l m w a, mean l m w (fun _ => a) = a.
Proof.
  induction l; intros; cbn [mean]; [reflexivity|].
  rewrite (sum_to_ext _ _ (fun c => prob m w c * a)) by (intros; rewrite IHl; reflexivity).
  rewrite sum_to_scale, prob_one; ring.
Qed.

Lemma expect_known : forall T m w X a, (forall v, agree_to m w v -> X v = a) -> expect T m w X = a.
Proof. intros T m w X a H; unfold expect. rewrite (mean_ext _ _ _ X (fun _ => a)); [apply mean_constant | exact H]. Qed.
Lemma expect_step : forall T m w X, (m < T)%nat ->
  expect T m w X = sum_to (S D) (fun c => prob m w c * expect T (S m) (set w m c) X).
Proof. intros T m w X H; unfold expect. replace (T - m)%nat with (S (T - S m)) by lia. reflexivity. Qed.
Lemma expect_next : forall T m w X, (m < T)%nat -> (forall u v, agree_to (S m) u v -> X u = X v) ->
  expect T m w X = sum_to (S D) (fun c => prob m w c * X (set w m c)).
Proof.
  intros T m w X L H; rewrite expect_step by exact L. apply sum_to_ext; intros c _; f_equal.
  apply expect_known; intros v A; symmetry; auto.
Qed.
Theorem expect_tower : forall T m k w X, (m <= k)%nat -> expect T m w (fun v => expect T k v X) = expect T m w X.
Proof.
  intros T m k w X L. remember (k - m)%nat as j eqn:J. revert m w L J. induction j; intros m w L J.
  - replace k with m by lia. apply expect_known; intros v A; unfold expect; apply mean_past, agree_sym, A.
  - destruct (Nat.lt_ge_cases m T) as [H|H].
    + rewrite !(expect_step T m) by exact H. apply sum_to_ext; intros c _; f_equal; apply IHj; lia.
    + unfold expect. replace (T - m)%nat with 0%nat by lia. replace (T - k)%nat with 0%nat by lia. cbn [mean].
      rewrite cut_cut by exact L; reflexivity.
Qed.
End Tree.
