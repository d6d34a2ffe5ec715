(* ZIM's run, for any dimension, number of draws, and number of steps, as a model. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia Arith FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Checker Reach Reading Run Trees Limsup Integral Certificates.
Import ListNotations.
Open Scope R_scope.

Lemma whole_INR : forall k, whole (INR k).
Proof. intros k; exists (Z.of_nat k); apply INR_IZR_INZ. Qed.
Lemma whole_mult : forall a b, whole a -> whole b -> whole (a * b).
Proof. intros a b [x ->] [y ->]; exists (x * y)%Z; symmetry; apply mult_IZR. Qed.
Lemma sgn_values : forall x, sgn x = 1 \/ sgn x = 0 \/ sgn x = -1.
Proof. intros x; unfold sgn. destruct (Rlt_dec 0 x), (Rlt_dec x 0); auto. Qed.
Lemma sgn_abs : forall x, sgn x * x = Rabs x.
Proof.
  intros x; unfold sgn. destruct (Rlt_dec 0 x); [rewrite Rabs_pos_eq; lra|].
  destruct (Rlt_dec x 0); [rewrite Rabs_left; lra|]. replace x with 0 by lra. rewrite Rabs_R0; ring.
Qed.
Lemma whole_sgn : forall x, whole (sgn x).
Proof. intros x; destruct (sgn_values x) as [-> | [-> | ->]]; [exists 1%Z | exists 0%Z | exists (-1)%Z]; reflexivity. Qed.

(* The number that a coordinate of a point is. *)
Definition nat_of (x : R) : nat := Z.to_nat (up x - 1).
Lemma nat_of_INR : forall k, nat_of (INR k) = k.
Proof.
  intros k; unfold nat_of. rewrite <- (tech_up (INR k) (Z.of_nat k + 1)).
  - replace (Z.of_nat k + 1 - 1)%Z with (Z.of_nat k) by lia. apply Nat2Z.id.
  - rewrite plus_IZR, <- INR_IZR_INZ; lra.
  - rewrite plus_IZR, <- INR_IZR_INZ; lra.
Qed.
Lemma nat_of_place : forall k, nat_of (1 + INR k) = S k.
Proof. intros k. rewrite <- (nat_of_INR (S k)), S_INR. f_equal; ring. Qed.

Lemma nat_of_count : forall k, nat_of (0 + INR k) = k.
Proof. intros k; rewrite Rplus_0_l; apply nat_of_INR. Qed.
Lemma nat_of_next : forall k, nat_of (1 + INR k + 1) = S (S k).
Proof. intros k. rewrite <- (nat_of_INR (S (S k))), !S_INR. f_equal; ring. Qed.
Lemma nat_of_later : forall k, nat_of (0 + INR k + 1) = S k.
Proof. intros k. rewrite <- (nat_of_INR (S k)), !S_INR. f_equal; ring. Qed.
Lemma nat_of_one : nat_of 1 = 1%nat.
Proof. exact (nat_of_INR 1). Qed.
Lemma nat_of_zero : nat_of 0 = 0%nat.
Proof. exact (nat_of_INR 0). Qed.

Section Run.
Variables d n : nat.                        (* dimension, draws a step *)
Variables r c : R.                          (* rate, smoothing *)
Variable G : vector -> vector.              (* gradient *)
Variable w1 : vector.                       (* start *)

Notation share := (share d c G).
Notation draw := (draw d r c G).
Notation iterate := (iterate n G w1).
Notation probability := (probability d n r c G w1).
Notation given := (given d n r c G w1).

Hypothesis d_pos : (1 <= d)%nat.
Hypothesis c_pos : 0 < c.
Hypothesis r_range : 0 <= r <= 1.

Lemma count_past : forall m i from w v, agree_to (from + m) w v -> count i w from m = count i v from m.
Proof.
  induction m; intros i from w v A; cbn [count]; [reflexivity|].
  rewrite (IHm i from w v), (A (from + m)%nat); [reflexivity | lia |]. eapply agree_less; [|exact A]; lia.
Qed.
Lemma iterate_past : forall k w v, agree_to (k * n) w v -> iterate k w = iterate k v.
Proof.
  induction k; intros w v A; cbn [Run.iterate]; [reflexivity|].
  rewrite (IHk w v) by (eapply agree_less; [|exact A]; lia).
  apply functional_extensionality; intros i. rewrite (count_past n i (k * n) w v); [reflexivity|].
  eapply agree_less; [|exact A]; lia.
Qed.
Lemma whole_iterate : (forall i, whole (w1 i)) -> forall k w i, whole (iterate k w i).
Proof.
  intros W; induction k; intros w i; cbn [Run.iterate]; [apply W|].
  destruct (IHk w i) as [z ->], (whole_mult _ _ (whole_sgn (G (iterate k w) i)) (whole_INR (count i w (k * n) n))) as [y ->].
  exists (z - y)%Z; symmetry; apply minus_IZR.
Qed.
Lemma steps_before : forall m, (m / n * n <= m)%nat.
Proof.
  intros m. destruct n as [|j]; [rewrite Nat.mul_0_r; lia|].
  rewrite Nat.mul_comm; apply Nat.mul_div_le; lia.
Qed.

Lemma norm_pos : forall x, 0 < c * INR d + sum d (fun j => Rabs (G x j)).
Proof.
  intros x. assert (0 <= sum d (fun j => Rabs (G x j))) by (apply sum_to_nonneg; intros; apply Rabs_pos).
  assert (0 < c * INR d); [apply Rmult_lt_0_compat; [exact c_pos | apply lt_0_INR; lia] | lra].
Qed.
Lemma share_nonneg : forall x i, 0 <= share x i.
Proof.
  intros x i; unfold Run.share, Rdiv. apply Rmult_le_pos.
  - pose proof (Rabs_pos (G x i)); lra.
  - left; apply Rinv_0_lt_compat, norm_pos.
Qed.
Lemma share_one : forall x, sum d (share x) = 1.
Proof.
  intros x. unfold sum. rewrite (sum_to_ext _ _ (fun j => (Rabs (G x (S j)) + c) * / (c * INR d + sum d (fun j => Rabs (G x j)))))
    by reflexivity. rewrite sum_to_scale.
  replace (sum_to d (fun k => Rabs (G x (S k)) + c)) with (c * INR d + sum d (fun j => Rabs (G x j))).
  - apply Rinv_r. pose proof (norm_pos x); lra.
  - unfold sum. rewrite Rplus_comm, <- (Rmult_1_l (sum_to d _)). rewrite (Rmult_comm c), <- sum_constant.
    rewrite <- sum_linear. apply sum_to_ext; intros; ring.
Qed.
Lemma sum_to_first : forall m f, sum_to (S m) f = f 0%nat + sum_to m (fun j => f (S j)).
Proof. induction m; intros f; [simpl; ring|]. cbn [sum_to] in *. rewrite IHm; cbn [sum_to]; ring. Qed.

Lemma probability_nonneg : forall m w i, 0 <= probability m w i.
Proof.
  intros m w [|i]; unfold Run.probability, Run.draw; [lra|]. apply Rmult_le_pos; [tauto | apply share_nonneg].
Qed.
Lemma probability_one : forall m w, sum_to (S d) (probability m w) = 1.
Proof.
  intros m w. rewrite sum_to_first. unfold Run.probability; cbn [Run.draw].
  pose proof (share_one (iterate (m / n) w)) as One; unfold sum in One.
  rewrite (sum_to_ext _ _ (fun j => share (iterate (m / n) w) (S j) * r)) by (intros; unfold Run.draw; ring).
  rewrite sum_to_scale, One; ring.
Qed.
Lemma probability_past : forall m w v i, agree_to m w v -> probability m w i = probability m v i.
Proof.
  intros m w v i A; unfold Run.probability. rewrite (iterate_past (m / n) w v); [reflexivity|].
  eapply agree_less; [apply steps_before | exact A].
Qed.

Lemma one_draw : forall K k v i w, (k < K)%nat -> (v < n)%nat -> (i < d)%nat ->
  given K (k * n + v) w (fun w' => INR (if Nat.eqb (w' (k * n + v)%nat) (S i) then 1 else 0)) =
  r * share (iterate k w) (S i).
