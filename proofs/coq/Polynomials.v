(* Polynomials over the rationals whose variables are expressions (atoms), in normal form: factors and terms sorted. *)

From Coq Require Import List ZArith QArith Qreduction Reals Qreals Bool Lra Lia.
From Convbound Require Import Syntax Semantics.
Import ListNotations.

Arguments Qred : simpl never.
Arguments Qplus : simpl never.
Arguments Qmult : simpl never.

Definition mono := list (expr * nat).
Definition poly := list (mono * Q).

(* A total order; only that Eq means equal is needed for soundness. *)
Definition rank (e : expr) : nat :=
  match e with
  | Sym _ => 0 | Const _ => 1 | Add _ _ => 2 | Mul _ _ => 3 | Pow _ _ => 4 | App _ _ => 5 | Shift _ _ _ => 6 | Limsup _ _ => 7
  end.
Definition how_rank (h : how) : nat := match h with Next => 0 | First => 1 | Last => 2 end.
Definition lex (a b : comparison) : comparison := match a with Eq => b | _ => a end.

Fixpoint cmp (a b : expr) : comparison :=
  match a, b with
  | Sym x, Sym y => Pos.compare x y
  | Const p, Const q => lex (Z.compare (Qnum p) (Qnum q)) (Pos.compare (Qden p) (Qden q))
  | Add x y, Add z t => lex (cmp x z) (cmp y t)
  | Mul x y, Mul z t => lex (cmp x z) (cmp y t)
  | Pow x n, Pow y m => lex (cmp x y) (Nat.compare n m)
  | App f x, App g y => lex (Pos.compare f g) (cmp x y)
  | Shift h t x, Shift i u y => lex (Nat.compare (how_rank h) (how_rank i)) (lex (Pos.compare t u) (cmp x y))
  | Limsup k x, Limsup l y => lex (Pos.compare k l) (cmp x y)
  | _, _ => Nat.compare (rank a) (rank b)
  end.

Lemma lex_eq : forall a b, lex a b = Eq -> a = Eq /\ b = Eq.
Proof. intros [] b; simpl; intros; try discriminate; auto. Qed.

Ltac split_lex :=
  repeat match goal with
  | H : lex _ _ = Eq |- _ => apply lex_eq in H; destruct H
  | H : Pos.compare _ _ = Eq |- _ => apply Pos.compare_eq in H; subst
  | H : Z.compare _ _ = Eq |- _ => apply Z.compare_eq in H
  | H : Nat.compare _ _ = Eq |- _ => apply Nat.compare_eq in H; subst
  end.

Lemma cmp_eq : forall a b, cmp a b = Eq -> a = b.
Proof.
  induction a; intros b; destruct b; simpl; intros H; try discriminate; split_lex;
    try (f_equal; auto; fail).
  - destruct q, q0; simpl in *; subst; reflexivity.
  - destruct h, h0; simpl in *; try discriminate; f_equal; auto.
Qed.

Fixpoint mcmp (a b : mono) : comparison :=
  match a, b with
  | [], [] => Eq
  | [], _ => Lt
  | _, [] => Gt
  | (x, n) :: r, (y, m) :: s => lex (cmp x y) (lex (Nat.compare n m) (mcmp r s))
  end.

Lemma mcmp_eq : forall a b, mcmp a b = Eq -> a = b.
Proof.
  induction a as [|[x n] r IH]; intros [|[y m] s]; simpl; intros H; try discriminate; auto.
  split_lex. apply cmp_eq in H; apply IH in H1; subst; reflexivity.
Qed.

Fixpoint insert_factor (x : expr) (n : nat) (m : mono) : mono :=
  match m with
  | [] => [(x, n)]
  | (y, k) :: r => match cmp x y with
      | Eq => (y, (n + k)%nat) :: r
      | Lt => (x, n) :: m
      | Gt => (y, k) :: insert_factor x n r
      end
  end.
Definition mmul (a b : mono) : mono := fold_right (fun f m => insert_factor (fst f) (snd f) m) b a.

