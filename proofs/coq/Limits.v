(* The limit superior of a bounded sequence, the ratio of two polynomials in K, and the rule about both. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia FunctionalExtensionality ClassicalDedekindReals.
From Convbound Require Import Syntax Semantics Polynomials Checker Reach Reading Functionals.
Import ListNotations.
Open Scope R_scope.

Lemma limsup_exists : forall u b B N, (forall n, b <= u n) -> (forall n, (N <= n)%nat -> u n <= B) ->
  exists l, is_limsup u l.
Proof.
  intros u b B N Hb HB.
  set (tail := fun i x => exists n, (N + i <= n)%nat /\ x = u n).
  assert (bounded_tail : forall i, bound (tail i)).
  { intros i; exists B; intros x (n & I & ->); apply HB; lia. }
  assert (some_tail : forall i, exists x, tail i x).
  { intros i; exists (u (N + i)%nat), (N + i)%nat; auto. }
  set (sup := fun i => proj1_sig (completeness (tail i) (bounded_tail i) (some_tail i))).
  assert (sup_ok : forall i, is_lub (tail i) (sup i)).
  { intros i; unfold sup; apply proj2_sig. }
  assert (sup_low : forall i, b <= sup i).
  { intros i; destruct (sup_ok i) as [H _]. pose proof (H _ (ex_intro _ (N + i)%nat (conj (le_n _) eq_refl))).
    pose proof (Hb (N + i)%nat); lra. }
  destruct (completeness (fun x => exists i, x = - sup i)) as [s [S1 S2]].
  { exists (- b); intros x [i ->]; pose proof (sup_low i); lra. }
  { exists (- sup 0%nat); eauto. }
  exists (- s); intros e He; split.
  - destruct (sig_forall_dec (fun i => - s + e <= sup i)) as [[i H]|H].
    + intros i; destruct (Rle_dec (- s + e) (sup i)); auto.
    + exists (N + i)%nat; intros n I. destruct (sup_ok i) as [U _].
      pose proof (U (u n) (ex_intro _ n (conj I eq_refl))). lra.
    + exfalso. assert (s <= s - e); [|lra]. apply S2; intros x [i ->]; pose proof (H i); lra.
  - intros m. destruct (sig_forall_dec (fun i => u (N + m + i)%nat <= - s - e)) as [[i H]|H].
    + intros i; destruct (Rle_dec (u (N + m + i)%nat) (- s - e)); auto.
    + exists (N + m + i)%nat; split; [lia | lra].
    + exfalso. destruct (sup_ok m) as [_ L].
      assert (sup m <= - s - e).
      { apply L; intros x (n & I & ->). replace n with (N + m + (n - (N + m)))%nat by lia; apply H. }
      pose proof (S1 _ (ex_intro _ m eq_refl)); simpl in *; lra.
Qed.

(* u is at most n/d, which tends to N/D, and bounded below: d * limsup u <= n in the limit. *)
Lemma limit_bound : forall u l b n d x y, limsup_or_zero u l -> (forall m, b <= u m) ->
  Un_cv n x -> Un_cv d y -> y > 0 -> (forall m, 0 <= n m - d m * u m) -> 0 <= x - y * l.
Proof.
  intros u l b n d x y L Hb Hn Hd Hy H.
  assert (Up : forall e, 0 < e -> exists N, forall m, (N <= m)%nat -> u m < x / y + e).
  { intros e He.
    assert (C : Un_cv (fun m => n m - d m * (x / y + e)) (x - y * (x / y + e))).
    { apply (CV_minus n (fun m => d m * (x / y + e))); auto.
      apply (CV_mult d (fun _ => x / y + e)); auto.
      intros eps He'; exists 0%nat; intros; unfold R_dist; rewrite Rminus_diag_eq, Rabs_R0; auto. }
    assert (V : x - y * (x / y + e) = - (y * e)) by (field; lra).
    assert (P : y * e > 0) by (apply Rmult_gt_0_compat; lra).
    destruct (C (y * e) P) as [N1 C1]; destruct (Hd y Hy) as [N2 C2].
    exists (N1 + N2)%nat; intros m I.
    specialize (C1 m ltac:(lia)); specialize (C2 m ltac:(lia)); unfold R_dist in *; rewrite V in C1.
    apply Rabs_def2 in C1; apply Rabs_def2 in C2; specialize (H m).
    destruct (Rlt_dec (u m) (x / y + e)) as [|Ge]; auto. exfalso.
    assert (d m * (x / y + e) <= d m * u m) by (apply Rmult_le_compat_l; lra). lra. }
  destruct L as [L|[No _]].
  - assert (l <= x / y).
    { destruct (Rle_dec l (x / y)) as [|G]; auto. exfalso.
      assert (P : 0 < (l - x / y) / 2) by lra.
      destruct (Up _ P) as [N A]; destruct (L _ P) as [_ C]; destruct (C N) as (m & I & D).
      pose proof (A m I); lra. }
    assert (y * l <= y * (x / y)) by (apply Rmult_le_compat_l; lra).
    replace (y * (x / y)) with x in H1 by (field; lra). lra.
  - exfalso. destruct (Up 1 ltac:(lra)) as [N A].
    destruct (limsup_exists u b (x / y + 1) N Hb) as [z Z]; [intros m I; left; apply A; exact I|].
    exact (No z Z).
Qed.

Lemma power_ratio : forall e d, (e <= d)%nat ->
  Un_cv (fun m => INR (S m) ^ e / INR (S m) ^ d) (if Nat.eqb e d then 1 else 0).
Proof.
  intros e d H eps He.
  assert (P : forall m, 0 < INR (S m)) by (intros; apply lt_0_INR; lia).
  destruct (Nat.eqb_spec e d) as [->|N].
  - exists 0%nat; intros m _; unfold R_dist, Rdiv. rewrite Rinv_r by (apply pow_nonzero; specialize (P m); lra).
    rewrite Rminus_diag_eq, Rabs_R0; auto.
  - destruct (archimed_cor1 eps He) as (n & A & B). exists n; intros m I; unfold R_dist; rewrite Rminus_0_r.
    replace d with (e + S (d - e - 1))%nat by lia. rewrite pow_add.
    set (r := (d - e - 1)%nat). set (K := INR (S m)) in *.
    assert (K1 : 1 <= K) by (unfold K; change 1 with (INR 1); apply le_INR; lia).
    assert (Kr : 1 <= K ^ r) by (apply pow_R1_Rle; exact K1).
    assert (K ^ e > 0) by (apply pow_lt; lra).
    replace (K ^ e / (K ^ e * K ^ S r)) with (/ (K * K ^ r)) by (simpl; field; split; [lra|split; lra]).
    assert (KK : K <= K * K ^ r) by (rewrite <- (Rmult_1_r K) at 1; apply Rmult_le_compat_l; lra).
    rewrite Rabs_pos_eq by (left; apply Rinv_0_lt_compat; lra).
    apply Rle_lt_trans with (/ INR n); auto.
    assert (0 < INR n) by (apply lt_0_INR; exact B).
    apply Rinv_le_contravar; auto. apply Rle_trans with K; auto. unfold K; apply le_INR; lia.
Qed.

Section Process.
Variable sg : signature.
Variable W : nat -> model.
Variable k : name.
Hypothesis HM : forall n, is_model sg (W n).
Hypothesis HP : is_process sg k W.

Lemma fixed_value : forall x, fixed sg k x = true ->
  forall n p w m, value (W n) x p w = value (W m) x origin (some_outcome (W m)).
Proof.
  intros x F n p w m. destruct HP as (_ & Fix & _). rewrite (Fix x F m n).
  unfold fixed in F. destruct (find x (symbols sg)) as [s|] eqn:D; [|discriminate].
  cbn [forallb] in F; splitb. rewrite D in H1. destruct (over s) eqn:O; [|discriminate].
  destruct (law_symbol sg (W n) (HM n) _ _ D) as (L1 & L2 & _). rewrite O in *.
  rewrite (L1 p origin w) by (intros c []). apply L2; intros [].
Qed.

Definition rest (m : mono) : R := evm sg (W 0%nat) (snd (split_power k m)) origin (some_outcome (W 0%nat)).

Lemma fixed_not_k : fixed sg k k = false.
Proof.
  unfold fixed; destruct (find k (symbols sg)); [|reflexivity].
  cbn [forallb]; rewrite Pos.eqb_refl; reflexivity.
Qed.

Lemma mono_power : forall m,
  forallb (fun a => match a with Sym x => Pos.eqb x k || fixed sg k x | _ => false end) (map fst m) = true ->
  forall n p w, evm sg (W n) m p w = INR (S n) ^ fst (split_power k m) * rest m /\
                evm sg (W n) (snd (split_power k m)) p w = rest m.
Proof.
  unfold rest; induction m as [|[a e] r IH]; intros H n p w; cbn [map forallb fst] in H.
  - simpl; split; ring.
  - splitb. destruct (IH H0 n p w) as [I1 I2]. destruct a; try discriminate.
    unfold split_power in *; cbn [fold_right filter fst snd] in *.
    destruct (Pos.eqb_spec x k) as [->|N].
    + cbn [negb fst snd]; split; [|exact I2]. cbn [evm]; rewrite I1. unfold evf; cbn [fst snd den].
      destruct HP as (KV & _). rewrite KV, pow_add; ring.
    + cbn [negb fst snd evm]. rewrite I2, I1. simpl orb in H. unfold evf; cbn [fst snd den].
      rewrite (fixed_value x H n p w 0%nat). split; ring.
Qed.

Lemma only_fixed_cons : forall m c q, only_fixed (fixed sg k) k ((m, c) :: q) = true ->
  forallb (fun a => match a with Sym x => Pos.eqb x k || fixed sg k x | _ => false end) (map fst m) = true /\
  only_fixed (fixed sg k) k q = true.
Proof.
  unfold only_fixed, atoms; intros m c q H; cbn [flat_map fst] in H. rewrite forallb_app in H; apply andb_true_iff in H.
  exact H.
Qed.

Lemma top_ok : forall d q, only_fixed (fixed sg k) k q = true -> (degree k q <= d)%nat ->
  forall P (w : forall n, outcome (W n)),
  exists c, (forall n p v, evp sg (W n) (top k d q) p v = c) /\
            Un_cv (fun n => evp sg (W n) q (P n) (w n) / INR (S n) ^ d) c.
Proof.
  intros d q; induction q as [|[m c] q IH]; intros F D P w.
  - exists 0; split; [reflexivity|]. intros e He; exists 0%nat; intros n _; unfold R_dist; simpl evp.
    unfold Rdiv; rewrite Rmult_0_l, Rminus_0_r, Rabs_R0; auto.
  - apply only_fixed_cons in F; destruct F as [F1 F2]. unfold degree in D; cbn [fold_right fst] in D.
    destruct (IH F2 ltac:(unfold degree; lia) P w) as (z & Z1 & Z2).
    pose proof (power_ratio (fst (split_power k m)) d ltac:(lia)) as PR.
    exists (Q2R c * (if Nat.eqb (fst (split_power k m)) d then 1 else 0) * rest m + z); split.
    + intros n p v. unfold top; cbn [fold_right fst snd]; fold (top k d q).
      pose proof (mono_power m F1 n p v) as [_ R2].
      destruct (split_power k m) as [e r]; cbn [fst snd] in *. destruct (Nat.eqb e d).
      * rewrite insert_term_ok, Z1, R2; ring.
      * rewrite Z1; ring.
    + assert (C : Un_cv (fun n => Q2R c * (INR (S n) ^ fst (split_power k m) / INR (S n) ^ d) * rest m +
                                  evp sg (W n) q (P n) (w n) / INR (S n) ^ d)
                        (Q2R c * (if Nat.eqb (fst (split_power k m)) d then 1 else 0) * rest m + z)).
      { assert (K : forall x, Un_cv (fun _ => x) x)
          by (intros x e He; exists 0%nat; intros; unfold R_dist; rewrite Rminus_diag_eq, Rabs_R0; auto).
        apply (CV_plus (fun n => Q2R c * (INR (S n) ^ fst (split_power k m) / INR (S n) ^ d) * rest m)
                       (fun n => evp sg (W n) q (P n) (w n) / INR (S n) ^ d)); auto.
        apply (CV_mult (fun n => Q2R c * (INR (S n) ^ fst (split_power k m) / INR (S n) ^ d)) (fun _ => rest m)); auto.
        apply (CV_mult (fun _ => Q2R c) (fun n => INR (S n) ^ fst (split_power k m) / INR (S n) ^ d)); auto. }
      intros e He; destruct (C e He) as [N A]; exists N; intros n I; specialize (A n I).
      replace (evp sg (W n) ((m, c) :: q) (P n) (w n) / INR (S n) ^ d) with
        (Q2R c * (INR (S n) ^ fst (split_power k m) / INR (S n) ^ d) * rest m + evp sg (W n) q (P n) (w n) / INR (S n) ^ d);
        auto.
      cbn [evp]. rewrite (proj1 (mono_power m F1 n (P n) (w n))). unfold Rdiv; ring.
Qed.

Lemma constant_ok : forall q, constant_along (fixed sg k) q = true ->
  forall n p w, evp sg (W n) q p w = evp sg (W 0%nat) q origin (some_outcome (W 0%nat)).
Proof.
  intros q H n p w; induction q as [|[m c] q IH]; [reflexivity|].
  unfold constant_along, atoms in H; cbn [flat_map fst] in H. rewrite forallb_app in H; apply andb_true_iff in H.
  destruct H as [H1 H2]; cbn [evp]; rewrite (IH H2); f_equal; f_equal.
  clear - H1 HM HP. induction m as [|[a e] m IH]; [reflexivity|].
  cbn [map forallb fst] in H1; apply andb_true_iff in H1; destruct H1 as [A B]. destruct a; try discriminate.
  cbn [evm]; rewrite (IH B); f_equal. unfold evf; cbn [fst snd den]. rewrite (fixed_value x A n p w 0%nat); reflexivity.
Qed.

(* Closed expressions do not depend on the point. *)
Lemma coordinates_ok : forall e s, all_declared sg e = true -> reach sg e (At s) = true -> In s (coordinates sg e).
Proof.
  induction e; intros s D H; cbn [all_declared reach coordinates] in *; try discriminate.
  - destruct (find x (symbols sg)) as [y|]; [|discriminate]. apply mem_elt_in in H.
    apply in_flat_map; exists (At s); split; [exact H | left; reflexivity].
  - splitb; apply orb_true_iff in H; apply in_or_app; destruct H; auto.
  - splitb; apply orb_true_iff in H; apply in_or_app; destruct H; auto.
  - auto.
  - splitb. destruct (find f (functionals sg)) as [g|]; [|discriminate]. rewrite H1 in H.
    apply in_or_app. unfold reach_functional in H. apply orb_true_iff in H; destruct H as [H|H].
    + left; apply IHe; auto. destruct (over_time sg g); unfold unforeseen in H; try rewrite orb_false_r in H;
        apply andb_true_iff in H; tauto.
    + right. destruct g as [|?|?|[|a g]]; try discriminate. exact (proj1 (mem_in s (a :: g)) H).
  - apply IHe; auto. unfold reach_shift, unforeseen in H.
    destruct h; try rewrite orb_false_r in H; auto; apply andb_true_iff in H; tauto.
Qed.

Lemma closed_ok : forall q, closed sg q = true -> forall n p w v, evp sg (W n) q p w = evp sg (W n) q origin v.
Proof.
  intros q H n p w v; induction q as [|[m c] q IH]; [reflexivity|].
  unfold closed, atoms in H; cbn [flat_map fst] in H. rewrite forallb_app in H; apply andb_true_iff in H.
  destruct H as [H1 H2]; cbn [evp]; rewrite (IH H2); f_equal; f_equal.
  clear - H1 HM. induction m as [|[a e] m IH]; [reflexivity|].
  cbn [map forallb fst] in H1; splitb. cbn [evm]; rewrite (IH H0); f_equal. unfold evf; cbn [fst snd].
  destruct (reach_ok sg (W n) (HM n) a) as [B1 [B2 _]].
  rewrite (B1 p origin w).
  - rewrite (B2 H2 origin w v); reflexivity.
  - intros s Hs. rewrite forallb_forall in H1. pose proof (H1 s (coordinates_ok a s H Hs)) as X.
    rewrite Hs in X; discriminate.
Qed.

Lemma legal_exists : forall n, exists p, legal sg (W n) p.
Proof.
  intros n. exists (fun s => match find s (scopes sg) with
    | Some (Index _) => 1 | Some (Time _ _ start _) => IZR start | _ => 0 end).
  intros s; unfold coordinate. destruct (find s (scopes sg)) as [[| |]|] eqn:F; auto.
  - pose proof (law_scope sg (W n) (HM n) _ _ F) as [L _]. exists 0%nat; split; [lia | simpl; lra].
  - pose proof (law_scope sg (W n) (HM n) _ _ F) as [L _]. exists 0%nat; split; [lia | simpl; lra].
  - lra.
Qed.

Theorem limit_ok : forall u n d b, closed sg u = true ->
  only_fixed (fixed sg k) k n = true -> only_fixed (fixed sg k) k d = true -> constant_along (fixed sg k) b = true ->
  (degree k n <= degree k d)%nat ->
  (forall m p w, legal sg (W m) p -> 0 <= evp sg (W m) n p w - evp sg (W m) d p w * evp sg (W m) u p w) ->
  (forall m p w, legal sg (W m) p -> 0 <= evp sg (W m) u p w - evp sg (W m) b p w) ->
  (forall m p w, legal sg (W m) p -> evp sg (W m) (top k (degree k d) d) p w > 0) ->
  forall m p w, 0 <= evp sg (W m) (top k (degree k d) n) p w -
                     evp sg (W m) (top k (degree k d) d) p w * limit_value (W m) k (write u).
Proof.
  intros u n d b Cu Fn Fd Fb Deg Hup Hlow Hlead m p w.
  set (o := fun i => some_outcome (W i)).
  destruct (legal_exists m) as [pm Lm].
  destruct (top_ok (degree k d) n Fn Deg (fun _ => origin) o) as (x & X1 & X2).
  destruct (top_ok (degree k d) d Fd (le_n _) (fun _ => origin) o) as (y & Y1 & Y2).
  rewrite X1, Y1. destruct HP as (KV & _ & LV).
  assert (NC : forall q, only_fixed (fixed sg k) k q = true -> forall i p p' w w', evp sg (W i) q p w = evp sg (W i) q p' w').
  { clear - HM HP. intros q; induction q as [|[m c] q IH]; intros F i p p' w w'; [reflexivity|].
    apply only_fixed_cons in F; destruct F as [F1 F2]; cbn [evp]; rewrite (IH F2 i p p' w w').
    rewrite (proj1 (mono_power m F1 i p w)), (proj1 (mono_power m F1 i p' w')); reflexivity. }
  apply (limit_bound (fun i => den sg (W i) (write u) origin (o i)) _
           (evp sg (W 0%nat) b origin (o 0%nat))
           (fun i => evp sg (W i) n origin (o i) / INR (S i) ^ degree k d)
           (fun i => evp sg (W i) d origin (o i) / INR (S i) ^ degree k d)); auto.
  - intros i. destruct (legal_exists i) as [q L]. pose proof (Hlow i q (o i) L) as H.
    rewrite (closed_ok u Cu i q (o i) (o i)) in H. rewrite (constant_ok b Fb i q (o i)) in H.
    rewrite write_ok; unfold o in *; lra.
  - rewrite <- (Y1 m pm (o m)); apply Hlead; exact Lm.
  - intros i. destruct (legal_exists i) as [q L]. pose proof (Hup i q (o i) L) as H.
    rewrite (closed_ok u Cu i q (o i) (o i)), (NC n Fn i q origin (o i) (o i)), (NC d Fd i q origin (o i) (o i)) in H.
    rewrite write_ok. assert (P : 0 < INR (S i) ^ degree k d) by (apply pow_lt, lt_0_INR; lia).
    replace (evp sg (W i) n origin (o i) / INR (S i) ^ degree k d -
             evp sg (W i) d origin (o i) / INR (S i) ^ degree k d * evp sg (W i) u origin (o i))
      with ((evp sg (W i) n origin (o i) - evp sg (W i) d origin (o i) * evp sg (W i) u origin (o i)) *
            / INR (S i) ^ degree k d) by (field; lra).
    apply Rmult_le_pos; [exact H | left; apply Rinv_0_lt_compat; exact P].
Qed.
End Process.