Proof.
  intros K k v i w Hk Hv Hi; unfold Run.given. rewrite expect_next.
  - rewrite (sum_to_ext _ _ (fun a => probability (k * n + v) w a * (if Nat.eqb a (S i) then 1 else 0))).
    + rewrite sum_to_pick by lia. unfold Run.probability. replace ((k * n + v) / n)%nat with k; [reflexivity|].
      rewrite Nat.div_add_l, Nat.div_small by lia; lia.
    + intros a _. unfold set at 1. rewrite Nat.eqb_refl. destruct (Nat.eqb a (S i)); reflexivity.
  - exact probability_one.
  - apply Nat.lt_le_trans with (S k * n)%nat; [simpl; lia | apply Nat.mul_le_mono_r; lia].
  - intros u u' A. rewrite (A (k * n + v)%nat) by lia. reflexivity.
Qed.

(* ------------------------------------------------------------------------------------------------- as a model *)

Variable nested : bool.                     (* whether draws are times of their own in the signature *)
Variable K : nat.
Hypothesis K_pos : (1 <= K)%nat.

Definition ii (p : point) : nat := nat_of (p x_i).
Definition kk (p : point) : nat := nat_of (p x_step) - 1.
Definition nn (p : point) : nat := nat_of (p x_draw).
Definition past (m : nat) (p : point) : nat :=
  match m with O => 0 | S O => kk p * n | _ => kk p * n + (if nested then nn p else 0) end.

