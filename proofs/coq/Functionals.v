(* What the rules about functionals say, as facts about the operators of a model. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Polynomials Checker Reach Reading.
Import ListNotations.
Open Scope R_scope.

Lemma sum_nonneg : forall n f, (forall k, (k < n)%nat -> 0 <= f k) -> 0 <= sum_to n f.
Proof. induction n; intros f H; simpl; [lra|]. pose proof (IHn f ltac:(intros; apply H; lia)). pose proof (H n ltac:(lia)). lra. Qed.

Lemma sum_member : forall n f j, (forall k, (k < n)%nat -> 0 <= f k) -> (j < n)%nat -> f j <= sum_to n f.
Proof.
  induction n; intros f j H J; [lia|]; simpl.
  pose proof (sum_nonneg n f ltac:(intros; apply H; lia)). pose proof (H n ltac:(lia)).
  destruct (Nat.eq_dec j n) as [->|N]; [lra|].
  pose proof (IHn f j ltac:(intros; apply H; lia) ltac:(lia)); lra.
Qed.

Lemma sum_swap : forall n m f, sum_to n (fun i => sum_to m (fun j => f i j)) = sum_to m (fun j => sum_to n (fun i => f i j)).
Proof.
  induction n; intros m f; simpl.
  - rewrite sum_constant; ring.
  - rewrite IHn. pose proof (sum_linear m 1 (fun j => sum_to n (fun i => f i j)) (f n)) as L.
    rewrite Rmult_1_l in L; etransitivity; [symmetry; exact L|]; apply sum_to_ext; intros; ring.
Qed.

Lemma sum_telescopes : forall n f, sum_to n (fun k => f (S k) - f k) = f n - f 0%nat.
Proof. induction n; intros; simpl; [ring | rewrite IHn; ring]. Qed.

Section Functionals.
Variable sg : signature.
Variable M : model.
Hypothesis HM : is_model sg M.

Lemma legal_upd : forall p s v, legal sg M p -> coordinate sg M false s v -> legal sg M (upd p s v).
Proof. intros p s v L C x; unfold upd; destruct (Pos.eqb_spec x s) as [->|]; auto. Qed.

Lemma legal_step : forall p s l k, length_of sg s = Some l -> legal sg M p -> (k < size M s)%nat ->
  legal sg M (upd p s (start_of sg s + INR k)).
Proof.
  intros p s l k H L K; apply legal_upd; auto. unfold length_of in H; unfold coordinate, start_of.
  destruct (find s (scopes sg)) as [[| |]|]; try discriminate; exists k; split; auto; lia.
Qed.

Lemma legal_unit : forall p s v u, variable_of sg s = Some v -> legal sg M p -> 0 <= u <= 1 -> legal sg M (upd p s u).
Proof.
  intros p s v u H L U; apply legal_upd; auto. unfold variable_of in H; unfold coordinate.
  destruct (find s (scopes sg)) as [[| |]|]; try discriminate; exact U.
Qed.

Lemma legal_place : forall p s l, length_of sg s = Some l -> legal sg M p ->
  exists k, (k < size M s)%nat /\ p s = start_of sg s + INR k.
Proof.
  intros p s l H L; specialize (L s). unfold length_of in H; unfold coordinate in L; unfold start_of.
  destruct (find s (scopes sg)) as [[| |]|]; try discriminate; destruct L as (k & K & E); exists k; split; auto; lia.
Qed.

Lemma length_suitable : forall s, match length_of sg s with Some _ => true | None => false end = true ->
  exists l, length_of sg s = Some l.
Proof. intros s H; destruct (length_of sg s) as [l|]; [eauto | discriminate]. Qed.

Lemma apply_combine : forall g c a b p w, suitable sg g = true ->
  apply_functional sg M g (fun p w => c * evp sg M a p w + evp sg M b p w) p w =
  c * apply_functional sg M g (evp sg M a) p w + apply_functional sg M g (evp sg M b) p w.
Proof.
  intros [s|s|s|g] c a b p w S; simpl in *; unfold total.
  - apply sum_linear.
  - unfold Rdiv; rewrite sum_linear; ring.
  - destruct (variable_of sg s) eqn:V; [|discriminate].
    destruct (law_integral sg M HM) as (L & _). apply L; eapply integrable_evp; eauto.
  - destruct (law_E sg M HM) as (L & _). apply L.
Qed.

Lemma apply_nonneg : forall g q, suitable sg g = true ->
  (forall p w, legal sg M p -> 0 <= evp sg M q p w) ->
  forall p w, legal sg M p -> 0 <= apply_functional sg M g (evp sg M q) p w.
Proof.
  intros [s|s|s|g] q S H p w L; simpl in *; unfold total.
  - destruct (length_suitable _ S) as [l Hl]. apply sum_nonneg; intros; apply H; eapply legal_step; eauto.
  - destruct (length_suitable _ S) as [l Hl]. pose proof (size_pos sg M HM _ _ Hl).
    apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; lra].
    apply sum_nonneg; intros; apply H; eapply legal_step; eauto.
  - destruct (variable_of sg s) eqn:V; [|discriminate].
    destruct (law_integral sg M HM) as (_ & P & _). apply P.
    + eapply integrable_evp; eauto.
    + intros u U; apply H; eapply legal_unit; eauto.
  - destruct (law_E sg M HM) as (_ & P & _). apply P; intros; apply H; exact L.
