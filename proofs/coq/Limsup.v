(* Every sequence has a limit superior or an infinite one: so every family of models can be a process. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia FunctionalExtensionality ClassicalDedekindReals.
From Convbound Require Import Syntax Semantics.
Open Scope R_scope.

Definition often (u : nat -> R) (a : R) : Prop := forall N, exists n, (N <= n)%nat /\ a <= u n.

Lemma later : forall u a N, {n | (N <= n)%nat /\ a <= u n} + {forall n, (N <= n)%nat -> u n < a}.
Proof.
  intros u a N. destruct (sig_forall_dec (fun n => u (N + n)%nat < a)) as [[n H]|H].
  - intros n; destruct (Rlt_dec (u (N + n)%nat) a); auto.
  - left; exists (N + n)%nat; split; [lia | lra].
  - right; intros n L. replace n with (N + (n - N))%nat by lia; apply H.
Qed.
Lemma often_dec : forall u a, {often u a} + {exists N, forall n, (N <= n)%nat -> u n < a}.
Proof.
  intros u a. destruct (sig_forall_dec (fun N => exists n, (N <= n)%nat /\ a <= u n)) as [[N H]|H]; [| |left; exact H].
  - intros N; destruct (later u a N) as [[n L]|L]; [left; eauto | right].
    intros (n & I & J); specialize (L n I); lra.
  - right; exists N. destruct (later u a N) as [[n L]|L]; [exfalso; eauto | exact L].
Qed.

Lemma unbounded : forall x, exists n, x < INR n.
Proof.
  intros x. destruct (archimed x) as [A _]. exists (Z.to_nat (up x)). rewrite INR_IZR_INZ.
  apply Rlt_le_trans with (IZR (up x)); [exact A | apply IZR_le; lia].
Qed.

Definition limsup_of : forall u, {l | limsup_or_zero u l}.
Proof.
  intros u.
  destruct (sig_forall_dec (fun m => ~ often u (- INR m))) as [[m Low]|Low].
  { intros m; destruct (often_dec u (- INR m)) as [O|V]; [right; auto | left; intros O; destruct V as [N H]].
    destruct (O N) as (n & I & J); specialize (H n I); lra. }
  - destruct (sig_forall_dec (fun m => often u (INR m))) as [[B High]|High].
    { intros B; destruct (often_dec u (INR B)) as [O|V]; [left; exact O | right; intros O; destruct V as [N H]].
      destruct (O N) as (n & I & J); specialize (H n I); lra. }
    + assert (L0 : often u (- INR m)).
      { destruct (often_dec u (- INR m)) as [O|[N H]]; [exact O | exfalso; apply Low; intros O].
        destruct (O N) as (n & I & J); specialize (H n I); lra. }
      destruct (often_dec u (INR B)) as [O|V]; [contradiction|].
      destruct (completeness (often u)) as [l [U M]].
      { destruct V as [N H]; exists (INR B); intros a A. destruct (A N) as (n & I & J); specialize (H n I); lra. }
      { exists (- INR m); exact L0. }
      exists l; left; intros e He; split.
      * destruct (often_dec u (l + e)) as [O|[k A]]; [specialize (U _ O); lra | exists k; exact A].
      * intros k; destruct (later u (l - e / 2) k) as [[n A]|A]; [exists n; split; [tauto | lra] | exfalso].
        assert (l <= l - e / 2); [|lra]. apply M; intros a O. destruct (O k) as (n & I & J); specialize (A n I); lra.
    + exists 0; right; split; auto. intros x S. destruct (S 1 ltac:(lra)) as [[N A] _].
      destruct (unbounded (x + 1)) as [k K]. destruct (High k N) as (n & I & J); specialize (A n I); lra.
  - exists 0; right; split; auto. intros x S. destruct (S 1 ltac:(lra)) as [_ A].
    destruct (unbounded (1 - x)) as [m K]. apply (Low m); intros N. destruct (A N) as (n & I & J).
    exists n; split; [exact I | lra].
Defined.
Definition lim (u : nat -> R) : R := proj1_sig (limsup_of u).

Definition with_limits (M : model) (limits : name -> expr -> R) : model :=
  Model (outcome M) (some_outcome M) (value M) (size M) (same_past M) (E M) (integral M) (integrable M) limits.

Section Family.
Variable sg : signature.
Variable M : nat -> model.

(* The value of an expression in the n-th model, the limits in it being those along the models. *)
Fixpoint along (e : expr) : forall n, point -> outcome (M n) -> R :=
  match e with
  | Sym x => fun n p w => value (M n) x p w
  | Const q => fun n p w => Q2R q
  | Add a b => fun n p w => along a n p w + along b n p w
  | Mul a b => fun n p w => along a n p w * along b n p w
  | Pow a j => fun n p w => along a n p w ^ j
  | App f a => fun n p w =>
      match find f (functionals sg) with Some g => apply_functional sg (M n) g (along a n) p w | None => 0 end
  | Shift h t a => fun n p w => along a n (moved sg (M n) h t p) w
  | Limsup _ a => fun n p w => lim (fun m => along a m origin (some_outcome (M m)))
  end.
Definition limits (_ : name) (e : expr) : R := lim (fun m => along e m origin (some_outcome (M m))).
Definition family (n : nat) : model := with_limits (M n) limits.

Lemma along_ok : forall e n, den sg (family n) e = along e n.
Proof.
  induction e; intros m; apply functional_extensionality; intros p; apply functional_extensionality; intros w;
    cbn [den along]; try reflexivity.
  - rewrite IHe1, IHe2; reflexivity.
  - rewrite IHe1, IHe2; reflexivity.
  - rewrite IHe; reflexivity.
  - destruct (find f (functionals sg)) as [g|]; [|reflexivity]. rewrite IHe; destruct g; reflexivity.
  - rewrite IHe; destruct h; reflexivity.
Qed.

Lemma limit_along : forall k e n p w,
  den sg (family n) (Limsup k e) p w = lim (fun m => den sg (family m) e origin (some_outcome (M m))).
Proof.
  intros k e n p w; cbn [den limit_value family with_limits]; unfold limits. f_equal.
  apply functional_extensionality; intros m; rewrite along_ok; reflexivity.
Qed.

Theorem family_is_process : forall k, (forall n p w, value (M n) k p w = INR (S n)) ->
  (forall x, fixed sg k x = true -> forall n m, value (M n) x origin (some_outcome (M n)) =
                                                value (M m) x origin (some_outcome (M m))) ->
  is_process sg k family.
Proof.
  intros k Hk Hf; split; [exact Hk | split; [exact Hf|]]. intros e n. cbn [limit_value family with_limits].
  unfold limits, lim. replace (fun m => den sg (family m) e origin (some_outcome (family m)))
    with (fun m => along e m origin (some_outcome (M m))); [apply proj2_sig|].
  apply functional_extensionality; intros m; rewrite along_ok; reflexivity.
Qed.
End Family.