Definition run_model (value : name -> point -> path -> R) : model :=
  Model path nowhere value
    (fun s => if Pos.eqb s x_i then d else if Pos.eqb s x_step then K else if Pos.eqb s x_draw then n else 1%nat)
    (fun m p w v => agree_to (past m p) w v) (fun m p w X => given K (past m p) w X)
    riemann_integral riemann_integrable (fun _ _ => 0).

Section Laws.
Variable sg : signature.
Variable value : name -> point -> path -> R.
Variable limits : name -> expr -> R.
Notation M := (with_limits (run_model value) limits).
Hypothesis sg_times : times sg = if nested then [x_step; x_draw] else [x_step].
Hypothesis sg_units : forall s v, ~ In (s, Unit v) (scopes sg).
Hypothesis sg_step : start_of sg x_step = 1.
Hypothesis sg_draw : nested = true -> start_of sg x_draw = 0.

Lemma past_less : forall m k p, (m <= k)%nat -> (past m p <= past k p)%nat.
Proof. intros [|[|m]] [|[|k]] p L; cbn [past]; lia. Qed.
Lemma past_at_first : forall m t p, In t (times sg) -> (past m (upd p t (start_of sg t)) <= past m p)%nat.
Proof.
  intros m t p I. rewrite sg_times in I. assert (T : t = x_step \/ (t = x_draw /\ nested = true)).
  { destruct nested; simpl in I; intuition. }
  destruct T as [->|[-> N]].
  - assert (Z : kk (upd p x_step (start_of sg x_step)) = 0%nat).
    { unfold kk; rewrite upd_same, sg_step. replace 1 with (INR 1) by reflexivity. rewrite nat_of_INR; reflexivity. }
    assert (V : nn (upd p x_step (start_of sg x_step)) = nn p) by (unfold nn; rewrite upd_other; [reflexivity | discriminate]).
    destruct m as [|[|m]]; cbn [past]; rewrite ?Z, ?V; lia.
  - assert (Z : nn (upd p x_draw (start_of sg x_draw)) = 0%nat).
    { unfold nn; rewrite upd_same, sg_draw by exact N. replace 0 with (INR 0) by reflexivity. apply nat_of_INR. }
    assert (V : kk (upd p x_draw (start_of sg x_draw)) = kk p) by (unfold kk; rewrite upd_other; [reflexivity | discriminate]).
    destruct m as [|[|m]]; cbn [past]; rewrite ?Z, ?V; destruct nested; lia.
Qed.
Lemma past_elsewhere : forall m p q, (forall t, In t (firstn m (times sg)) -> p t = q t) -> past m p = past m q.
Proof.
  intros m p q H. rewrite sg_times in H. destruct m as [|[|m]]; cbn [past]; [reflexivity | |].
  - unfold kk; rewrite (H x_step); [reflexivity | destruct nested; simpl; auto].
  - unfold kk; rewrite (H x_step) by (destruct nested; simpl; auto). destruct nested; [|reflexivity].
    unfold nn; rewrite (H x_draw) by (simpl; auto); reflexivity.
Qed.

Lemma run_past : past_laws sg M.
Proof.
  repeat split; cbn [same_past with_limits run_model].
  - intros p w v j J; cbn [past] in J; lia.
  - intros m k p w v L A. eapply agree_less; [apply past_less, L | exact A].
  - intros m t p w v I A. eapply agree_less; [apply past_at_first, I | exact A].
  - intros m s u p w v I A. rewrite (past_elsewhere m (upd p s u) p); [exact A|].
    intros t T. apply upd_other. intros ->. apply I. rewrite <- (firstn_skipn m). apply in_or_app; left; exact T.
Qed.

Lemma run_expectation : expectation_laws sg M.
Proof.
  repeat split; cbn [same_past E with_limits run_model]; unfold Run.given, expect.
  - intros m p w a X Y. apply mean_linear.
  - intros m p w X H. apply mean_nonneg; [exact probability_nonneg | exact H].
  - intros m p w. apply mean_constant. exact probability_one.
  - intros m p w X Y H. apply mean_ext. exact H.
  - intros m p w v X H. apply mean_past; [exact probability_past | exact H].
  - intros m p q w X H. rewrite (past_elsewhere m p q H); reflexivity.
  - intros m k p w X H. apply (expect_tower d probability probability_one probability_past), past_less, H.
Qed.
Lemma run_integral : integral_laws sg M.
Proof.
  repeat split; cbn [integral integrable with_limits run_model].
  - intros a f g [x X] [y Y]. rewrite (integral_is _ _ X), (integral_is _ _ Y).
    apply integral_is, has_linear; assumption.
  - intros f [x X] H. rewrite (integral_is _ _ X). eapply has_nonneg; eauto.
  - intros m. apply integral_is, moment.
  - intros s v H. destruct (sg_units _ _ H).