Qed.

Lemma apply_null : forall g q, suitable sg g = true ->
  (forall p w, legal sg M p -> evp sg M q p w = 0) ->
  forall p w, legal sg M p -> apply_functional sg M g (evp sg M q) p w = 0.
Proof.
  intros g q S H p w L. apply Rle_antisym.
  - assert (N : 0 <= apply_functional sg M g (evp sg M (pscale (-(1)) q)) p w).
    { apply apply_nonneg; auto; intros; rewrite pscale_ok, H; auto; lra. }
    rewrite (apply_ext sg M g _ (fun p w => -1 * evp sg M q p w + evp sg M [] p w)) in N.
    + rewrite apply_combine in N by exact S.
      change (evp sg M []) with (fun (_ : point) (_ : outcome M) => 0) in N.
      rewrite (apply_zero sg M HM) in N by exact S. lra.
    + intros; rewrite pscale_ok; simpl; unfold Q2R; simpl; lra.
  - apply apply_nonneg; auto; intros; rewrite H; auto; lra.
Qed.

Lemma member_ok : forall s q, suitable sg (Sum s) = true ->
  (forall p w, legal sg M p -> 0 <= evp sg M q p w) ->
  forall p w, legal sg M p -> evp sg M q p w <= apply_functional sg M (Sum s) (evp sg M q) p w.
Proof.
  intros s q S H p w L; simpl in *; destruct (length_suitable _ S) as [l Hl].
  destruct (legal_place _ _ _ Hl L) as (k & K & E).
  replace (evp sg M q p w) with (evp sg M q (upd p s (start_of sg s + INR k)) w) by (rewrite <- E, upd_id; reflexivity).
  apply (sum_member (size M s) (fun k => evp sg M q (upd p s (start_of sg s + INR k)) w)); auto.
  intros; apply H; eapply legal_step; eauto.
Qed.

(* Sums and averages are multiples of sums. *)
Lemma E_scale : forall n p w c X, E M n p w (fun v => c * X v) = c * E M n p w X.
Proof.
  intros. destruct (law_E sg M HM) as (L & _).
  pose proof (L n p w c X (fun _ => 0)) as Q; cbv beta in Q. rewrite (E_constant sg M HM) in Q.
  rewrite Rplus_0_r in Q; rewrite <- Q; f_equal; apply functional_extensionality; intros; ring.
Qed.

Lemma E_sum : forall n p w m F, E M n p w (fun v => sum_to m (fun k => F k v)) = sum_to m (fun k => E M n p w (F k)).
Proof.
  induction m; intros F; simpl; [apply (E_constant sg M HM)|].
  destruct (law_E sg M HM) as (L & _).
  pose proof (L n p w 1 (fun v => sum_to m (fun k => F k v)) (F m)) as Q; cbv beta in Q.
  rewrite IHm, Rmult_1_l in Q; rewrite <- Q; f_equal; apply functional_extensionality; intros; ring.
Qed.

Definition multiple_of_sum (s : name) (c : R) (f : functional) : Prop :=
  forall X p w, apply_functional sg M f X p w = c * total sg M s X p w.
Lemma sum_multiple : forall s, multiple_of_sum s 1 (Sum s).
Proof. intros s X p w; simpl; ring. Qed.
Lemma average_multiple : forall s, multiple_of_sum s (/ INR (size M s)) (Average s).
Proof. intros s X p w; simpl; unfold Rdiv; ring. Qed.

