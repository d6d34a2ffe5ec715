(* Reading an expression into normal form keeps its value: functionals as they are applied, sequences as they are
   shifted, limits. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Polynomials Checker Reach.
Import ListNotations.
Open Scope R_scope.

Lemma some_inj : forall A (a b : A), Some a = Some b -> a = b.
Proof. congruence. Qed.

Ltac options :=
  repeat match goal with
  | H : Some _ = Some _ |- _ => apply some_inj in H; try subst
  | H : None = Some _ |- _ => discriminate H
  | H : guard ?b _ = Some _ |- _ => let E := fresh "G" in destruct b eqn:E; unfold guard in H; try discriminate H
  | H : match ?x with Some _ => _ | None => None end = Some _ |- _ =>
      let E := fresh "D" in destruct x eqn:E; try discriminate H
  end.

Lemma sum_linear : forall n a f g, sum_to n (fun k => a * f k + g k) = a * sum_to n f + sum_to n g.
Proof. induction n; intros; simpl; [ring | rewrite IHn; ring]. Qed.
Lemma sum_constant : forall n c, sum_to n (fun _ => c) = INR n * c.
Proof. induction n; intros; [simpl; ring | rewrite S_INR; simpl sum_to; rewrite IHn; ring]. Qed.

Section Reading.
Variable sg : signature.
Variable M : model.
Hypothesis HM : is_model sg M.

Lemma apply_ext : forall g X Y p w, (forall q v, X q v = Y q v) ->
  apply_functional sg M g X p w = apply_functional sg M g Y p w.
Proof.
  intros g X Y p w H. replace Y with X; [reflexivity|].
  apply functional_extensionality; intros q; apply functional_extensionality; intros v; apply H.
Qed.

Lemma length_of_ok : forall s l, length_of sg s = Some l ->
  (1 <= size M s)%nat /\ forall p w, value M l p w = INR (size M s).
Proof.
  unfold length_of; intros s l H. destruct (find s (scopes sg)) as [k|] eqn:F; [|discriminate].
  pose proof (law_scope sg M HM _ _ F) as L; destruct k; inversion H; subst; simpl in L; tauto.
Qed.

Lemma size_pos : forall s l, length_of sg s = Some l -> INR (size M s) > 0.
Proof. intros s l H; apply length_of_ok in H; destruct H as [H _]; apply lt_0_INR; lia. Qed.

Lemma variable_of_ok : forall s v, variable_of sg s = Some v ->
  In (s, Unit v) (scopes sg) /\ forall p w, value M v p w = p s.
Proof.
  unfold variable_of; intros s v H. destruct (find s (scopes sg)) as [k|] eqn:F; [|discriminate].
  destruct k; try discriminate; inversion H; subst.
  split; [apply find_in; exact F | exact (law_scope sg M HM _ _ F)].
Qed.

Lemma integrable_den : forall s v, variable_of sg s = Some v -> forall e p w,
  integrable M (fun u => den sg M e (upd p s u) w).
Proof.
  intros s v H; apply variable_of_ok in H; destruct H as [I _].
  destruct (law_integral sg M HM) as (_ & _ & _ & L); exact (L s v I).
Qed.

Lemma integrable_evp : forall s v, variable_of sg s = Some v -> forall q p w,
  integrable M (fun u => evp sg M q (upd p s u) w).
Proof.
  intros s v H q p w. pose proof (integrable_den s v H (write q) p w) as I.
  replace (fun u => evp sg M q (upd p s u) w) with (fun u => den sg M (write q) (upd p s u) w); auto.
  apply functional_extensionality; intros; apply write_ok.
Qed.

(* What does not vary in a functional. *)
Definition steady (g : functional) (A : point -> outcome M -> R) : Prop :=
  match g with
  | Sum s | Average s | Integral s => forall p v w, A (upd p s v) w = A p w
  | Expect g => forall p w v, same_past M (length g) p w v -> A p v = A p w
  end.

Lemma steady_mult : forall g A B, steady g A -> steady g B -> steady g (fun p w => A p w * B p w).
Proof.
  intros [s|s|s|g] A B HA HB; simpl in *; intros.
  1-3: rewrite HA, HB; reflexivity.
  rewrite (HA p w v H), (HB p w v H); reflexivity.
Qed.
Lemma steady_pow : forall g A n, steady g A -> steady g (fun p w => A p w ^ n).
Proof.
  intros [s|s|s|g] A n HA; simpl in *; intros.
  1-3: rewrite HA; reflexivity.
  rewrite (HA p w v H); reflexivity.
Qed.
Lemma steady_one : forall g, steady g (fun _ _ => 1).
Proof. intros [s|s|s|g]; simpl; auto. Qed.

Lemma touches_ok : forall g e, suitable sg g = true -> touches sg g (reach sg e) = false -> steady g (den sg M e).
Proof.
  intros g e S T. destruct (reach_ok sg M HM e) as [B1 [B2 B3]].
  destruct g as [s|s|s|[|a g]]; unfold touches in T.
  1-3: simpl; intros; apply reach_coordinate; auto.
  - simpl; intros; apply (B2 T).
  - apply orb_false_iff in T; destruct T as [T1 T2]; apply negb_false_iff in T1; apply Nat.leb_le in T1.
    change (forall p w v, same_past M (length (a :: g)) p w v -> den sg M e p v = den sg M e p w).
    intros p w v P; symmetry; apply (B3 (length (a :: g))); auto.
    + simpl in *; lia.
    + destruct (reach sg e (Unk (length (a :: g)))) eqn:R; auto.
      rewrite <- T2; symmetry; apply existsb_exists; exists (length (a :: g)); split; auto.
      apply in_seq; simpl in *; lia.
Qed.

Lemma free_ok : forall g m, suitable sg g = true ->
  steady g (evm sg M (filter (fun x => negb (touches sg g (reach sg (fst x)))) m)).
Proof.
  intros g m S; induction m as [|[x n] r IH]; simpl; [apply steady_one|].
  destruct (touches sg g (reach sg x)) eqn:T; simpl; [exact IH|].
  apply (steady_mult g (fun p w => evf sg M (x, n) p w)); auto.
  unfold evf; simpl; apply steady_pow, touches_ok; auto.
Qed.

Lemma split_mono : forall (t : expr * nat -> bool) m p w,
  evm sg M m p w = evm sg M (filter (fun x => negb (t x)) m) p w * evm sg M (filter t m) p w.
Proof.
  intros t m p w; induction m as [|f r IH]; simpl; [ring|].
  destruct (t f); simpl; rewrite IH; ring.
Qed.

Lemma integral_zero : forall s v, variable_of sg s = Some v -> integral M (fun _ => 0) = 0.
Proof.
  intros s v H. destruct (law_integral sg M HM) as (L & _ & _ & _).
  assert (I : integrable M (fun _ => 0)) by exact (integrable_evp s v H [] origin (some_outcome M)).
  pose proof (L (-1) _ _ I I) as Q; cbv beta in Q.
  replace (fun _ : R => -1 * 0 + 0) with (fun _ : R => 0) in Q by (apply functional_extensionality; intros; ring).
  lra.
Qed.

Lemma apply_zero : forall g p w, suitable sg g = true -> apply_functional sg M g (fun _ _ => 0) p w = 0.
Proof.
  intros [s|s|s|g] p w S; simpl in *; unfold total; try rewrite sum_constant.
  - ring.
  - unfold Rdiv; ring.
  - destruct (variable_of sg s) eqn:V; [|discriminate]. exact (integral_zero _ _ V).
  - apply E_constant with (1 := HM).
Qed.

(* The functional of a sum of terms, what does not vary taken out. *)
Lemma apply_linear : forall g A m q p w, suitable sg g = true -> steady g A ->
  apply_functional sg M g (fun p w => A p w * evm sg M m p w + evp sg M q p w) p w =
  A p w * apply_functional sg M g (evm sg M m) p w + apply_functional sg M g (evp sg M q) p w.
Proof.
  intros [s|s|s|g] A m q p w S HA; simpl in *; unfold total.
  - rewrite <- sum_linear; apply sum_to_ext; intros; rewrite HA; reflexivity.
  - unfold Rdiv; rewrite <- Rmult_assoc, <- Rmult_plus_distr_r; f_equal.
    rewrite <- sum_linear; apply sum_to_ext; intros; rewrite HA; reflexivity.
  - destruct (variable_of sg s) eqn:V; [|discriminate].
    destruct (law_integral sg M HM) as (L & _ & _ & _). rewrite <- L.
    + f_equal; apply functional_extensionality; intros v; rewrite HA; reflexivity.
    + pose proof (integrable_den s n V (write_mono m) p w) as I.
      replace (fun v => evm sg M m (upd p s v) w) with (fun u => den sg M (write_mono m) (upd p s u) w); auto.
      apply functional_extensionality; intros; apply write_mono_ok.
    + apply (integrable_evp s n V).
  - destruct (law_E sg M HM) as (L & _ & _ & LOC & _). rewrite <- L.
    apply LOC; intros v P; rewrite (HA p w v P); reflexivity.
Qed.

Lemma apply_bound_ok : forall f g bound v, find f (functionals sg) = Some g -> suitable sg g = true ->
  apply_bound sg f g bound = Some v -> forall p w, evp sg M v p w = apply_functional sg M g (evm sg M bound) p w.
Proof.
  intros f g bound v F S H p w.
  assert (Plain : evp sg M (pvar (App f (write_mono bound))) p w = apply_functional sg M g (evm sg M bound) p w).
  { rewrite pvar_ok; simpl; rewrite F; apply apply_ext; intros; apply write_mono_ok. }
  destruct bound as [|[x n] [|y r]].
  - clear Plain; simpl in H. destruct g as [s|s|s|g]; simpl in *; unfold total.
    + options. rewrite pvar_ok; simpl. rewrite sum_constant. destruct (length_of_ok _ _ D) as [_ L]; rewrite L; ring.
    + options. rewrite pconst_ok, sum_constant. destruct (length_of sg s) eqn:D; [|discriminate].
      pose proof (size_pos _ _ D). unfold Q2R; simpl. field. lra.
    + options. rewrite pconst_ok. destruct (law_integral sg M HM) as (_ & _ & L & _).
      pose proof (L 0%nat) as Q; simpl in Q. rewrite Q; unfold Q2R; simpl; lra.
    + options. rewrite pconst_ok, E_constant with (1 := HM). unfold Q2R; simpl; lra.
  - destruct g as [s|s|s|g]; try (destruct x; simpl in H; options; exact Plain).
    destruct x; simpl in H; try (options; exact Plain).
    destruct (is_some x (variable_of sg s)) eqn:V; [|options; exact Plain].
    options. rewrite pconst_ok. unfold is_some in V. destruct (variable_of sg s) eqn:D; [|discriminate].
    apply Pos.eqb_eq in V; subst. destruct (variable_of_ok _ _ D) as [_ L].
    destruct (law_integral sg M HM) as (_ & _ & Q & _).
    transitivity (integral M (fun v => v ^ n)).
    + rewrite Q. unfold Q2R; simpl Qnum; simpl Qden. rewrite Rmult_1_l; f_equal.
      rewrite <- positive_nat_Z, <- INR_IZR_INZ, SuccNat2Pos.id_succ; reflexivity.
    + simpl; f_equal; apply functional_extensionality; intros v; unfold evf; simpl.
      rewrite L, upd_same; ring.
  - assert (v = pvar (App f (write_mono ((x, n) :: y :: r)))) by (destruct x; simpl in H; options; reflexivity).
    subst; exact Plain.
Qed.

Lemma apply_terms_ok : forall f g, find f (functionals sg) = Some g -> suitable sg g = true ->
  forall q r, apply_terms sg f g q = Some r ->
  forall p w, evp sg M r p w = apply_functional sg M g (evp sg M q) p w.
Proof.
  intros f g F S; induction q as [|[m c] q IH]; intros r H p w; cbn [apply_terms] in H.
  - options; symmetry; apply apply_zero; auto.
  - options. rewrite pterm_ok, (IH _ eq_refl), (apply_bound_ok _ _ _ _ F S D).
    set (free := filter (fun x => negb (touches sg g (reach sg (fst x)))) m) in *.
    rewrite <- (apply_linear g (fun p w => Q2R c * evm sg M free p w)); auto.
    + apply apply_ext; intros; simpl.
      rewrite (split_mono (fun x => touches sg g (reach sg (fst x))) m); fold free; ring.
    + apply (steady_mult g (fun _ _ => Q2R c)); [destruct g; simpl; auto | apply free_ok; auto].
Qed.

Theorem apply_ok : forall f q r, apply sg f q = Some r ->
  exists g, find f (functionals sg) = Some g /\ suitable sg g = true /\
  forall p w, evp sg M r p w = apply_functional sg M g (evp sg M q) p w.
Proof.
  unfold apply; intros f q r H; options. exists f0; split; [reflexivity|split; [exact G|]].
  apply (apply_terms_ok f); auto.
Qed.

(* Shifts. *)
Lemma time_of_ok : forall t l v start, time_of sg t = Some (l, v, start) ->
  find t (scopes sg) = Some (Time l v start true) \/ find t (scopes sg) = Some (Time l v start false).
Proof.
  unfold time_of; intros t l v start H. destruct (find t (scopes sg)) as [[|? ? ? []|]|]; inversion H; subst; auto.
Qed.
Lemma time_laws : forall t l v start, time_of sg t = Some (l, v, start) ->
  (1 <= size M t)%nat /\ (forall p w, value M l p w = INR (size M t)) /\ (forall p w, value M v p w = p t) /\
  start_of sg t = IZR start /\ length_of sg t = Some l.
Proof.
  intros t l v start H; unfold start_of, length_of; apply time_of_ok in H; destruct H as [H|H];
    pose proof (law_scope sg M HM _ _ H) as L; simpl in L; rewrite H; tauto.
Qed.

Lemma moved_same : forall h t e, reach sg e (At t) = false ->
  forall p w, den sg M e (moved sg M h t p) w = den sg M e p w.
Proof. intros; unfold moved; apply reach_coordinate; auto. Qed.

Lemma moved_upd : forall h t s p v, s <> t -> moved sg M h t (upd p s v) = upd (moved sg M h t p) s v.
Proof.
  intros h t s p v N; unfold moved; rewrite upd_comm by exact N; f_equal.
  destruct h; auto; rewrite upd_other; auto.
Qed.

Lemma apply_moved : forall g h t X p w, suitable sg g = true -> varies_at g (At t) = false -> binds g (At t) = false ->
  apply_functional sg M g (fun p w => X (moved sg M h t p) w) p w = apply_functional sg M g X (moved sg M h t p) w.
Proof.
  intros [s|s|s|g] h t X p w S V B; simpl in *; unfold total.
  1-3: assert (N : s <> t) by (intros ->; rewrite Pos.eqb_refl in B; discriminate).
  - apply sum_to_ext; intros; rewrite moved_upd; auto.
  - f_equal; apply sum_to_ext; intros; rewrite moved_upd; auto.
  - f_equal; apply functional_extensionality; intros; rewrite moved_upd; auto.
  - destruct (law_E sg M HM) as (_ & _ & _ & _ & _ & PT & _). apply PT.
    apply same_names_eq in S; rewrite <- S. intros u I; unfold moved; rewrite upd_other; auto.
    intros ->. destruct g as [|a g]; [destruct I|].
    pose proof (proj2 (mem_in t (a :: g)) I) as J; simpl in V; unfold mem in J; simpl in J; unfold mem in V; congruence.
Qed.

Lemma shift_ok : forall h t e q, shift sg h t e = Some q ->
  forall p w, evp sg M q p w = den sg M e (moved sg M h t p) w.
Proof.
  intros h t e; induction e; intros r H p w; cbn [shift] in H.
  - destruct (negb (reach sg (Sym x) (At t))) eqn:N.
    + splitb; options. rewrite moved_same by exact N. apply pvar_ok.
    + options. destruct p0 as [[l v] start]. destruct (time_laws _ _ _ _ D0) as (_ & L1 & L2 & L3 & _).
      destruct (Pos.eqb_spec x v) as [->|NE].
      * destruct h; options; cbn [den]; rewrite L2; unfold moved; rewrite upd_same.
        -- rewrite padd_ok, pvar_ok, pconst_ok; simpl; rewrite L2; unfold Q2R; simpl; lra.
        -- rewrite pconst_ok, L3; unfold Q2R, inject_Z; simpl; lra.
        -- rewrite padd_ok, pconst_ok, pvar_ok, L3; simpl; rewrite L1; unfold Q2R, inject_Z; simpl; lra.
      * options. rewrite pvar_ok; reflexivity.
  - options; apply pconst_ok.
  - options; rewrite padd_ok, (IHe1 _ eq_refl), (IHe2 _ eq_refl); reflexivity.
  - options; rewrite pmul_ok, (IHe1 _ eq_refl), (IHe2 _ eq_refl); reflexivity.
  - options; rewrite ppow_ok, (IHe _ eq_refl); reflexivity.
  - destruct (negb (reach sg (App f e) (At t))) eqn:N.
    + splitb; options. rewrite moved_same by exact N. apply pvar_ok.
    + options. splitb. destruct (apply_ok _ _ _ H) as (g & F & S & A). rewrite A.
      rewrite D in F; inversion F; subst. cbn [den]; rewrite D.
      rewrite <- apply_moved by assumption. apply apply_ext; intros; apply IHe; reflexivity.
  - options. splitb. rewrite moved_same by exact G. apply pvar_ok.
  - options. rewrite pvar_ok; reflexivity.
Qed.

Lemma shift_mono_ok : forall h t m q, shift_mono sg h t m = Some q ->
  forall p w, evp sg M q p w = evm sg M m (moved sg M h t p) w.
Proof.
  induction m as [|[a n] r IH]; intros q H p w; cbn [shift_mono] in H; options.
  - rewrite pconst_ok; unfold Q2R; simpl; lra.
  - rewrite pmul_ok, ppow_ok, (IH _ eq_refl), (shift_ok _ _ _ _ D); reflexivity.
Qed.

Theorem shift_poly_ok : forall h t q r, shift_poly sg h t q = Some r ->
  forall p w, evp sg M r p w = evp sg M q (moved sg M h t p) w.
Proof.
  induction q as [|[m c] q IH]; intros r H p w; cbn [shift_poly] in H; options; [reflexivity|].
  rewrite padd_ok, pscale_ok, (IH _ eq_refl), (shift_mono_ok _ _ _ _ D); reflexivity.
Qed.
End Reading.

(* Limits have one value. *)
Lemma limsup_unique : forall u x y, is_limsup u x -> is_limsup u y -> x = y.
Proof.
  assert (Le : forall u x y, is_limsup u x -> is_limsup u y -> x <= y).
  { intros u x y Hx Hy. destruct (Rle_dec x y) as [|N]; auto.
    assert (P : 0 < (x - y) / 2) by lra.
    destruct (Hx _ P) as [_ A]; destruct (Hy _ P) as [[n B] _]. destruct (A n) as (k & I & C).
    pose proof (B k I); lra. }
  intros u x y Hx Hy; apply Rle_antisym; eauto.
Qed.
Lemma limsup_or_zero_unique : forall u x y, limsup_or_zero u x -> limsup_or_zero u y -> x = y.
Proof.
  intros u x y [Hx|[Nx ->]] [Hy|[Ny ->]]; auto; [eapply limsup_unique; eauto | |]; exfalso; firstorder.
Qed.

(* A model, or a process of models: what `read` is true of. *)
Definition worlds (sg : signature) (W : nat -> model) : Prop :=
  (forall n, is_model sg (W n)) /\ match horizon sg with None => True | Some k => is_process sg k W end.

Section Worlds.
Variable sg : signature.
Variable W : nat -> model.
Hypothesis HW : worlds sg W.

Theorem read_ok : forall e q, read sg e = Some q -> forall n p w, evp sg (W n) q p w = den sg (W n) e p w.
Proof.
  destruct HW as [HM HP].
  induction e; intros r H m p w; cbn [read] in H.
  - options; apply pvar_ok.
  - options; apply pconst_ok.
  - options; rewrite padd_ok, (IHe1 _ eq_refl), (IHe2 _ eq_refl); reflexivity.
  - options; rewrite pmul_ok, (IHe1 _ eq_refl), (IHe2 _ eq_refl); reflexivity.
  - options; rewrite ppow_ok, (IHe _ eq_refl); reflexivity.
  - options. destruct (apply_ok sg (W m) (HM m) _ _ _ H) as (g & F & S & A). rewrite A; cbn [den]; rewrite F.
    apply apply_ext; intros; apply IHe; reflexivity.
  - options. rewrite (shift_poly_ok sg (W m) (HM m) _ _ _ _ H), (IHe _ eq_refl); reflexivity.
  - options. unfold limsup in H; options. splitb. rewrite pvar_ok; cbn [den].
    unfold is_some in H. destruct (horizon sg) as [y|]; [|discriminate]. apply Pos.eqb_eq in H; subst.
    destruct HP as (_ & _ & L). eapply limsup_or_zero_unique; [apply (L (write p0) m)|].
    replace (fun i => den sg (W i) (write p0) origin (some_outcome (W i)))
      with (fun i => den sg (W i) e origin (some_outcome (W i))); [apply L|].
    apply functional_extensionality; intros i; rewrite write_ok, (IHe _ eq_refl); reflexivity.
Qed.

Lemma read_all_ok : forall es qs, read_all sg es = Some qs -> forall n p w,
  map (fun q => evp sg (W n) q p w) qs = map (fun e => den sg (W n) e p w) es.
Proof.
  induction es as [|e r IH]; intros qs H n p w; cbn [read_all] in H; options; [reflexivity|].
  simpl; rewrite (read_ok _ _ D), (IH _ eq_refl); reflexivity.
Qed.
End Worlds.
