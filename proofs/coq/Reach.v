(* What the checker's `reach` says is true: an expression depends on no other coordinates, on the outcome only if it
   reaches Rnd, and is known at the steps of the random times for which it does not reach Unk. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Polynomials Checker.
Import ListNotations.
Open Scope R_scope.

Lemma upd_same : forall p s v, upd p s v s = v.
Proof. intros; unfold upd; rewrite Pos.eqb_refl; reflexivity. Qed.
Lemma upd_other : forall p s v x, x <> s -> upd p s v x = p x.
Proof. intros; unfold upd; destruct (Pos.eqb_spec x s); congruence. Qed.
Lemma upd_twice : forall p s v u, upd (upd p s v) s u = upd p s u.
Proof. intros; apply functional_extensionality; intros x; unfold upd; destruct (Pos.eqb x s); reflexivity. Qed.
Lemma upd_comm : forall p s t v u, s <> t -> upd (upd p s v) t u = upd (upd p t u) s v.
Proof.
  intros; apply functional_extensionality; intros x; unfold upd.
  destruct (Pos.eqb_spec x t), (Pos.eqb_spec x s); congruence.
Qed.
Lemma upd_id : forall p s, upd p s (p s) = p.
Proof. intros; apply functional_extensionality; intros x; unfold upd; destruct (Pos.eqb_spec x s); congruence. Qed.

Lemma sum_to_ext : forall n f g, (forall k, (k < n)%nat -> f k = g k) -> sum_to n f = sum_to n g.
Proof.
  induction n; simpl; intros f g H; [reflexivity|].
  rewrite (IHn f g), (H n); auto; intros; apply H; lia.
Qed.

Lemma elt_eqb_eq : forall a b, elt_eqb a b = true <-> a = b.
Proof.
  intros [s| |n] [t| |m]; simpl; split; intros H; try discriminate; try reflexivity.
  - apply Pos.eqb_eq in H; congruence.
  - inversion H; apply Pos.eqb_refl.
  - apply Nat.eqb_eq in H; congruence.
  - inversion H; apply Nat.eqb_refl.
Qed.

Lemma mem_elt_in : forall x l, mem_elt x l = true <-> In x l.
Proof.
  intros x l; unfold mem_elt; rewrite existsb_exists; split.
  - intros [y [I H]]; apply elt_eqb_eq in H; subst; exact I.
  - intros I; exists x; split; [exact I | apply elt_eqb_eq; reflexivity].
Qed.

Lemma mem_elt_not : forall x l, mem_elt x l = false -> ~ In x l.
Proof. intros x l H I; apply mem_elt_in in I; congruence. Qed.

Lemma mem_in : forall x l, mem x l = true <-> In x l.
Proof.
  intros x l; unfold mem; rewrite existsb_exists; split.
  - intros [y [I H]]; apply Pos.eqb_eq in H; subst; exact I.
  - intros I; exists x; split; [exact I | apply Pos.eqb_refl].
Qed.

Lemma in_times : forall sg t, In t (times sg) -> exists l v z, In (t, Time l v z true) (scopes sg).
Proof.
  unfold times; intros sg t H; apply in_flat_map in H; destruct H as [[s k] [I H]]; simpl in H.
  destruct k as [|l v z []|]; simpl in H; try contradiction; destruct H as [<-|[]]; eauto.
Qed.

Ltac splitb :=
  repeat match goal with
  | H : (_ && _)%bool = true |- _ => apply andb_true_iff in H; destruct H
  | H : (_ || _)%bool = false |- _ => apply orb_false_iff in H; destruct H
  | H : negb _ = true |- _ => apply negb_true_iff in H
  | H : negb _ = false |- _ => apply negb_false_iff in H
  end.

Section Reach.
Variable sg : signature.
Variable M : model.
Hypothesis HM : is_model sg M.

Lemma law_past : past_laws sg M. Proof. apply HM. Qed.
Lemma law_E : expectation_laws sg M. Proof. apply HM. Qed.
Lemma law_integral : integral_laws sg M. Proof. apply HM. Qed.
Lemma law_scope : forall s k, find s (scopes sg) = Some k -> scope_law M s k.
Proof.
  intros s k H; apply find_in in H. destruct HM as (_ & _ & _ & L & _).
  rewrite Forall_forall in L; exact (L _ H).
Qed.
Lemma law_symbol : forall x s, find x (symbols sg) = Some s -> symbol_law sg M x s.
Proof.
  intros x s H; apply find_in in H. destruct HM as (_ & _ & _ & _ & L & _).
  rewrite Forall_forall in L; exact (L _ H).
Qed.

Definition agree (r : elt -> bool) (p q : point) := forall s, r (At s) = true -> p s = q s.

Definition bounded (r : elt -> bool) (X : point -> outcome M -> R) : Prop :=
  (forall p q w, agree r p q -> X p w = X q w) /\
  (r Rnd = false -> forall p w v, X p w = X p v) /\
  (forall n p w v, (1 <= n <= length (times sg))%nat -> r (Unk n) = false -> same_past M n p w v -> X p w = X p v).

Definition off_time (s : name) : Prop := ~ In s (times sg).

(* A function without Rnd, or with all Unk, knows nothing that matters. *)
Lemma bounded_unforeseen : forall r X,
  (forall p q w, agree r p q -> X p w = X q w) -> (r Rnd = false -> forall p w v, X p w = X p v) ->
  bounded (unforeseen r) X.
Proof.
  intros r X H1 H2; unfold bounded, unforeseen; split; [|split].
  - intros p q w A; apply H1; intros s Hs; apply A; rewrite Hs; reflexivity.
  - intros H; rewrite orb_false_r in H; auto.
  - intros n p w v _ H _; splitb; auto.
Qed.

Lemma agree_upd : forall r s p q v, agree (fun y => r y && negb (elt_eqb y (At s))) p q -> agree r (upd p s v) (upd q s v).
Proof.
  intros r s p q v A x Hx; unfold upd; destruct (Pos.eqb_spec x s) as [|N]; [reflexivity|].
  apply A; simpl; rewrite Hx; destruct (Pos.eqb_spec x s); [congruence | reflexivity].
Qed.

Lemma past_at_start : forall n t p w v,
  same_past M n p w v -> same_past M n (upd p t (start_of sg t)) w v.
Proof.
  intros n t p w v S. destruct law_past as (_ & _ & P3 & P4).
  destruct (in_dec Pos.eq_dec t (times sg)); auto.
Qed.

Lemma reach_shift_ok : forall h t r X, bounded r X -> bounded (reach_shift h t r) (fun p w => X (moved sg M h t p) w).
Proof.
  intros h t r X [B1 [B2 B3]].
  assert (A1 : forall p q w, agree (fun y => r y && negb (elt_eqb y (At t))) p q ->
             forall v, X (upd p t v) w = X (upd q t v) w).
  { intros; apply B1; apply agree_upd; assumption. }
  destruct h; unfold reach_shift, moved.
  - apply bounded_unforeseen.
    + intros p q w A; apply B1; intros s Hs; unfold upd; destruct (Pos.eqb_spec s t) as [->|N].
      * rewrite (A t Hs); reflexivity.
      * apply A; exact Hs.
    + intros H p w v; apply B2; exact H.
  - split; [|split].
    + intros p q w A; apply A1; exact A.
    + intros H p w v; simpl in H; rewrite andb_true_r in H; apply B2; exact H.
    + intros n p w v Hn H S; simpl in H; rewrite andb_true_r in H; apply (B3 n); auto; apply past_at_start; exact S.
  - apply bounded_unforeseen.
    + intros p q w A; apply A1; exact A.
    + intros H p w v; simpl in H; rewrite andb_true_r in H; apply B2; exact H.
Qed.
Lemma over_ok : forall s r X (F : (R -> R) -> R),
  mem s (times sg) = false -> bounded r X ->
  bounded (fun y => r y && negb (elt_eqb y (At s))) (fun p w => F (fun v => X (upd p s v) w)).
Proof.
  intros s r X F T [B1 [B2 B3]]; split; [|split].
  - intros p q w A; f_equal; apply functional_extensionality; intros v; apply B1, agree_upd; exact A.
  - intros H p w v; simpl in H; rewrite andb_true_r in H; f_equal; apply functional_extensionality; intros u.
    apply B2; exact H.
  - intros n p w v Hn H S; simpl in H; rewrite andb_true_r in H; f_equal; apply functional_extensionality; intros u.
    apply (B3 n); auto. destruct law_past as (_ & _ & _ & P4); apply P4; auto.
    intros I; apply mem_in in I; congruence.
Qed.

Lemma over_time_ok : forall s r X (F : (R -> R) -> R), bounded r X ->
  bounded (unforeseen (fun y => r y && negb (elt_eqb y (At s)))) (fun p w => F (fun v => X (upd p s v) w)).
Proof.
  intros s r X F [B1 [B2 B3]]; apply bounded_unforeseen.
  - intros p q w A; f_equal; apply functional_extensionality; intros v; apply B1, agree_upd; exact A.
  - intros H p w v; simpl in H; rewrite andb_true_r in H; f_equal; apply functional_extensionality; intros u.
    apply B2; exact H.
Qed.

Lemma same_names_eq : forall a b, same_names a b = true -> a = b.
Proof.
  induction a as [|x r IH]; intros [|y s] H; simpl in H; try discriminate; auto.
  splitb. apply Pos.eqb_eq in H; f_equal; auto.
Qed.

Lemma E_constant : forall n p w c, E M n p w (fun _ => c) = c.
Proof.
  intros n p w c. destruct law_E as (L & _ & O & _).
  assert (Z : E M n p w (fun _ => 0) = 0).
  { pose proof (L n p w (-1) (fun _ => 0) (fun _ => 0)) as H; simpl in H.
    replace (fun _ : outcome M => -1 * 0 + 0) with (fun _ : outcome M => 0) in H
      by (apply functional_extensionality; intros; ring). lra. }
  pose proof (L n p w c (fun _ => 1) (fun _ => 0)) as H; simpl in H.
  replace (fun _ : outcome M => c * 1 + 0) with (fun _ : outcome M => c) in H
    by (apply functional_extensionality; intros; ring).
  rewrite H, O, Z; ring.
Qed.

Lemma expect_ok : forall g r X, g = firstn (length g) (times sg) -> bounded r X ->
  bounded (reach_functional sg (Expect g) r) (fun p w => E M (length g) p w (fun v => X p v)).
Proof.
  intros g r X Hg [B1 [B2 B3]]. destruct law_past as (P1 & P2 & _ & _).
  destruct law_E as (_ & _ & _ & LOC & SIM & PT & _).
  assert (Len : (length g <= length (times sg))%nat) by (rewrite Hg, firstn_length; lia).
  unfold reach_functional; simpl; split; [|split].
  - intros p q w A.
    assert (XX : (fun v => X p v) = (fun v => X q v)).
    { apply functional_extensionality; intros v; apply B1; intros s Hs; apply A; simpl; rewrite Hs; reflexivity. }
    rewrite XX; apply PT; rewrite <- Hg; intros t I; apply A.
    destruct g as [|a g]; [destruct I|]. apply orb_true_iff; right; exact (proj2 (mem_in t (a :: g)) I).
  - intros H p w v; apply SIM. destruct g as [|a g]; [apply P1 | simpl in H; rewrite orb_true_r in H; discriminate].
  - intros n p w v Hn H S.
    assert (H' : r (Unk n) && negb (length g <=? n)%nat = false)
      by (apply orb_false_iff in H; destruct H; assumption).
    destruct (Nat.leb_spec (length g) n) as [Le|Gt].
    + apply SIM; apply (P2 _ n); auto.
    + rewrite andb_true_r in H'.
      assert (C : forall u, E M (length g) p u (fun v => X p v) = X p u).
      { intros u. transitivity (E M (length g) p u (fun _ => X p u)); [|apply E_constant].
        apply LOC; intros u' S'; symmetry; apply (B3 n); auto. apply (P2 n (length g)); auto; lia. }
      rewrite !C; apply (B3 n); auto.
Qed.

Lemma reach_functional_ok : forall f r X, suitable sg f = true -> bounded r X ->
  bounded (reach_functional sg f r) (apply_functional sg M f X).
Proof.
  assert (ORF : forall r, (fun y : elt => r y || false) = r)
    by (intros; apply functional_extensionality; intros; apply orb_false_r).
  intros f r X S B; destruct f as [s|s|s|g]; simpl in *.
  1-3: unfold reach_functional; simpl.
  - destruct (is_time sg s || mem s (times sg))%bool eqn:T; rewrite ORF.
    + apply (over_time_ok s r X (fun h => sum_to (size M s) (fun k => h (start_of sg s + INR k)))); exact B.
    + apply orb_false_iff in T; destruct T.
      apply (over_ok s r X (fun h => sum_to (size M s) (fun k => h (start_of sg s + INR k)))); auto.
  - destruct (is_time sg s || mem s (times sg))%bool eqn:T; rewrite ORF.
    + apply (over_time_ok s r X (fun h => sum_to (size M s) (fun k => h (start_of sg s + INR k)) / INR (size M s)));
        exact B.
    + apply orb_false_iff in T; destruct T.
      apply (over_ok s r X (fun h => sum_to (size M s) (fun k => h (start_of sg s + INR k)) / INR (size M s))); auto.
  - destruct (mem s (times sg)) eqn:T; rewrite ORF.
    + apply (over_time_ok s r X (integral M)); exact B.
    + apply (over_ok s r X (integral M)); auto.
  - apply expect_ok; auto. apply same_names_eq; exact S.
Qed.

Lemma bounded_two : forall r q X Y f, bounded r X -> bounded q Y ->
  bounded (fun c => r c || q c) (fun p w => f (X p w) (Y p w)).
Proof.
  intros r q X Y f [A1 [A2 A3]] [B1 [B2 B3]]; split; [|split].
  - intros p p' w A; f_equal; [apply A1 | apply B1]; intros s Hs; apply A; rewrite Hs; auto using orb_true_r.
  - intros H p w v; splitb; f_equal; auto.
  - intros n p w v Hn H S; splitb; f_equal; [apply (A3 n) | apply (B3 n)]; auto.
Qed.

Lemma bounded_any : forall X, bounded (fun _ => true) X.
Proof.
  intros X; split; [|split]; intros; try discriminate.
  assert (p = q) by (apply functional_extensionality; intros x; apply H; reflexivity). subst; reflexivity.
Qed.

Lemma bounded_constant : forall c, bounded (fun _ => false) (fun _ _ => c).
Proof. intros; split; [|split]; intros; reflexivity. Qed.

Theorem reach_ok : forall e, bounded (reach sg e) (den sg M e).
Proof.
  induction e; simpl.
  - destruct (find x (symbols sg)) eqn:F; [|apply bounded_any].
    destruct (law_symbol _ _ F) as (L1 & L2 & L3 & _); split; [|split].
    + intros p q w A; apply L1; intros c I; apply A; apply mem_elt_in; exact I.
    + intros H p w v; apply L2, mem_elt_not; exact H.
    + intros n p w v Hn H S; apply (L3 n); auto; apply mem_elt_not; exact H.
  - apply bounded_constant.
  - apply bounded_two; assumption.
  - apply bounded_two; assumption.
  - destruct IHe as [A1 [A2 A3]]; split; [|split]; intros; f_equal; eauto.
  - destruct (find f (functionals sg)) eqn:F; [|apply bounded_any].
    destruct (suitable sg f0) eqn:S; [|apply bounded_any]. apply reach_functional_ok; assumption.
  - apply reach_shift_ok; assumption.
  - apply bounded_constant.
Qed.

(* What touches nothing of a functional. *)
Lemma reach_coordinate : forall e s, reach sg e (At s) = false -> forall p v w, den sg M e (upd p s v) w = den sg M e p w.
Proof.
  intros e s H p v w; apply reach_ok; intros x Hx; apply upd_other; intros ->; congruence.
Qed.
End Reach.