Lemma swap_sums : forall s t a b f g X p w, s <> t -> multiple_of_sum s a f -> multiple_of_sum t b g ->
  apply_functional sg M f (apply_functional sg M g X) p w = apply_functional sg M g (apply_functional sg M f X) p w.
Proof.
  intros s t a b f g X p w N Hf Hg. rewrite Hf, Hg.
  assert (L : forall u c Y, total sg M u (fun p w => c * Y p w) p w = c * total sg M u Y p w).
  { intros u c Y; unfold total.
    pose proof (sum_linear (size M u) c (fun k => Y (upd p u (start_of sg u + INR k)) w) (fun _ => 0)) as Q.
    rewrite sum_constant, Rmult_0_r, Rplus_0_r in Q. rewrite <- Q. apply sum_to_ext; intros; ring. }
  replace (apply_functional sg M g X) with (fun p w => b * total sg M t X p w)
    by (apply functional_extensionality; intros; apply functional_extensionality; intros; symmetry; apply Hg).
  replace (apply_functional sg M f X) with (fun p w => a * total sg M s X p w)
    by (apply functional_extensionality; intros; apply functional_extensionality; intros; symmetry; apply Hf).
  rewrite (L s b (total sg M t X)), (L t a (total sg M s X)).
  replace (total sg M s (total sg M t X) p w) with (total sg M t (total sg M s X) p w); [ring|].
  unfold total; rewrite sum_swap; apply sum_to_ext; intros; apply sum_to_ext; intros; rewrite upd_comm; auto.
Qed.

Lemma swap_expect : forall s a f g X p w, multiple_of_sum s a f -> mem s g = false -> suitable sg (Expect g) = true ->
  apply_functional sg M f (apply_functional sg M (Expect g) X) p w =
  apply_functional sg M (Expect g) (apply_functional sg M f X) p w.
Proof.
  intros s a f g X p w Hf N S. rewrite Hf.
  replace (apply_functional sg M f X) with (fun p w => a * total sg M s X p w)
    by (apply functional_extensionality; intros; apply functional_extensionality; intros; symmetry; apply Hf).
  simpl in *; rewrite E_scale; f_equal. unfold total; rewrite E_sum. apply sum_to_ext; intros k K.
  destruct (law_E sg M HM) as (_ & _ & _ & _ & _ & PT & _). apply PT.
  apply same_names_eq in S; rewrite <- S; intros t I; apply upd_other; intros ->.
  apply mem_in in I; congruence.
Qed.

Lemma commute_ok : forall f g X p w, suitable sg f = true -> suitable sg g = true -> commute f g = true ->
  apply_functional sg M f (apply_functional sg M g X) p w = apply_functional sg M g (apply_functional sg M f X) p w.
Proof.
  intros f g X p w Sf Sg C.
  destruct f as [s|s|s|x], g as [t|t|t|y]; simpl in C; try discriminate; splitb.
  - eapply swap_sums; eauto using sum_multiple; apply Pos.eqb_neq; auto.
  - eapply swap_sums; eauto using sum_multiple, average_multiple; apply Pos.eqb_neq; auto.
  - eapply swap_expect; eauto using sum_multiple.
  - eapply swap_sums; eauto using sum_multiple, average_multiple; apply Pos.eqb_neq; auto.
  - eapply swap_sums; eauto using average_multiple; apply Pos.eqb_neq; auto.
  - eapply swap_expect; eauto using average_multiple.
  - symmetry; eapply swap_expect; eauto using sum_multiple.
  - symmetry; eapply swap_expect; eauto using average_multiple.
Qed.

Lemma tower_ok : forall x y X p w, (length x <= length y)%nat ->
  apply_functional sg M (Expect x) (apply_functional sg M (Expect y) X) p w = apply_functional sg M (Expect x) X p w.
Proof. intros; simpl. destruct (law_E sg M HM) as (_ & _ & _ & _ & _ & _ & T). apply T; assumption. Qed.

Lemma telescoping_ok : forall t X p w,
  total sg M t (fun p w => X (moved sg M Next t p) w - X p w) p w =
  X (moved sg M Last t p) w - X (moved sg M First t p) w.
Proof.
  intros; unfold total, moved.
  rewrite (sum_to_ext _ _ (fun k => X (upd p t (start_of sg t + INR (S k))) w - X (upd p t (start_of sg t + INR k)) w)).
  - rewrite (sum_telescopes (size M t) (fun k => X (upd p t (start_of sg t + INR k)) w)).
    simpl INR; rewrite Rplus_0_r; reflexivity.
  - intros; rewrite upd_twice, upd_same, S_INR, Rplus_assoc; reflexivity.