Qed.

(* ---------------------------------------------------------------------------------- the kinds of symbols it has *)

Definition fixed_at (a : R) : point -> path -> R := fun _ _ => a.
Definition known (h : nat -> vector -> R) : point -> path -> R := fun p w => h (ii p) (iterate (kk p) w).
Definition drawn (h : nat -> nat -> nat -> path -> R) : point -> path -> R := fun p w => h (ii p) (nn p) (kk p) w.
Definition so_far : point -> path -> R := fun p w => INR (count (ii p) w (kk p * n) (nn p)).

Lemma law_fixed : forall x s a, value x = fixed_at a -> (integer s = true -> whole a) -> symbol_law sg M x s.
Proof.
  intros x s a V I. unfold symbol_law; cbn [Semantics.value with_limits run_model]; rewrite V.
  repeat split; try reflexivity. intros J p w _; exact (I J).
Qed.
Lemma law_variable : forall x s t l u z b, value x = (fun p _ => p t) -> find t (scopes sg) = Some (Time l u z b) ->
  In (At t) (over s) -> symbol_law sg M x s.
Proof.
  intros x s t l u z b V F I. unfold symbol_law; cbn [Semantics.value with_limits run_model]; rewrite V.
  repeat split; try reflexivity; [intros p q w H; apply H, I|]. intros _ p w L. specialize (L t). unfold coordinate in L.
  rewrite F in L. destruct L as (k & _ & ->). exists (z + Z.of_nat k)%Z. rewrite plus_IZR, <- INR_IZR_INZ; reflexivity.
Qed.
Lemma law_known : forall x s h, value x = known h -> In (At x_step) (over s) -> In Rnd (over s) ->
  (In (At x_i) (over s) \/ forall i j v, h i v = h j v) ->
  (integer s = true -> forall i k w, whole (h i (iterate k w))) -> symbol_law sg M x s.
Proof.
  intros x s h V S N I W. unfold symbol_law; cbn [Semantics.value same_past with_limits run_model]; rewrite V; unfold known.
  repeat split.
  - intros p q w H. replace (kk q) with (kk p) by (unfold kk; rewrite (H _ S); reflexivity).
    destruct I as [I|I]; [|apply I]. unfold ii; rewrite (H _ I); reflexivity.
  - contradiction.
  - intros m p w v [L _] _ A. rewrite (iterate_past (kk p) w v); [reflexivity|].
    eapply agree_less; [|exact A]. destruct m as [|[|m]]; cbn [past]; lia.
  - intros J p w _. apply W; auto.
Qed.
Lemma law_drawn : forall x s h, value x = drawn h -> In (At x_step) (over s) -> In Rnd (over s) -> In (At x_i) (over s) ->
  (forall m, (1 <= m <= length (times sg))%nat -> In (Unk m) (over s)) ->
  (In (At x_draw) (over s) \/ forall i j l k w, h i j k w = h i l k w) ->
  (integer s = true -> forall i j k w, whole (h i j k w)) -> symbol_law sg M x s.
Proof.
  intros x s h V S N I U D W. unfold symbol_law; cbn [Semantics.value same_past with_limits run_model]; rewrite V; unfold drawn.
  repeat split.
  - intros p q w H. unfold ii, kk; rewrite (H _ S), (H _ I). destruct D as [D|D]; [unfold nn; rewrite (H _ D); reflexivity | apply D].
  - contradiction.
  - intros m p w v L B. destruct (B (U m L)).
  - intros J p w _. apply W, J.
Qed.
Lemma law_so_far : forall x s, nested = true -> value x = so_far -> In (At x_step) (over s) -> In Rnd (over s) ->
  In (At x_i) (over s) -> In (At x_draw) (over s) -> In (Unk 1) (over s) -> symbol_law sg M x s.
Proof.
  intros x s T V S N I D U. unfold symbol_law; cbn [Semantics.value same_past with_limits run_model]; rewrite V; unfold so_far.
  repeat split.
  - intros p q w H. unfold ii, kk, nn; rewrite (H _ S), (H _ I), (H _ D); reflexivity.
  - contradiction.
  - intros m p w v [L _] B A. destruct m as [|[|m]]; [lia | contradiction|].
    rewrite (count_past (nn p) (ii p) (kk p * n) w v); [reflexivity|]. eapply agree_less; [|exact A].
    cbn [past]; rewrite T; lia.
  - intros _ p w _. exists (Z.of_nat (count (ii p) w (kk p * n) (nn p))). apply INR_IZR_INZ.
Qed.
End Laws.
End Run.
