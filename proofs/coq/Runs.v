(* From certificates to theorems about ZIM's run. The checker accepts a certificate (computed here, by Coq), so by
   `soundness` its statement is true in every model. T1.v, Proposition4.v and HalfInteger.v show that the run is one in
   which the hypotheses hold, and spell the conclusion out; here is what they share. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool Lra Lia Arith FunctionalExtensionality.
From Convbound Require Import Syntax Semantics Checker Reach Reading Limits Soundness Run Trees Limsup Integral Certificates Zim.
Import ListNotations.
Open Scope R_scope.

(* What a certificate proves, computed. *)
Definition result (c : certificate) : statement :=
  match check c with Some t => t | None => Statement (declared c) [] (Formula (Const 0) WEq (Const 1)) end.
Definition accepted (c : certificate) : bool := match check c with Some _ => true | None => false end.
Lemma result_valid : forall c t, accepted c = true -> result c = t -> valid t.
Proof.
  unfold accepted, result; intros c t A <-. destruct (check c) eqn:D; [exact (soundness _ _ D) | discriminate].
Qed.

Definition t1a_says := Eval vm_compute in result t1a.
Definition t1a_limit_says := Eval vm_compute in result t1a_limit.
Definition t1b_says := Eval vm_compute in result t1b.
Definition t1b_limit_says := Eval vm_compute in result t1b_limit.
Definition prop_4_says := Eval vm_compute in result prop_4.
Definition prop_4_refined_says := Eval vm_compute in result prop_4_refined.
Definition half_integer_says := Eval vm_compute in result half_integer_floor.
Lemma prop_4_valid : valid prop_4_says. Proof. apply (result_valid prop_4); vm_compute; reflexivity. Qed.
Lemma prop_4_refined_valid : valid prop_4_refined_says.
Proof. apply (result_valid prop_4_refined); vm_compute; reflexivity. Qed.
Lemma half_integer_valid : valid half_integer_says.
Proof. apply (result_valid half_integer_floor); vm_compute; reflexivity. Qed.
Lemma t1a_valid : valid t1a_says. Proof. apply (result_valid t1a); vm_compute; reflexivity. Qed.
Lemma t1a_limit_valid : valid t1a_limit_says. Proof. apply (result_valid t1a_limit); vm_compute; reflexivity. Qed.
Lemma t1b_valid : valid t1b_says. Proof. apply (result_valid t1b); vm_compute; reflexivity. Qed.
Lemma t1b_limit_valid : valid t1b_limit_says. Proof. apply (result_valid t1b_limit); vm_compute; reflexivity. Qed.

Definition lookup (table : list (name * (point -> path -> R))) (x : name) : point -> path -> R :=
  match find x table with Some f => f | None => fun _ _ => 0 end.

(* ------------------------------------------------------------------------- the values of the symbols along a run *)

Section Values.
Variables d n : nat.
Variables r c L : R.
Variable F : vector -> R.
Variable G : vector -> vector.
Variable w1 : vector.
Variable F_inf : R.
Variable K : nat.

Notation norm1 := (norm1 d G).
Notation norm2 := (norm2 d G).
Notation known := (known n G w1).
Definition values : list (name * (point -> path -> R)) := [
  (x_d, fixed_at (INR d)); (x_n, fixed_at (INR n)); (x_K, fixed_at (INR K));
  (x_r, fixed_at r); (x_c, fixed_at c); (x_L, fixed_at L);
  (x_F_1, fixed_at (F w1)); (x_F_inf, fixed_at F_inf); (x_Delta, fixed_at (F w1 - F_inf));
  (x_inv_K, fixed_at (1 / INR K)); (x_inv_n, fixed_at (1 / INR n)); (x_inv_r, fixed_at (1 / r));
  (x_sqrt_d, fixed_at (sqrt (INR d))); (x_inv_sqrt_d, fixed_at (1 / sqrt (INR d)));
  (x_k, fun p _ => p x_step); (x_nu, fun p _ => p x_draw);
  (x_F, known (fun _ x => F x)); (x_w, known (fun i x => x i)); (x_z, known (fun i x => x i));
  (x_g, known (fun i x => G x i));
  (x_a, known (fun i x => Rabs (G x i))); (x_sg, known (fun i x => sgn (G x i)));
  (x_q, known (fun i x => share d c G x i)); (x_p, known (fun i x => r * share d c G x i));
  (x_phi, known (fun _ x => phi d c G x)); (x_t, known (fun _ x => sqrt (norm2 x)));
  (x_inv_497034, known (fun _ x => 1 / (c * INR d + norm1 x))); (x_inv_f1f657, known (fun _ x => 1 / (c * INR d + norm1 x)));
  (x_b, drawn (fun i v k w => INR (if Nat.eqb (w (k * n + v)%nat) i then 1 else 0)));
  (x_x, so_far n);
  (x_y, drawn (fun i _ k w => INR (count i w (k * n) n)));
  (x_u, drawn (fun i _ k w => sgn (G (iterate n G w1 k w) i) * INR (count i w (k * n) n)))].
End Values.

(* ----------------------------------------------------------------------------------------------------- the tactics *)

(* The values of a known quantity in all coordinates: nat_of (1 + INR k) is the k-th coordinate. *)
Ltac places :=
  repeat match goal with |- context [sum_to ?m ?f] =>
    let H := fresh in
    eassert (H : sum_to m f = sum_to m _) by (apply sum_to_ext; intros ? ?; rewrite !nat_of_place, ?Nat.sub_succ, ?Nat.sub_0_r; reflexivity);
    rewrite H; clear H
  end.
Ltac compute_den := cbv [map defined_as den find functionals about Pos.eqb apply_functional total start_of scopes length past
  with_limits run_model outcome value size integral E lookup values Zim.fixed_at Zim.known Zim.drawn Zim.so_far upd moved
  ii kk nn Q2R Qnum Qden t1a_says t1a_limit_says t1b_says t1b_limit_says
  prop_4_says prop_4_refined_says half_integer_says app x_z x_mu x_M x_M_G x_alpha x_inv_L x_inv_M_G x_inv_mu x_inv_alpha
  x_inv_46773b x_run x_d x_i x_K x_k x_step x_L x_F x_sum_i x_w x_g x_u x_E_k x_F_inf x_F_1 x_inv_K x_E x_sum_k x_avg_k x_n x_r x_c x_nu
  x_draw x_x x_b x_E_nu x_p x_a x_q x_y x_sg x_Delta x_phi x_inv_r x_inv_n x_inv_497034 x_sqrt_d x_t x_inv_f1f657
  x_inv_sqrt_d].
Ltac each := repeat first [apply Forall_nil | apply Forall_cons].

Ltac field_of_run := f_equal; field.
Ltac model_of_run says :=
  split; [|split; [|split; [|split; [|split]]]];
  [ apply run_past; first [assumption | reflexivity | discriminate | intros; reflexivity]
  | apply run_expectation; first [assumption | reflexivity | discriminate | intros; reflexivity]
  | apply run_integral; intros s v H; cbn in H; intuition discriminate
  | each; cbn [fst snd scope_law size with_limits run_model]; repeat split; intros; first [assumption | reflexivity]
  | cbn [symbols about says]; each; cbn [fst snd];
    first
    [ eapply law_fixed; [reflexivity | cbn [integer]; first [discriminate | intros _; apply whole_INR]]
    | eapply law_known; [assumption | assumption | reflexivity | cbn; tauto | cbn; tauto
                        | cbn; first [left; tauto | right; reflexivity]
                        | cbn [integer]; first [discriminate | intros _ ? ? ?; first [apply whole_sgn | apply whole_iterate; assumption]]]
    | eapply law_variable; [reflexivity | reflexivity | cbn; tauto]
    | eapply law_so_far; [assumption | assumption | reflexivity | reflexivity | cbn; tauto ..]
    | eapply law_drawn;
      [ reflexivity | cbn; tauto | cbn; tauto | cbn; tauto
      | intros m Hm; cbn in Hm; first [assert (m = 1)%nat as -> by lia | assert (m = 1 \/ m = 2)%nat as [-> | ->] by lia]; cbn; tauto
      | cbn; first [left; tauto | right; reflexivity]
      | intros _ ? ? ? ?; cbv beta; repeat first [apply whole_mult | apply whole_sgn | apply whole_INR] ] ]
  | cbn [definitions about says]; each; cbn [fst snd]; intros p w; compute_den; places;
    unfold phi, share, norm1, norm2, sum; rewrite ?Rinv_1, ?Rmult_1_l;
    first [reflexivity | split; [apply sgn_values | apply sgn_abs] | field_of_run] ].

Ltac points says :=
  intros p w Lg; cbn [relation left_side right_side compare_as]; compute_den; places;
  pose proof (Lg x_i) as Li; pose proof (Lg x_step) as Ls; pose proof (Lg x_draw) as Ld; clear Lg;
  cbv [coordinate about says scopes find Pos.eqb x_i x_step x_draw size with_limits run_model] in Li, Ls, Ld;
  destruct Li as (i & Hi & Li), Ls as (k & Hk & Ls); try destruct Ld as (v & Hv & Ld); rewrite ?Nat.add_0_r in *;
  rewrite ?Li, ?Ls; try rewrite !Ld; rewrite ?nat_of_place, ?nat_of_next, ?nat_of_count, ?nat_of_later, ?nat_of_one, ?nat_of_zero;
  rewrite ?Nat.sub_succ, ?Nat.sub_0_r, ?Nat.sub_diag.

