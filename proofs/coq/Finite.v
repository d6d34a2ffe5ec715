(* Finite probability spaces with a filtration, and values that are polynomials along the segments, are models: so
   `soundness` speaks of all of them. (ZIM's run is not only one of these: it is a tree, see Zim.v,
     in which outcomes may
   have probability 0.) *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia Arith FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Checker Reach Reading Run Trees Limsup Integral.
Import ListNotations.
Open Scope R_scope.

(* ------------------------------------------------------------------------------------------------ sums over a list *)

Section Sums.
Variable A : Type.
Fixpoint lsum (l : list A) (f : A -> R) : R := match l with [] => 0 | a :: r => f a + lsum r f end.
Lemma lsum_ext : forall l f g, (forall a, f a = g a) -> lsum l f = lsum l g.
Proof. induction l; simpl; intros f g H; [reflexivity | rewrite (H a), (IHl f g H); reflexivity]. Qed.
Lemma lsum_linear : forall l a f g, lsum l (fun x => a * f x + g x) = a * lsum l f + lsum l g.
Proof. induction l; simpl; intros; [ring | rewrite IHl; ring]. Qed.
Lemma lsum_scale : forall l a f, lsum l (fun x => f x * a) = lsum l f * a.
Proof. induction l; simpl; intros; [ring | rewrite IHl; ring]. Qed.
Lemma lsum_zero : forall l, lsum l (fun _ => 0) = 0.
Proof. induction l; simpl; [reflexivity | rewrite IHl; ring]. Qed.
Lemma lsum_nonneg : forall l f, (forall a, 0 <= f a) -> 0 <= lsum l f.
Proof. induction l; simpl; intros f H; [lra | apply Rplus_le_le_0_compat; auto]. Qed.
Lemma lsum_pos : forall l f a, (forall a, 0 <= f a) -> In a l -> 0 < f a -> 0 < lsum l f.
Proof.
  induction l as [|b l IH]; simpl; intros f a H I P;
    [contradiction|]. pose proof (lsum_nonneg l f H). destruct I as [->|I].
  - lra.
  - pose proof (IH f a H I P); pose proof (H b); lra.
Qed.
End Sums.
Arguments lsum {A} l f.
Lemma lsum_swap : forall A B (l : list A) (m : list B) f,
  lsum l (fun a => lsum m (fun b => f a b)) = lsum m (fun b => lsum l (fun a => f a b)).
Proof.
  induction l as [|a l IH]; intros m f; simpl; [rewrite lsum_zero; reflexivity|]. rewrite IH.
  rewrite <- (Rmult_1_l (lsum m (fun b => f a b))), <- lsum_linear. apply lsum_ext; intros; ring.
Qed.

Section Finite.
Variable sg : signature.

(* A finite space: all outcomes, each of a positive weight; what is indistinguishable at a position. *)
Variable Omega : Type.
Variable all : list Omega.
Variable weight : Omega -> R.
Variable same : nat -> point -> Omega -> Omega -> bool.
Hypothesis in_all : forall w, In w all.
Hypothesis weight_pos : forall w, 0 < weight w.
Hypothesis same_refl : forall n p w, same n p w w = true.
Hypothesis same_sym : forall n p w v, same n p w v = same n p v w.
Hypothesis same_trans : forall n p w v u, same n p w v = true -> same n p v u = true -> same n p w u = true.
(* The filtration. *)
Hypothesis none_given : forall p w v, same 0 p w v = true.
Hypothesis more_given : forall n m p w v, (n <= m)%nat -> same m p w v = true -> same n p w v = true.
Hypothesis from_start : forall n t p w v, In t (times sg) -> same n p w v = true ->
  same n (upd p t (start_of sg t)) w v = true.
Hypothesis position : forall n p q, (forall t, In t (firstn n (times sg)) -> p t = q t) -> same n p = same n q.

Definition one (b : bool) : R := if b then 1 else 0.
Definition mass (n : nat) (p : point) (w : Omega) : R := lsum all (fun v => one (same n p w v) * weight v).
Definition conditional (n : nat) (p : point) (w : Omega) (X : Omega -> R) : R :=
  lsum all (fun v => one (same n p w v) * weight v * X v) / mass n p w.

Lemma one_nonneg : forall b, 0 <= one b. Proof. destruct b; simpl; lra. Qed.
Lemma mass_pos : forall n p w, 0 < mass n p w.
Proof.
  intros n p w. apply (lsum_pos _ _ _ w); [|apply in_all|].
  - intros v; apply Rmult_le_pos; [apply one_nonneg | left; apply weight_pos].
  - rewrite same_refl; simpl; rewrite Rmult_1_l; apply weight_pos.
Qed.
Lemma same_class : forall n p w v u, same n p w v = true -> same n p w u = same n p v u.
Proof.
  intros n p w v u H. destruct (same n p v u) eqn:A; [exact (same_trans _ _ _ _ _ H A)|].
  destruct (same n p w u) eqn:B; [|reflexivity]. rewrite same_sym in H. rewrite (same_trans _ _ _ _ _ H B) in A;
    discriminate.
Qed.
Lemma mass_class : forall n p w v, same n p w v = true -> mass n p w = mass n p v.
Proof. intros n p w v H; apply lsum_ext; intros u; rewrite (same_class _ _ _ _ _ H); reflexivity. Qed.

Lemma conditional_tower : forall n m p w X, (n <= m)%nat ->
  conditional n p w (fun v => conditional m p v X) = conditional n p w X.
Proof.
  intros n m p w X L. unfold conditional at 1 3. f_equal.
  rewrite (lsum_ext _ _ _ (fun v => lsum all (fun u => one (same n p w v) * weight v * (one (same m p v u)
    * weight u * X u) / mass m p v))).
  - rewrite lsum_swap. apply lsum_ext; intros u.
    rewrite (lsum_ext _ _ _ (fun v => (one (same m p u v) * weight v) * (one (same n p w u)
      * weight u * X u / mass m p u))).
    + rewrite lsum_scale. fold (mass m p u). field. pose proof (mass_pos m p u); lra.
    + intros v. rewrite (same_sym m p u v). destruct (same m p v u) eqn:C; simpl.
      * rewrite (mass_class _ _ _ _ C). rewrite (same_sym n p w v),
        (same_class _ _ _ _ w (more_given _ _ _ _ _ L C)), (same_sym n p u w).
        field. pose proof (mass_pos m p u); lra.
      * unfold Rdiv; ring.
  - intros v. rewrite (lsum_ext _ _ (fun u => one (same n p w v) * weight v * (one (same m p v u) * weight u * X u)
    / mass m p v)
      (fun u => one (same m p v u) * weight u * X u * (one (same n p w v) * weight v / mass m p v))) by (intros;
        unfold Rdiv; ring).
    rewrite lsum_scale. unfold conditional, Rdiv; ring.
Qed.

(* -------------------------------------------------------------------------------- polynomials along the segments *)

Variable units : name -> bool.
Hypothesis the_units : forall s v, In (s, Unit v) (scopes sg) -> units s = true.
Hypothesis integrals_over_units : forall f s, find f (functionals sg) = Some (Integral s) -> units s = true.
Hypothesis times_no_units : forall t, In t (times sg) -> units t = false.

Definition off_units (p q : point) : Prop := forall t, units t = false -> p t = q t.
Inductive polynomial : (point -> R) -> Prop :=
| poly_free : forall A, (forall p q, off_units p q -> A p = A q) -> polynomial A
| poly_coordinate : forall s, polynomial (fun p => p s)
| poly_add : forall A B, polynomial A -> polynomial B -> polynomial (fun p => A p + B p)
| poly_mul : forall A B, polynomial A -> polynomial B -> polynomial (fun p => A p * B p).

Lemma poly_constant : forall a, polynomial (fun _ => a). Proof. intros; apply poly_free; reflexivity. Qed.
Lemma poly_pow : forall A n, polynomial A -> polynomial (fun p => A p ^ n).
Proof. intros A n H; induction n; simpl; [apply poly_constant | apply (poly_mul A (fun p => A p ^ n)); assumption]. Qed.

(* In other coordinates. *)
Lemma poly_in : forall A (f : point -> point), polynomial A -> (forall p q, off_units p q -> off_units (f p) (f q)) ->
  (forall s, polynomial (fun p => f p s)) -> polynomial (fun p => A (f p)).
Proof.
  intros A f H O C; induction H as [A H | s | A B _ IA _ IB | A B _ IA _ IB].
  - apply poly_free; intros p q E; apply H, O, E.
  - apply C.
  - apply (poly_add (fun p => A (f p)) (fun p => B (f p))); assumption.
  - apply (poly_mul (fun p => A (f p)) (fun p => B (f p))); assumption.
Qed.
Lemma poly_upd : forall A s g, polynomial A -> polynomial g -> (units s = false -> forall p q, off_units p q ->
  g p = g q) ->
  polynomial (fun p => A (upd p s (g p))).
Proof.
  intros A s g HA Hg F. apply (poly_in A (fun p => upd p s (g p))); [exact HA | |].
  - intros p q E t T; unfold upd. destruct (Pos.eqb_spec t s) as [->|]; [apply F; assumption | apply E, T].
  - intros t; unfold upd. destruct (Pos.eqb t s); [exact Hg | apply poly_coordinate].
Qed.

(* As a polynomial in one coordinate, whose coefficients do not contain it. *)
Fixpoint horner (cs : list (point -> R)) (p : point) (x : R) : R :=
  match cs with [] => 0 | c :: r => c p + x * horner r p x end.
Fixpoint hadd (a b : list (point -> R)) : list (point -> R) :=
  match a, b with [], _ => b | _, [] => a | c :: r, e :: s => (fun p => c p + e p) :: hadd r s end.
Fixpoint hmul (a b : list (point -> R)) : list (point -> R) :=
  match a with [] => [] | c :: r => hadd (map (fun e p => c p * e p) b) ((fun _ => 0) :: hmul r b) end.
Lemma hadd_ok : forall a b p x, horner (hadd a b) p x = horner a p x + horner b p x.
Proof. induction a as [|c r IH]; intros [|e s] p x; simpl; try ring. rewrite IH; ring. Qed.
Lemma hscale_ok : forall (c : point -> R) b p x, horner (map (fun e p => c p * e p) b) p x = c p * horner b p x.
Proof. induction b as [|e s IH]; intros p x; simpl; [ring | rewrite IH; ring]. Qed.
Lemma hmul_ok : forall a b p x, horner (hmul a b) p x = horner a p x * horner b p x.
Proof. induction a as [|c r IH]; intros b p x; simpl; [ring|]. rewrite hadd_ok, hscale_ok; simpl; rewrite IH; ring. Qed.

Definition without (s : name) (c : point -> R) : Prop := polynomial c /\ forall p v, c (upd p s v) = c p.
Lemma hadd_without : forall s a b, Forall (without s) a -> Forall (without s) b -> Forall (without s) (hadd a b).
Proof.
  intros s; induction a as [|c r IH]; intros [|e t] Ha Hb; simpl; auto. inversion Ha; inversion Hb; subst.
  constructor; [|auto]. destruct H1, H5; split; [apply poly_add; assumption | intros; congruence].
Qed.
Lemma hmul_without : forall s a b, Forall (without s) a -> Forall (without s) b -> Forall (without s) (hmul a b).
Proof.
  intros s; induction a as [|c r IH]; intros b Ha Hb; simpl; auto. inversion Ha; subst. apply hadd_without.
  - apply Forall_map, (Forall_impl _ (P := without s)); [|exact Hb]. intros e [E1 E2]; destruct H1 as [C1 C2].
    split; [apply poly_mul; assumption | intros; rewrite C2, E2; reflexivity].
  - constructor; [split; [apply poly_constant | reflexivity] | auto].
Qed.
Lemma in_one : forall A s, units s = true -> polynomial A ->
  exists cs, Forall (without s) cs /\ forall p, A p = horner cs p (p s).
Proof.
  intros A s U H; induction H as [A H | t | A B _ (a & Fa & Ea) _ (b & Fb & Eb) | A B _ (a & Fa & Ea) _ (b & Fb & Eb)].
  - exists [A]; split; [|intros; simpl; ring]. constructor; [|constructor]. split; [apply poly_free; exact H|].
    intros p v; apply H. intros t T; apply upd_other; congruence.
  - destruct (Pos.eq_dec t s) as [->|N].
    + exists [(fun _ => 0); (fun _ => 1)]; split; [|intros; simpl; ring].
      repeat constructor; try apply poly_constant.
    + exists [(fun p => p t)]; split; [|intros; simpl; ring]. constructor; [|constructor].
      split; [apply poly_coordinate | intros; apply upd_other, N].
  - exists (hadd a b); split; [apply hadd_without; assumption | intros; rewrite hadd_ok, Ea, Eb; reflexivity].
  - exists (hmul a b); split; [apply hmul_without; assumption | intros; rewrite hmul_ok, Ea, Eb; reflexivity].
Qed.

(* Its integral. *)
Fixpoint hintegral (m : nat) (cs : list (point -> R)) (p : point) : R :=
  match cs with [] => 0 | c :: r => c p * / INR (S m) + hintegral (S m) r p end.
Lemma hintegral_ok : forall cs m p, has_integral (fun x => x ^ m * horner cs p x) (hintegral m cs p).
Proof.
  induction cs as [|c r IH]; intros m p; simpl.
  - replace (fun x => x ^ m * 0) with (fun x => -1 * (x ^ m) + x ^ m) by (apply functional_extensionality; intros;
    ring).
    replace 0 with (-1 * / INR (S m) + / INR (S m)) by ring. apply has_linear; apply moment.
  - replace (fun x => x ^ m * (c p + x * horner r p x)) with (fun x => c p * x ^ m + x ^ S m * horner r p x)
      by (apply functional_extensionality; intros; simpl; ring).
    apply has_linear; [apply moment | apply IH].
Qed.
Lemma hintegral_poly : forall s cs m, Forall (without s) cs -> polynomial (hintegral m cs).
Proof.
  intros s; induction cs as [|c r IH]; intros m H; simpl; [apply poly_constant|]. inversion H; subst.
  apply (poly_add (fun p => c p * / INR (S m)) (hintegral (S m) r)); [|apply IH; assumption].
  apply (poly_mul c (fun _ => / INR (S m))); [apply H2 | apply poly_constant].
Qed.
Lemma horner_upd : forall s cs p v, Forall (without s) cs -> forall x, horner cs (upd p s v) x = horner cs p x.
Proof.
  intros s; induction cs as [|c r IH]; intros p v H x; simpl; [reflexivity|]. inversion H; subst.
  rewrite IH by assumption. destruct H2 as [_ E]; rewrite E; reflexivity.
Qed.
Lemma poly_integral : forall A s, units s = true -> polynomial A ->
  exists B, polynomial B /\ forall p, has_integral (fun v => A (upd p s v)) (B p).
Proof.
  intros A s U H. destruct (in_one A s U H) as (cs & F & E). exists (hintegral 0 cs); split;
    [eapply hintegral_poly; eauto|].
  intros p. replace (fun v => A (upd p s v)) with (fun x => x ^ 0 * horner cs p x); [apply hintegral_ok|].
  apply functional_extensionality; intros x. rewrite E, upd_same, (horner_upd s cs p x F); simpl; ring.
Qed.
Lemma poly_ext : forall A B, polynomial A -> (forall p, B p = A p) -> polynomial B.
Proof. intros A B H E; replace B with A; [exact H|]. apply functional_extensionality; intros; symmetry; apply E. Qed.

(* ------------------------------------------------------------------------------------------------------ the model *)

Variable some : Omega.
Variable value : name -> point -> Omega -> R.
Variable size : name -> nat.
Variable limits : name -> expr -> R.
Definition finite_model : model :=
  Model Omega some value size (fun n p w v => same n p w v = true)
    conditional riemann_integral riemann_integrable limits.
Hypothesis values_polynomial : forall x w, polynomial (fun p => value x p w).

Lemma poly_sum : forall n (F : nat -> point -> R), (forall k, polynomial (F k)) ->
  polynomial (fun p => sum_to n (fun k => F k p)).
Proof. intros n F H; induction n; simpl;
  [apply poly_constant | apply (poly_add (fun p => sum_to n (fun k => F k p))); auto]. Qed.
Lemma poly_lsum : forall (l : list Omega) (F : Omega -> point -> R), (forall v, polynomial (F v)) ->
  polynomial (fun p => lsum l (fun v => F v p)).
Proof. induction l; intros F H; simpl; [apply poly_constant | apply (poly_add (F a)
  (fun p => lsum l (fun v => F v p))); auto]. Qed.

Theorem den_polynomial : forall e w, polynomial (fun p => den sg finite_model e p w).
Proof.
  induction e; intros w; cbn [den].
  - apply values_polynomial.
  - apply poly_constant.
  - apply (poly_add (fun p => den sg finite_model e1 p w)); auto.
  - apply (poly_mul (fun p => den sg finite_model e1 p w)); auto.
  - apply poly_pow; auto.
  - destruct (find f (functionals sg)) as [g|] eqn:Fg; [|apply poly_constant].
    assert (T : forall s, polynomial (fun p => total sg finite_model s (den sg finite_model e) p w)).
    { intros s; unfold total. apply poly_sum; intros k.
      apply (poly_upd (fun p => den sg finite_model e p w) s (fun _ => start_of sg s + INR k));
        auto. apply poly_constant. }
    destruct g as [s|s|s|g]; cbn [apply_functional].
    + apply T.
    + apply (poly_mul (fun p => total sg finite_model s (den sg finite_model e) p w)); [apply T | apply poly_constant].
    + destruct (poly_integral (fun p => den sg finite_model e p w) s (integrals_over_units _ _ Fg) (IHe w))
      as (B & HB & E).
      apply (poly_ext B); [exact HB|]. intros p; apply integral_is, E.
    + cbn [Semantics.E finite_model]; unfold conditional, Rdiv.
      assert (S : forall n p q, off_units p q -> same n p = same n q).
      { intros n p q O; apply position; intros t I; apply O, times_no_units. rewrite <- (firstn_skipn n (times sg)).
        apply in_or_app; left; exact I. }
      apply (poly_mul (fun p => lsum all (fun v => one (same (length g) p w v)
        * weight v * den sg finite_model e p v))).
      * apply poly_lsum; intros v. apply (poly_mul (fun p => one (same (length g) p w v) * weight v)); [|apply IHe].
        apply poly_free; intros p q O; rewrite (S _ _ _ O); reflexivity.
      * apply poly_free; intros p q O; unfold mass; rewrite (S _ _ _ O); reflexivity.
  - assert (M : forall p, moved sg finite_model h t p =
      upd p t (match h with Next => p t + 1 | First => start_of sg t | Last => start_of sg t + INR (size t) end))
        by reflexivity.
    apply (poly_ext (fun p => den sg finite_model e (upd p t
      (match h with Next => p t + 1 | First => start_of sg t | Last => start_of sg t + INR (size t) end)) w));
        [|intros; rewrite M; reflexivity].
    apply (poly_upd (fun p => den sg finite_model e p w) t); [apply IHe | |].
    + destruct h; try apply poly_constant. apply (poly_add (fun p => p t));
      [apply poly_coordinate | apply poly_constant].
    + intros U p q O. destruct h; try reflexivity. rewrite (O t U); reflexivity.
  - apply poly_constant.
Qed.

(* Every such space is a model, as soon as its values are those of its symbols, lengths and definitions. *)
Theorem finite_is_model :
  Forall (fun x => scope_law finite_model (fst x) (snd x)) (scopes sg) ->
  Forall (fun x => symbol_law sg finite_model (fst x) (snd x)) (symbols sg) ->
  Forall (fun x => definition_law sg finite_model (fst x) (fst (snd x)) (snd (snd x))) (definitions sg) ->
  is_model sg finite_model.
Proof.
  intros HS HY HD. split; [|split; [|split; [|auto]]].
  - repeat split; cbn [same_past finite_model].
    + intros; apply none_given.
    + intros n m p w v L H; exact (more_given n m p w v L H).
    + intros n t p w v I H; exact (from_start n t p w v I H).
    + intros n s u p w v I H. rewrite (position n (upd p s u) p); [exact H|]. intros t T; apply upd_other.
      intros ->. apply I. rewrite <- (firstn_skipn n (times sg)). apply in_or_app; left; exact T.
  - repeat split; cbn [same_past Semantics.E finite_model].
    + intros n p w a X Y; unfold conditional.
      rewrite (lsum_ext _ _ _ (fun v => a * (one (same n p w v) * weight v * X v) + one (same n p w v)
        * weight v * Y v))
        by (intros; ring).
      rewrite lsum_linear; unfold Rdiv; ring.
    + intros n p w X H; unfold conditional. apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat, mass_pos].
      apply lsum_nonneg; intros v. apply Rmult_le_pos; [apply Rmult_le_pos; [apply one_nonneg | left;
        apply weight_pos] | apply H].
    + intros n p w; unfold conditional. rewrite (lsum_ext _ _ _ (fun v => one (same n p w v) * weight v))
      by (intros; ring).
      fold (mass n p w). unfold Rdiv; apply Rinv_r. pose proof (mass_pos n p w); lra.
    + intros n p w X Y H; unfold conditional; f_equal. apply lsum_ext; intros v.
      destruct (same n p w v) eqn:C; simpl; [rewrite (H v C); reflexivity | ring].
    + intros n p w v X H; unfold conditional. rewrite (mass_class _ _ _ _ H). f_equal. apply lsum_ext; intros u.
      rewrite (same_class _ _ _ _ u H); reflexivity.
    + intros n p q w X H; unfold conditional, mass. rewrite (position n p q H); reflexivity.
    + intros n m p w X H; apply conditional_tower, H.
  - repeat split; cbn [integral integrable finite_model].
    + intros a f g [x X] [y Y]. rewrite (integral_is _ _ X), (integral_is _ _ Y). apply integral_is, has_linear;
      assumption.
    + intros f [x X] H. rewrite (integral_is _ _ X). eapply has_nonneg; eauto.
    + intros m. apply integral_is, moment.
    + intros s v I e p w. destruct (poly_integral (fun p => den sg finite_model e p w) s (the_units _ _ I)
      (den_polynomial e w)) as (B & _ & H).
      exists (B p); apply H.
Qed.
End Finite.