Fixpoint insert_term (m : mono) (c : Q) (p : poly) : poly :=
  match p with
  | [] => if Qeq_bool c 0 then [] else [(m, c)]
  | (k, d) :: r => match mcmp m k with
      | Eq => let s := Qred (c + d) in if Qeq_bool s 0 then r else (k, s) :: r
      | Lt => if Qeq_bool c 0 then p else (m, c) :: p
      | Gt => (k, d) :: insert_term m c r
      end
  end.
Definition padd (p q : poly) : poly := fold_right (fun t r => insert_term (fst t) (snd t) r) q p.
Definition pterm (m : mono) (c : Q) (p q : poly) : poly :=   (* q + c*m*p *)
  fold_right (fun t r => insert_term (mmul m (fst t)) (Qred (c * snd t)) r) q p.
Definition pmul (p q : poly) : poly := fold_right (fun t r => pterm (fst t) (snd t) q r) [] p.
Definition pscale (c : Q) (p : poly) : poly := pterm [] c p [].
Definition psub (p q : poly) : poly := pterm [] (-(1))%Q q p.
Definition pconst (c : Q) : poly := insert_term [] (Qred c) [].
Definition pvar (x : expr) : poly := [([(x, 1%nat)], 1%Q)].
Fixpoint ppow (p : poly) (n : nat) : poly := match n with O => pconst 1 | S O => p | S m => pmul p (ppow p m) end.
Definition is_zero (p : poly) : bool := match p with [] => true | _ => false end.
Definition same (p q : poly) : bool := is_zero (psub p q).
Definition atoms (p : poly) : list expr := flat_map (fun t => map fst (fst t)) p.

(* An expression that reads as the polynomial. *)
Definition write_factor (f : expr * nat) : expr := match snd f with 1%nat => fst f | n => Pow (fst f) n end.
Fixpoint write_mono (m : mono) : expr :=
  match m with [] => Const 1 | [f] => write_factor f | f :: r => Mul (write_factor f) (write_mono r) end.
Fixpoint write (p : poly) : expr :=
  match p with
  | [] => Const 0
  | [(m, c)] => Mul (Const c) (write_mono m)
  | (m, c) :: r => Add (Mul (Const c) (write_mono m)) (write r)
  end.

Open Scope R_scope.

Section Values.
Variable sg : signature.
Variable M : model.

Definition evf (f : expr * nat) p w := den sg M (fst f) p w ^ snd f.
Fixpoint evm (m : mono) p w : R := match m with [] => 1 | f :: r => evf f p w * evm r p w end.
Fixpoint evp (q : poly) p w : R := match q with [] => 0 | (m, c) :: r => Q2R c * evm m p w + evp r p w end.

Lemma write_factor_ok : forall f p w, den sg M (write_factor f) p w = evf f p w.
Proof. intros [x [|[|n]]] p w; unfold write_factor, evf; simpl; ring. Qed.

Lemma write_mono_ok : forall m p w, den sg M (write_mono m) p w = evm m p w.
Proof.
  induction m as [|f [|g r] IH]; intros p w.
  - simpl; unfold Q2R; simpl; lra.
  - simpl; rewrite write_factor_ok; ring.
  - change (den sg M (write_factor f) p w * den sg M (write_mono (g :: r)) p w = evf f p w * evm (g :: r) p w).
    rewrite IH, write_factor_ok; reflexivity.
Qed.

Lemma write_ok : forall q p w, den sg M (write q) p w = evp q p w.
Proof.
  induction q as [|[m c] [|t r] IH]; intros p w.
  - simpl; unfold Q2R; simpl; lra.
  - simpl; rewrite write_mono_ok; ring.
  - change (Q2R c * den sg M (write_mono m) p w + den sg M (write (t :: r)) p w =
            Q2R c * evm m p w + evp (t :: r) p w).
    rewrite IH, write_mono_ok; reflexivity.
Qed.

Lemma insert_factor_ok : forall x n m p w, evm (insert_factor x n m) p w = den sg M x p w ^ n * evm m p w.
Proof.
  induction m as [|[y k] r IH]; intros p w; simpl; [reflexivity|].
  destruct (cmp x y) eqn:C; simpl.
  - apply cmp_eq in C; subst; unfold evf; simpl; rewrite pow_add; ring.
  - unfold evf; simpl; ring.
  - rewrite IH; ring.
Qed.