Qed.

(* Integers. *)
Lemma coordinate_weak : forall b s v, coordinate sg M false s v -> coordinate sg M b s v.
Proof.
  unfold coordinate; intros b s v H; destruct (find s (scopes sg)) as [[| |]|]; auto.
  destruct H as (k & K & E); exists k; split; auto; lia.
Qed.

Lemma whole_ok : forall e, whole sg e = true -> forall p w, legal sg M p -> exists z, den sg M e p w = IZR z.
Proof.
  induction e; intros H p w L; cbn [whole] in H; try discriminate.
  - destruct (find x (symbols sg)) eqn:F; [|discriminate].
    destruct (law_symbol sg M HM _ _ F) as (_ & _ & _ & I). apply I; auto. intros s0; apply coordinate_weak, L.
  - splitb. destruct (IHe1 H p w L) as [x X], (IHe2 H0 p w L) as [y Y].
    exists (x * y)%Z; simpl; rewrite X, Y, mult_IZR; reflexivity.
  - destruct (IHe H p w L) as [x X]. exists (x ^ Z.of_nat n)%Z; simpl; rewrite X, pow_IZR; reflexivity.
  - destruct (find f (functionals sg)) as [[s| | |]|] eqn:F; try discriminate. splitb.
    destruct (length_suitable _ H) as [l Hl]. cbn [den]; rewrite F; simpl; unfold total.
    assert (I : forall m, (m <= size M s)%nat ->
      exists z, sum_to m (fun k => den sg M e (upd p s (start_of sg s + INR k)) w) = IZR z).
    { induction m; intros K; [exists 0%Z; reflexivity|].
      destruct (IHm ltac:(lia)) as [z Z].
      destruct (IHe H0 (upd p s (start_of sg s + INR m)) w ltac:(eapply legal_step; eauto)) as [y Y].
      exists (z + y)%Z; simpl; rewrite Z, Y, plus_IZR; reflexivity. }
    apply I; lia.
  - destruct e; try discriminate. splitb. destruct (find x (symbols sg)) eqn:F; [|discriminate]. splitb.
    destruct (law_symbol sg M HM _ _ F) as (_ & _ & _ & I). cbn [den]; apply I; auto.
    unfold is_some in H1. destruct (sequence s) as [y|]; [|discriminate]. apply Pos.eqb_eq in H1; subst y.
    intros c; unfold moved, upd. destruct (Pos.eqb_spec c t) as [->|N]; [|apply coordinate_weak, L].
    unfold is_time, time_of in H; specialize (L t); unfold coordinate, start_of in *.
    destruct (find t (scopes sg)) as [[|l v start rnd|]|] eqn:Ft; try discriminate.
    destruct L as (k & K & Ek). destruct h.
    + exists (S k); split; [lia|]. rewrite Ek, S_INR; lra.
    + exists 0%nat; split; [lia|]. simpl; lra.
    + exists (size M t); split; [lia|]. reflexivity.
Qed.

Lemma integers : forall q, forallb (fun t => Pos.eqb (Qden (snd t)) 1 && forallb (fun f => whole sg (fst f)) (fst t)) q = true ->
  forall p w, legal sg M p -> exists z, evp sg M q p w = IZR z.
Proof.
  induction q as [|[m c] r IH]; intros H p w L; [exists 0%Z; reflexivity|].
  cbn [forallb fst snd] in H; splitb. destruct (IH H0 p w L) as [z Z].
  assert (I : exists y, evm sg M m p w = IZR y).
  { clear - H1 HM L. induction m as [|[x n] m IHm]; [exists 1%Z; reflexivity|].
    cbn [forallb fst] in H1; splitb. destruct (IHm H0) as [y Y], (whole_ok _ H p w L) as [u U].
    exists (u ^ Z.of_nat n * y)%Z; simpl; unfold evf; simpl. rewrite Y, U, mult_IZR, pow_IZR; reflexivity. }
  destruct I as [y Y]. exists (Qnum c * y + z)%Z. simpl; rewrite Y, Z, plus_IZR, mult_IZR.
  apply Pos.eqb_eq in H. unfold Q2R; rewrite H; simpl; lra.
Qed.

Lemma integer_square : forall z, 0 <= IZR z * IZR z - IZR z.
Proof. intros z; rewrite <- mult_IZR, <- minus_IZR; apply IZR_le; nia. Qed.
End Functionals.
