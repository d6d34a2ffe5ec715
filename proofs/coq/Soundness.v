(* The theorem: whatever the checker accepts is true. One lemma for each rule, then all steps, then `soundness`. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia.
From Convbound Require Import Syntax Semantics Polynomials Checker Reach Reading Functionals Limits.
Import ListNotations.
Open Scope R_scope.

Definition rel_holds (r : rel) (x : R) : Prop := match r with RGe => 0 <= x | RGt => 0 < x | REq => x = 0 end.

Definition true_fact (sg : signature) (M : model) (f : fact) : Prop :=
  (forall p w, legal sg M p -> rel_holds (as_rel f) (evp sg M (as_poly f) p w)) /\ holds sg M (as_formula f).

Definition true_facts (st : state) (M : model) : Prop :=
  forall l f, In l (facts st) -> In f l -> true_fact (sig st) M f.

Lemma derived_true : forall sg M r q, (forall p w, legal sg M p -> rel_holds r (evp sg M q p w)) ->
  true_fact sg M (derived r q).
Proof.
  intros sg M r q H; split; [exact H|]. intros p w L; cbn [derived as_formula left_side right_side relation].
  specialize (H p w L). rewrite write_ok; cbn [den]. replace (Q2R 0) with 0 by (unfold Q2R; simpl; lra).
  destruct r; simpl in *; lra.
Qed.

Lemma q_minus_one : Q2R (-(1)) = -1.
Proof. unfold Q2R; simpl; lra. Qed.

Ltac fact_values := repeat (first [ rewrite psub_ok | rewrite padd_ok | rewrite pmul_ok | rewrite pscale_ok
                                  | rewrite pconst_ok | rewrite q_minus_one ]).

(* ------------------------------------------------------------------------------------------------ at one point *)

Section Combination.
Variable st : state.
Variable W : nat -> model.
Variable n : nat.
Hypothesis HF : true_facts st (W n).
Variable p : point.
Variable w : outcome (W n).
Hypothesis L : legal (sig st) (W n) p.
Notation ev q := (evp (sig st) (W n) q p w).

Definition locally (l : local) : Prop := forall r f, find_local r l = Some f -> rel_holds (fst f) (ev (snd f)).

Lemma known_ok : forall r f, known st r = Some f -> true_fact (sig st) (W n) f.
Proof.
  unfold known; intros [i j| | |] f H; try discriminate. options.
  apply (HF l); eapply nth_error_In; eauto.
Qed.

Lemma fact_of_ok : forall l, locally l -> forall r f, fact_of st r l = Some f -> rel_holds (fst f) (ev (snd f)).
Proof.
  intros l Hl r f H; unfold fact_of in H. destruct r; try (eapply Hl; eassumption).
  options; simpl. apply (known_ok _ _ D); exact L.
Qed.

Lemma locally_cons : forall l s f, locally l -> rel_holds (fst f) (ev (snd f)) -> locally ((s, f) :: l).
Proof. intros l s f Hl Hf r g H; simpl in H. destruct (ref_eqb r s); [options; exact Hf | eapply Hl; eauto]. Qed.

Fixpoint values (ps : list poly) : R := match ps with [] => 1 | q :: r => ev q * values r end.
Lemma product_ok : forall ps q, ev (product ps q) = values ps * ev q.
Proof. induction ps as [|a r IH]; intros; unfold product in *; simpl; [ring | rewrite pmul_ok, IH; ring]. Qed.

Lemma facts_of_ok : forall l, locally l -> forall rs fs, facts_of st rs l = Some fs ->
  0 <= values (map snd fs) /\ (forallb (fun f => rel_eqb (fst f) RGt) fs = true -> 0 < values (map snd fs)).
Proof.
  intros l Hl; induction rs as [|r s IH]; intros fs H; cbn [facts_of] in H; options; simpl.
  - split; intros; lra.
  - destruct (IH _ eq_refl) as [I1 I2]. pose proof (fact_of_ok l Hl _ _ D) as T. split.
    + apply Rmult_le_pos; auto. destruct (fst p0); simpl in T; lra.
    + intros G; apply andb_true_iff in G; destruct G as [G1 G2]. apply Rmult_lt_0_compat; auto.
      destruct (fst p0); try discriminate; exact T.
Qed.

Lemma term_ok : forall l, locally l -> forall t q s, term st t l = Some (q, s) -> 0 <= ev q /\ (s = true -> 0 < ev q).
Proof.
  intros l Hl [[c refs] squares] q s H; unfold term in H. options.
  inversion H; subst; clear H. destruct (facts_of_ok l Hl _ _ D) as [F1 F2].
  apply Qle_bool_iff, Qle_Rle in G. replace (Q2R 0) with 0 in G by (unfold Q2R; simpl; lra).
  rewrite !product_ok, pconst_ok. set (v := values l1). split.
  - replace (values (map snd l0) * (v * (v * Q2R c))) with (values (map snd l0) * Q2R c * (v * v)) by ring.
    apply Rmult_le_pos; [apply Rmult_le_pos; auto | apply Rle_0_sqr].
  - intros S. destruct (Qeq_bool c 0) eqn:Zc; [discriminate|]. destruct l1; [|discriminate].
    subst v; cbn [negb andb] in S; cbn [values].
    assert (0 < Q2R c).
    { destruct G as [|E]; auto. exfalso.
      assert (Qeq c 0) by (apply eqR_Qeq; rewrite <- E; unfold Q2R; simpl; lra).
      apply Qeq_bool_iff in H; congruence. }
    rewrite !Rmult_1_l; apply Rmult_lt_0_compat; auto.
Qed.

Lemma sum_terms_ok : forall l, locally l -> forall ts q s, sum_terms st ts l = Some (q, s) ->
  0 <= ev q /\ (s = true -> 0 < ev q).
Proof.
  intros l Hl; induction ts as [|t r IH]; intros q s H; cbn [sum_terms] in H; options.
  - inversion H; subst; simpl; split; [lra | discriminate].
  - destruct p0 as [a x], p1 as [b y]. inversion H; subst; simpl.
    destruct (term_ok l Hl _ _ _ D) as [A1 A2], (IH _ _ eq_refl) as [B1 B2]. rewrite padd_ok; split; [lra|].
    intros S; apply orb_true_iff in S; destruct S as [S|S]; [pose proof (A2 S) | pose proof (B2 S)]; lra.
Qed.

Lemma sum_equations_ok : forall l, locally l -> forall es q, sum_equations st es l = Some q -> ev q = 0.
Proof.
  intros l Hl; induction es as [|[r e] s IH]; intros q H; cbn [sum_equations] in H; options; [reflexivity|].
  rewrite padd_ok, pmul_ok, (IH _ eq_refl). pose proof (fact_of_ok l Hl _ _ D) as T.
  destruct (fst p0); try discriminate; simpl in T; rewrite T; ring.
Qed.

Theorem entails_ok : forall rc l depth r q, locally l -> entails st rc l depth r q = true -> rel_holds r (ev q).
Proof.
  induction rc as [a IHa b IHb | d a IHa b IHb c IHc | refute ts es]; intros l depth r q Hl H; cbn [entails] in H;
    apply andb_true_iff in H; destruct H as [_ H].
  - splitb. destruct r; try discriminate. pose proof (IHa _ _ _ _ Hl H1) as A; pose proof (IHb _ _ _ _ Hl H0) as B.
    simpl in *; rewrite pscale_ok, q_minus_one in B; lra.
  - destruct (read (sig st) d) as [x|] eqn:D; [|discriminate]. splitb.
    destruct (Rtotal_order (ev x) 0) as [S|[S|S]].
    + eapply IHc; [|exact H0]. apply locally_cons; auto. cbn [fst snd rel_holds]; rewrite pscale_ok, q_minus_one; lra.
    + eapply IHb; [|exact H1]. apply locally_cons; auto.
    + eapply IHa; [|exact H]. apply locally_cons; auto.
  - set (l' := if refute then (Denied, (match r with RGt => RGe | _ => RGt end, pscale (-(1)) q)) :: l else l) in *.
    destruct (sum_terms st ts l') as [[s strict]|] eqn:T; [|discriminate].
    destruct (sum_equations st es l') as [e|] eqn:Q; [|discriminate]. splitb.
    assert (Use : locally l' -> 0 <= ev s /\ (strict = true -> 0 < ev s) /\ ev e = 0 /\
                  ev s + ev e = ev (if refute then [] else q)).
    { intros Hl'. destruct (sum_terms_ok l' Hl' _ _ _ T). pose proof (sum_equations_ok l' Hl' _ _ Q).
      pose proof (same_ok (sig st) (W n) _ _ H p w) as E; rewrite padd_ok in E. auto. }
    destruct refute; cbn [orb negb] in *.
    + destruct (Rle_dec (ev q) 0) as [Le|Gt].
      * destruct r.
        -- destruct (Rle_dec 0 (ev q)) as [|N]; [assumption|]. exfalso.
           destruct Use as (U1 & U2 & U3 & U4).
           { apply locally_cons; auto; cbn [fst snd rel_holds]; rewrite pscale_ok, q_minus_one; lra. }
           rewrite orb_false_r in H1. specialize (U2 H1); simpl in U4; lra.
        -- exfalso. destruct Use as (U1 & U2 & U3 & U4).
           { apply locally_cons; auto; cbn [fst snd rel_holds]; rewrite pscale_ok, q_minus_one; lra. }
           rewrite orb_false_r in H1. specialize (U2 H1); simpl in U4; lra.
        -- discriminate.
      * destruct r; simpl in *; try lra; discriminate.
    + destruct (Use Hl) as (U1 & U2 & U3 & U4). destruct r; cbn [rel_eqb negb orb rel_holds] in *.
      * lra.
      * rewrite orb_false_r in H1. specialize (U2 H1); lra.
      * destruct ts; [|discriminate]. cbn [sum_terms] in T; inversion T; subst; simpl in U4; lra.
Qed.
End Combination.

(* ------------------------------------------------------------------------------------------------- rule by rule *)

Section Rules.
Variable st : state.
Variable W : nat -> model.
Hypothesis HW : worlds (sig st) W.
Variable n : nat.
Hypothesis HF : true_facts st (W n).
Notation sg := (sig st).
Notation M := (W n).
Notation good r q := (forall p w, legal sg M p -> rel_holds r (evp sg M q p w)).

Lemma HM : is_model sg M. Proof. apply HW. Qed.

Lemma formula_ok : forall f r q, read_formula sg f = Some (r, q) -> (good r q <-> holds sg M f).
Proof.
  unfold read_formula, holds; intros f r q H; options. inversion H; subst; clear H.
  pose proof (read_ok sg W HW _ _ D n) as A; pose proof (read_ok sg W HW _ _ D0 n) as B.
  split; intros G v w L; specialize (G v w L); destruct (relation f); simpl in *;
    rewrite ?psub_ok, ?A, ?B in *; lra.
Qed.

Lemma rule_combination : forall f rc r q, read_formula sg f = Some (r, q) -> entails st rc [] 0 r q = true ->
  true_fact sg M (Fact r q f).
Proof.
  intros f rc r q R H. assert (G : good r q).
  { intros p w L; eapply entails_ok; eauto. intros x y F; discriminate. }
  split; [exact G | apply (formula_ok _ _ _ R); exact G].
Qed.

Lemma rule_functional : forall f x q, true_fact sg M x -> apply sg f (as_poly x) = Some q ->
  true_fact sg M (derived (match as_rel x with REq => REq | _ => RGe end) q).
Proof.
  intros f x q [T _] A. destruct (apply_ok sg M HM _ _ _ A) as (g & F & S & V).
  apply derived_true; intros p w L. destruct (as_rel x); simpl in *; rewrite V.
  - apply (apply_nonneg sg M HM); auto.
  - apply (apply_nonneg sg M HM); auto; intros; left; auto.
  - apply (apply_null sg M HM); auto.
Qed.

Lemma rule_member : forall f s x q, true_fact sg M x -> find f (functionals sg) = Some (Sum s) ->
  apply sg f (as_poly x) = Some q -> rel_eqb (as_rel x) REq = false ->
  true_fact sg M (derived RGe (psub q (as_poly x))).
Proof.
  intros f s x q [T _] F A N. destruct (apply_ok sg M HM _ _ _ A) as (g & F' & S & V).
  rewrite F in F'; options. apply derived_true; intros p w L; cbn [rel_holds]. rewrite psub_ok, V.
  assert (evp sg M (as_poly x) p w <= apply_functional sg M (Sum s) (evp sg M (as_poly x)) p w); [|lra].
  apply member_ok; auto. intros; specialize (T p0 w0 H); destruct (as_rel x); simpl in *; try discriminate; lra.
Qed.

Lemma rule_interchange : forall f g a b q qg fg qf gf, find f (functionals sg) = Some a ->
  find g (functionals sg) = Some b -> apply sg g q = Some qg -> apply sg f qg = Some fg ->
  apply sg f q = Some qf -> apply sg g qf = Some gf -> commute a b = true ->
  true_fact sg M (derived REq (psub fg gf)).
Proof.
  intros f g a b q qg fg qf gf Fa Fb A1 A2 A3 A4 C.
  destruct (apply_ok sg M HM _ _ _ A1) as (? & F1 & S1 & V1); rewrite Fb in F1; options.
  destruct (apply_ok sg M HM _ _ _ A2) as (? & F2 & S2 & V2); rewrite Fa in F2; options.
  destruct (apply_ok sg M HM _ _ _ A3) as (? & F3 & S3 & V3); rewrite Fa in F3; options.
  destruct (apply_ok sg M HM _ _ _ A4) as (? & F4 & S4 & V4); rewrite Fb in F4; options.
  apply derived_true; intros p w L; cbn [rel_holds]. rewrite psub_ok, V2, V4.
  rewrite (apply_ext sg M _ _ _ p w V1), (apply_ext sg M _ _ _ p w V3), (commute_ok sg M HM); auto; ring.
Qed.

Lemma rule_tower : forall f g x y q qg fg fq, find f (functionals sg) = Some (Expect x) ->
  find g (functionals sg) = Some (Expect y) -> apply sg g q = Some qg -> apply sg f qg = Some fg ->
  apply sg f q = Some fq -> (length x <= length y)%nat -> true_fact sg M (derived REq (psub fg fq)).
Proof.
  intros f g x y q qg fg fq Fa Fb A1 A2 A3 C.
  destruct (apply_ok sg M HM _ _ _ A1) as (? & F1 & S1 & V1); rewrite Fb in F1; options.
  destruct (apply_ok sg M HM _ _ _ A2) as (? & F2 & S2 & V2); rewrite Fa in F2; options.
  destruct (apply_ok sg M HM _ _ _ A3) as (? & F3 & S3 & V3); rewrite Fa in F3; options.
  apply derived_true; intros p w L; cbn [rel_holds]. rewrite psub_ok, V2, V3.
  rewrite (apply_ext sg M _ _ _ p w V1), (tower_ok sg M HM); auto; ring.
Qed.

Lemma rule_average : forall f g s l q x y, find f (functionals sg) = Some (Average s) ->
  find g (functionals sg) = Some (Sum s) -> length_of sg s = Some l -> apply sg f q = Some x -> apply sg g q = Some y ->
  true_fact sg M (derived REq (psub (pmul (pvar (Sym l)) x) y)).
Proof.
  intros f g s l q x y Fa Fb Hl A1 A2.
  destruct (apply_ok sg M HM _ _ _ A1) as (? & F1 & S1 & V1); rewrite Fa in F1; options.
  destruct (apply_ok sg M HM _ _ _ A2) as (? & F2 & S2 & V2); rewrite Fb in F2; options.
  apply derived_true; intros p w L; cbn [rel_holds]. rewrite psub_ok, pmul_ok, pvar_ok, V1, V2; simpl.
  destruct (length_of_ok sg M HM _ _ Hl) as [_ E]; rewrite E. pose proof (size_pos sg M HM _ _ Hl). field; lra.
Qed.

Lemma rule_telescoping : forall f g t l q next first last sum, find f (functionals sg) = Some g ->
  g = Sum t \/ g = Average t -> length_of sg t = Some l -> shift_poly sg Next t q = Some next ->
  shift_poly sg First t q = Some first -> shift_poly sg Last t q = Some last ->
  apply sg f (psub next q) = Some sum ->
  true_fact sg M (derived REq (psub (match g with Average _ => pmul (pvar (Sym l)) sum | _ => sum end) (psub last first))).
Proof.
  intros f g t l q next first last sum F K Hl N1 N2 N3 A.
  destruct (apply_ok sg M HM _ _ _ A) as (? & F' & S & V); rewrite F in F'; options.
  pose proof (shift_poly_ok sg M HM _ _ _ _ N1) as E1. pose proof (shift_poly_ok sg M HM _ _ _ _ N2) as E2.
  pose proof (shift_poly_ok sg M HM _ _ _ _ N3) as E3.
  assert (X : forall p w, total sg M t (evp sg M (psub next q)) p w = evp sg M last p w - evp sg M first p w).
  { intros p w; rewrite E2, E3, <- telescoping_ok. unfold total; apply sum_to_ext; intros; rewrite psub_ok, E1; reflexivity. }
  apply derived_true; intros p w L; cbn [rel_holds]. destruct K as [->| ->]; rewrite !psub_ok.
  - rewrite V; simpl; rewrite X; ring.
  - rewrite pmul_ok, pvar_ok, V; simpl; rewrite X.
    destruct (length_of_ok sg M HM _ _ Hl) as [_ E]; rewrite E. pose proof (size_pos sg M HM _ _ Hl). field; lra.
Qed.

Lemma rule_induction : forall t tm r q rc base next first last,
  true_fact sg M base -> time_of sg t = Some tm -> shift_poly sg Next t q = Some next ->
  shift_poly sg First t q = Some first -> shift_poly sg Last t q = Some last ->
  rel_eqb (as_rel base) r = true -> same (as_poly base) first = true ->
  entails st rc [(Previous, (r, q))] 0 r next = true ->
  true_fact sg M (derived r last) /\ true_fact sg M (derived r q).
Proof.
  intros t [[l v] start] r q rc base next first last [B _] T N1 N2 N3 R S H.
  pose proof (shift_poly_ok sg M HM _ _ _ _ N1) as E1. pose proof (shift_poly_ok sg M HM _ _ _ _ N2) as E2.
  pose proof (shift_poly_ok sg M HM _ _ _ _ N3) as E3. destruct (time_laws sg M HM _ _ _ _ T) as (_ & _ & _ & _ & Hl).
  assert (Br : as_rel base = r) by (destruct (as_rel base), r; simpl in R; congruence).
  assert (I : forall p w, legal sg M p -> forall k, (k <= size M t)%nat ->
    rel_holds r (evp sg M q (upd p t (start_of sg t + INR k)) w)).
  { intros p w L; induction k; intros K.
    - specialize (B p w L). rewrite Br, (same_ok sg M _ _ S), E2 in B. unfold moved in B.
      simpl INR; rewrite Rplus_0_r; exact B.
    - specialize (IHk ltac:(lia)).
      assert (L' : legal sg M (upd p t (start_of sg t + INR k))) by (eapply legal_step; eauto).
      pose proof (entails_ok st W n HF _ w L' rc [(Previous, (r, q))] 0 r next) as E.
      rewrite E1 in E. unfold moved in E; rewrite upd_twice, upd_same in E. rewrite S_INR, <- Rplus_assoc.
      apply E; auto. intros x y F; simpl in F. destruct (ref_eqb x Previous); [options; exact IHk | discriminate]. }
  split; apply derived_true; intros p w L.
  - rewrite E3; unfold moved; apply I; auto.
  - destruct (legal_place sg M _ _ _ Hl L) as (k & K & E).
    pose proof (I p w L k ltac:(lia)) as Z. rewrite <- E, upd_id in Z; exact Z.
Qed.

Lemma rule_integrality : forall q,
  forallb (fun t => Pos.eqb (Qden (snd t)) 1 && forallb (fun f => whole sg (fst f)) (fst t)) q = true ->
  true_fact sg M (derived RGe (psub (pmul q q) q)).
Proof.
  intros q H; apply derived_true; intros p w L; cbn [rel_holds]. rewrite psub_ok, pmul_ok.
  destruct (integers sg M HM q H p w L) as [z Z]; rewrite Z; apply integer_square.
Qed.

(* The facts about a defined symbol, from its value. *)
Lemma rule_definition : forall k x bodies side l,
  (forall p w, defined_as k (map (fun b => evp sg M b p w) bodies) (value M x p w)) ->
  match side with Some (r, q) => good r q | None => True end ->
  definition_facts k (pvar (Sym x)) bodies side = Some l -> forall f, In f l -> true_fact sg M f.
Proof.
  intros k x bodies side l V S H f I. unfold definition_facts in H.
  assert (X : forall p w, evp sg M (pvar (Sym x)) p w = value M x p w) by (intros; apply pvar_ok).
  destruct k; destruct bodies as [|a [|b [|c r]]]; try discriminate; destruct side as [[r q]|]; try discriminate; options;
    cbn [map defined_as] in V;
    repeat (destruct I as [<-|I]); try contradiction; apply derived_true; intros p w L;
    specialize (V p w); cbn [rel_holds]; fact_values; rewrite ?X; try rewrite V.
  - splitb. destruct r; try discriminate. specialize (S p w L); simpl in S. rewrite (same_ok sg M _ _ H0) in S.
    field; lra.
  - apply sqrt_pos.
  - splitb. rewrite sqrt_sqrt; [ring|]. specialize (S p w L). rewrite (same_ok sg M _ _ H0) in S.
    destruct r; simpl in S; try discriminate; lra.
  - apply Rabs_pos.
  - fold (Rsqr (Rabs (evp sg M a p w))) (Rsqr (evp sg M a p w)). rewrite <- Rsqr_abs; ring.
  - pose proof (Rle_abs (evp sg M a p w)); lra.
  - pose proof (Rle_abs (- evp sg M a p w)) as Q; rewrite Rabs_Ropp in Q; lra.
  - destruct V as [[E|[E|E]] _]; rewrite E; ring.
  - destruct V as [_ E]; rewrite E; apply Rabs_pos.
  - destruct V as [[E|[E|E]] F]; rewrite E in *; try ring.
    rewrite Rmult_0_l in F; pose proof (Rle_abs (evp sg M a p w)); pose proof (Rle_abs (- evp sg M a p w)) as Q.
    rewrite Rabs_Ropp in Q; lra.
  - pose proof (Rmax_l (evp sg M a p w) (evp sg M b p w)); lra.
  - pose proof (Rmax_r (evp sg M a p w) (evp sg M b p w)); lra.
  - unfold Rmax; destruct (Rle_dec _ _); ring.
Qed.

Lemma rule_limit : forall k u n' d b limit upper lower leading,
  limsup sg k u = Some limit ->
  (forall m, true_fact sg (W m) upper) -> (forall m, true_fact sg (W m) lower) ->
  (forall m, true_fact sg (W m) leading) ->
  negb (rel_eqb (as_rel upper) REq) && same (as_poly upper) (psub n' (pmul d u)) &&
  negb (rel_eqb (as_rel lower) REq) && same (as_poly lower) (psub u b) &&
  only_fixed (fixed sg k) k n' && only_fixed (fixed sg k) k d && constant_along (fixed sg k) b &&
  (degree k n' <=? degree k d)%nat && rel_eqb (as_rel leading) RGt && same (as_poly leading) (top k (degree k d) d) = true ->
  true_fact sg M (derived RGe (psub (top k (degree k d) n') (pmul (top k (degree k d) d) limit))).
Proof.
  intros k u n' d b limit upper lower leading Lim TU TL TD H. unfold limsup, guard in Lim.
  destruct (is_some k (horizon sg)) eqn:C; [|discriminate Lim].
  destruct (closed sg u) eqn:Cu; [|discriminate Lim]. cbn [andb] in Lim.
  options. splitb. destruct HW as [Hm HP]. unfold is_some in C.
  destruct (horizon sg) as [y|]; [|discriminate]. apply Pos.eqb_eq in C; subst y.
  apply derived_true; intros p w L; cbn [rel_holds]. fact_values. rewrite pvar_ok; cbn [den].
  apply (limit_ok sg W k Hm HP u n' d b); auto.
  - apply Nat.leb_le; assumption.
  - intros m q v Lq. destruct (TU m) as [T _]; specialize (T q v Lq).
    match goal with E : same (as_poly upper) _ = true |- _ => rewrite (same_ok sg (W m) _ _ E) in T end.
    rewrite psub_ok, pmul_ok in T. destruct (as_rel upper); simpl in *; try discriminate; lra.
  - intros m q v Lq. destruct (TL m) as [T _]; specialize (T q v Lq).
    match goal with E : same (as_poly lower) _ = true |- _ => rewrite (same_ok sg (W m) _ _ E) in T end.
    rewrite psub_ok in T. destruct (as_rel lower); simpl in *; try discriminate; lra.
  - intros m q v Lq. destruct (TD m) as [T _]; specialize (T q v Lq).
    match goal with E : same (as_poly leading) _ = true |- _ => rewrite (same_ok sg (W m) _ _ E) in T end.
    destruct (as_rel leading); simpl in *; try discriminate; exact T.
Qed.
End Rules.

(* ---------------------------------------------------------------------------------------------------- all steps *)

(* What is known of a state: in every model, or process, of its signature in which the hypotheses so far hold, the facts
   are true. *)
Definition sound (st : state) : Prop :=
  forall W, worlds (sig st) W -> (forall n, Forall (holds (sig st) (W n)) (assumed st)) ->
  forall n, true_facts st (W n).

Lemma with_facts_sound : forall st l st', sound st -> with_facts st l = Some st' ->
  (forall W, worlds (sig st) W -> (forall n, true_facts st (W n)) -> forall n f, In f l -> true_fact (sig st) (W n) f) ->
  sound st'.
Proof.
  intros st l st' S E H. unfold with_facts in E; options. intros W HW HA n l' f I J; cbn [facts sig assumed] in *.
  apply in_app_or in I; destruct I as [I|[<-|[]]].
  - exact (S W HW HA n l' f I J).
  - refine (H W HW _ n f J). intros m; apply S; auto.
Qed.

Lemma find_define : forall st x k es bs z s, mem x (names (sig st)) = false -> find z (symbols (sig st)) = Some s ->
  find z (symbols (define st x k es bs)) = Some s.
Proof.
  intros st x k es bs z s N F. cbn [define symbols find]. destruct (Pos.eqb_spec z x) as [->|]; auto.
  exfalso. assert (In x (names (sig st))).
  { unfold names. apply find_in in F. apply in_or_app; right; apply in_or_app; right; apply in_or_app; left.
    apply in_map_iff; exists (x, s); auto. }
  apply mem_in in H; congruence.
Qed.

Lemma fixed_define : forall st x k es bs h z, mem x (names (sig st)) = false -> fixed (sig st) h z = true ->
  fixed (define st x k es bs) h z = true.
Proof.
  intros st x k es bs h z N F. unfold fixed in *.
  destruct (find z (symbols (sig st))) as [s|] eqn:D; [|discriminate]. rewrite (find_define _ _ _ _ _ _ _ N D).
  rewrite forallb_forall in *. intros y I; specialize (F y I). destruct y as [u|]; [|discriminate]. splitb.
  destruct (find u (symbols (sig st))) as [t|] eqn:Du; [|discriminate].
  rewrite (find_define _ _ _ _ _ _ _ N Du). rewrite H, H0; reflexivity.
Qed.

Lemma worlds_define : forall st x k es bs W, mem x (names (sig st)) = false -> worlds (define st x k es bs) W ->
  worlds (sig st) W.
Proof.
  intros st x k es bs W N [HM HP]; split.
  - intros n; destruct (HM n) as (A & B & C & D & S & F). repeat split; try apply A; try apply B; try apply C; auto.
    + exact (Forall_inv_tail S).
    + exact (Forall_inv_tail F).
  - cbn [define horizon] in HP. destruct (horizon (sig st)) as [h|]; auto.
    destruct HP as (A & B & C); split; [exact A | split; [|exact C]].
    intros z Fz; apply B; apply fixed_define; auto.
Qed.

Ltac by_kind H :=
  match type of H with match ?g with Sum _ => _ | _ => _ end = _ => destruct g; try discriminate H end.

Lemma run_sound : forall st s st', sound st -> run st s = Some st' -> sound st'.
Proof.
  intros st s st' S H. destruct s; cbn [run] in H.
  - (* hypothesis *)
    options. intros W HW HA n l g I J; cbn [sig assumed facts] in *.
    assert (HA' : forall m, Forall (holds (sig st) (W m)) (assumed st)).
    { intros m; specialize (HA m); apply Forall_app in HA; tauto. }
    apply in_app_or in I; destruct I as [I|[<-|[]]]; [exact (S W HW HA' n l g I J)|].
    destruct J as [<-|[]]. destruct p as [r q]; cbn [fst snd].
    assert (Hf : holds (sig st) (W n) f).
    { specialize (HA n); apply Forall_app in HA; destruct HA as [_ HA]; inversion HA; auto. }
    split; [|exact Hf]. apply (formula_ok st W HW n _ _ _ D); exact Hf.
  - (* combination *)
    options. destruct p as [r q]; cbn [fst snd] in *. eapply with_facts_sound; eauto.
    intros W HW HT n g [<-|[]]. eapply rule_combination; eauto.
  - (* definition *)
    options. splitb. rename l into polys, l0 into news, o into side.
    intros W HW HA n l f I J; cbn [sig assumed facts] in *.
    assert (HW' : worlds (sig st) W) by (eapply worlds_define; eauto).
    assert (HT : true_facts st (W n)) by (apply (S W HW' HA)).
    apply in_app_or in I; destruct I as [I|[<-|[]]]; [exact (HT l f I J)|].
    change (true_fact (sig st) (W n) f).
    eapply (rule_definition st W n k x polys side news); eauto.
    + intros p w. destruct HW as [HM _]. destruct (HM n) as (_ & _ & _ & _ & _ & Fd).
      pose proof (Forall_inv Fd p w) as V; cbn [fst snd] in V.
      rewrite (read_all_ok (sig st) W HW' _ _ D n p w). exact V.
    + destruct because as [r|]; options; [|exact Logic.I].
      intros p w L. destruct (known_ok st W n HT _ _ D2) as [T _]; apply T; exact L.
  - (* functional *)
    options. eapply with_facts_sound; eauto. intros W HW HT n g [<-|[]].
    eapply rule_functional; eauto. eapply known_ok; eauto.
  - (* member *)
    options. by_kind H. options. splitb. eapply with_facts_sound; eauto. intros W HW HT n g [<-|[]].
    eapply rule_member; eauto. eapply known_ok; eauto.
  - (* interchange *)
    options. eapply with_facts_sound; eauto. intros W HW HT n g [<-|[]].
    exact (rule_interchange st W HW n _ _ _ _ _ _ _ _ _ D D0 D2 D3 D4 D5 G).
  - (* tower *)
    options. by_kind H. by_kind H. options.
    eapply with_facts_sound; eauto. intros W HW HT n g [<-|[]].
    exact (rule_tower st W HW n _ _ _ _ _ _ _ _ D D0 D2 D3 D4 (proj1 (Nat.leb_le _ _) G)).
  - (* average *)
    options. by_kind H. by_kind H. options.
    apply Pos.eqb_eq in G; subst. eapply with_facts_sound; eauto. intros W HW HT i g [<-|[]].
    eapply rule_average; eauto.
  - (* telescoping *)
    options. by_kind H; options; eapply with_facts_sound; eauto; intros W HW HT m g [<-|[]].
    + exact (rule_telescoping st W HW m _ (Sum s) _ _ _ _ _ _ _ D (or_introl eq_refl) D2 D3 D4 D5 D6).
    + exact (rule_telescoping st W HW m _ (Average s) _ _ _ _ _ _ _ D (or_intror eq_refl) D2 D3 D4 D5 D6).
  - (* induction *)
    options. splitb. destruct p as [r q]; cbn [fst snd] in *. eapply with_facts_sound; eauto. intros W HW HT n g J.
    assert (X : true_fact (sig st) (W n) (derived r p3) /\ true_fact (sig st) (W n) (derived r q)).
    { eapply rule_induction; eauto. eapply known_ok; eauto. }
    destruct J as [<-|[<-|[]]]; tauto.
  - (* integrality *)
    options. eapply with_facts_sound; eauto. intros W HW HT n g [<-|[]]. eapply rule_integrality; eauto.
  - (* limit *)
    options. eapply with_facts_sound; eauto. intros W HW HT n g [<-|[]].
    eapply rule_limit; eauto; intros m; eapply known_ok; eauto.
Qed.

Lemma run_all_sound : forall l st st', sound st -> run_all st l = Some st' -> sound st'.
Proof.
  induction l as [|s r IH]; intros st st' S H; cbn [run_all] in H; options; [exact S|].
  eapply IH; [|exact H]. eapply run_sound; eauto.
Qed.

Theorem soundness : forall c t, check c = Some t -> valid t.
Proof.
  unfold check; intros c t H. options.
  assert (S : sound s) by (eapply run_all_sound; eauto; intros W HW HA n l g []).
  unfold valid; cbn [about Syntax.hypotheses proves].
  assert (K : forall W, worlds (sig s) W -> (forall n, Forall (holds (sig s) (W n)) (assumed s)) ->
              forall n, holds (sig s) (W n) (as_formula f)).
  { intros W HW HA n. destruct (known_ok s W n (S W HW HA n) _ _ D0) as [_ T]; exact T. }
  unfold worlds in K. destruct (horizon (sig s)) as [k|].
  - intros W HM HP HA; apply K; auto.
  - intros M HM HA. exact (K (fun _ => M) (conj (fun _ => HM) Logic.I) (fun _ => HA) 0%nat).
Qed.