Lemma mmul_ok : forall a b p w, evm (mmul a b) p w = evm a p w * evm b p w.
Proof.
  induction a as [|[x n] r IH]; intros; unfold mmul in *; simpl; [ring|].
  rewrite insert_factor_ok, IH; unfold evf; simpl; ring.
Qed.

Lemma zero_q : forall c, Qeq_bool c 0 = true -> Q2R c = 0.
Proof. intros c H; apply Qeq_bool_iff in H; rewrite (Qeq_eqR _ _ H); unfold Q2R; simpl; lra. Qed.

Lemma red_q : forall c, Q2R (Qred c) = Q2R c.
Proof. intros; apply Qeq_eqR, Qred_correct. Qed.

Lemma insert_term_ok : forall m c q p w, evp (insert_term m c q) p w = Q2R c * evm m p w + evp q p w.
Proof.
  induction q as [|[k d] r IH]; intros p w; simpl.
  - destruct (Qeq_bool c 0) eqn:Z; simpl; [rewrite (zero_q _ Z); ring | ring].
  - destruct (mcmp m k) eqn:C; simpl.
    + apply mcmp_eq in C; subst. destruct (Qeq_bool (Qred (c + d)) 0) eqn:Z; simpl.
      * apply zero_q in Z; rewrite red_q, Q2R_plus in Z.
        transitivity ((Q2R c + Q2R d) * evm k p w + evp r p w); [rewrite Z|]; ring.
      * rewrite red_q, Q2R_plus; ring.
    + destruct (Qeq_bool c 0) eqn:Z; simpl; [rewrite (zero_q _ Z); ring | ring].
    + rewrite IH; ring.
Qed.

Lemma padd_ok : forall a b p w, evp (padd a b) p w = evp a p w + evp b p w.
Proof.
  induction a as [|[m c] r IH]; intros; unfold padd in *; simpl; [ring|].
  rewrite insert_term_ok, IH; ring.
Qed.

Lemma pterm_ok : forall m c a b p w, evp (pterm m c a b) p w = Q2R c * evm m p w * evp a p w + evp b p w.
Proof.
  induction a as [|[k d] r IH]; intros; unfold pterm in *; simpl; [ring|].
  rewrite insert_term_ok, IH, mmul_ok, red_q, Q2R_mult; ring.
Qed.

Lemma pmul_ok : forall a b p w, evp (pmul a b) p w = evp a p w * evp b p w.
Proof.
  induction a as [|[m c] r IH]; intros; unfold pmul in *; simpl; [ring|].
  rewrite pterm_ok, IH; ring.
Qed.

Lemma pscale_ok : forall c a p w, evp (pscale c a) p w = Q2R c * evp a p w.
Proof. intros; unfold pscale; rewrite pterm_ok; simpl; ring. Qed.

Lemma psub_ok : forall a b p w, evp (psub a b) p w = evp a p w - evp b p w.
Proof.
  intros; unfold psub; rewrite pterm_ok; simpl.
  replace (Q2R (-(1))) with (-1) by (unfold Q2R; simpl; lra). ring.
Qed.

Lemma pconst_ok : forall c p w, evp (pconst c) p w = Q2R c.
Proof. intros; unfold pconst; rewrite insert_term_ok, red_q; simpl; ring. Qed.

Lemma pvar_ok : forall x p w, evp (pvar x) p w = den sg M x p w.
Proof. intros; simpl; unfold evf, Q2R; simpl; lra. Qed.

Lemma ppow_ok : forall a n p w, evp (ppow a n) p w = evp a p w ^ n.
Proof.
  induction n as [|[|n] IH]; intros p w.
  - change (evp (pconst 1) p w = 1); rewrite pconst_ok; unfold Q2R; simpl; lra.
  - simpl; ring.
  - change (evp (pmul a (ppow a (S n))) p w = evp a p w * evp a p w ^ S n).
    rewrite pmul_ok, IH; reflexivity.
Qed.

Lemma same_ok : forall a b, same a b = true -> forall p w, evp a p w = evp b p w.
Proof.
  unfold same; intros a b H p w. pose proof (psub_ok a b p w) as S.
  destruct (psub a b); [simpl in S; lra | discriminate].
Qed.
End Values.
