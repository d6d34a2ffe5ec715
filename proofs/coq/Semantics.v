(* What a statement means. This file and the data types of Syntax.v are what a reader has to believe; everything else is
   computed or proved. The first page of proofs/kernel.py says the same in words. *)

From Coq Require Import List ZArith QArith Reals Qreals Bool.
From Convbound Require Import Syntax.
Import ListNotations.
Open Scope R_scope.

(* A point gives every index, time and segment a coordinate. *)
Definition point := name -> R.
Definition upd (p : point) (s : name) (v : R) : point := fun x => if Pos.eqb x s then v else p x.
Definition origin : point := fun _ => 0.

(* What a model consists of. *)
Record model := Model {
  outcome : Type;
  some_outcome : outcome;
  value : name -> point -> outcome -> R;              (* of a symbol, at a point and an outcome *)
  size : name -> nat;                                 (* length of an index or a time *)
  same_past : nat -> point -> outcome -> outcome -> Prop;    (* at the step where the first n random times are *)
  E : nat -> point -> outcome -> (outcome -> R) -> R;        (* the expectation, given that past *)
  integral : (R -> R) -> R;
  integrable : (R -> R) -> Prop;
  limit_value : name -> expr -> R }.

Fixpoint sum_to (n : nat) (f : nat -> R) : R :=       (* f 0 + .. + f (n - 1) *)
  match n with O => 0 | S m => sum_to m f + f m end.

Section Meaning.
Variable sg : signature.
Variable M : model.

Definition start_of (s : name) : R :=
  match find s (scopes sg) with Some (Time _ _ start _) => IZR start | _ => 1 end.

(* The value of a functional of X. *)
Definition total (s : name) (X : point -> outcome M -> R) (p : point) (w : outcome M) : R :=
  sum_to (size M s) (fun k => X (upd p s (start_of s + INR k)) w).

Definition apply_functional (f : functional) (X : point -> outcome M -> R) (p : point) (w : outcome M) : R :=
  match f with
  | Sum s => total s X p w
  | Average s => total s X p w / INR (size M s)
  | Integral s => integral M (fun v => X (upd p s v) w)
  | Expect given => E M (length given) p w (fun w' => X p w')
  end.

(* One step later, at the start, after the last step. *)
Definition moved (h : how) (t : name) (p : point) : point :=
  upd p t (match h with Next => p t + 1 | First => start_of t | Last => start_of t + INR (size M t) end).

(* The value of an expression. *)
Fixpoint den (e : expr) (p : point) (w : outcome M) : R :=
  match e with
  | Sym x => value M x p w
  | Const q => Q2R q
  | Add a b => den a p w + den b p w
  | Mul a b => den a p w * den b p w
  | Pow a n => den a p w ^ n
  | App f a => match find f (functionals sg) with Some g => apply_functional g (den a) p w | None => 0 end
  | Shift h t a => den a (moved h t p) w
  | Limsup k a => limit_value M k a
  end.

(* The points of the scopes; a sequence over a time has one more. *)
Definition coordinate (after : bool) (s : name) (v : R) : Prop :=
  match find s (scopes sg) with
  | Some (Index _) => exists k, (k < size M s)%nat /\ v = 1 + INR k
  | Some (Time _ _ start _) => exists k, (k < size M s + (if after then 1 else 0))%nat /\ v = IZR start + INR k
  | Some (Unit _) => 0 <= v <= 1
  | None => True
  end.
Definition legal (p : point) : Prop := forall s, coordinate false s (p s).
Definition legal_for (sequence : option name) (p : point) : Prop :=
  forall s, coordinate (match sequence with Some t => Pos.eqb s t | None => false end) s (p s).

(* A symbol depends on its scopes alone, is known at the steps of every random time for which it is not declared
   unknown, and is an integer where it is declared one. *)
Definition symbol_law (x : name) (s : symbol) : Prop :=
  (forall p q w, (forall c, In (At c) (over s) -> p c = q c) -> value M x p w = value M x q w) /\
  (~ In Rnd (over s) -> forall p w v, value M x p w = value M x p v) /\
  (forall n p w v, (1 <= n <= length (times sg))%nat -> ~ In (Unk n) (over s) -> same_past M n p w v ->
     value M x p w = value M x p v) /\
  (integer s = true -> forall p w, legal_for (sequence s) p -> exists z, value M x p w = IZR z).

Definition scope_law (s : name) (k : scope) : Prop :=
  match k with
  | Index l => (1 <= size M s)%nat /\ forall p w, value M l p w = INR (size M s)
  | Time l v _ _ =>
      (1 <= size M s)%nat /\ (forall p w, value M l p w = INR (size M s)) /\ (forall p w, value M v p w = p s)
  | Unit v => forall p w, value M v p w = p s
  end.

(* Every definition is an explicit one (the sign of 0 is any of three), so a model of the declared symbols has a value
   for it. *)
Definition defined_as (k : defkind) (bodies : list R) (x : R) : Prop :=
  match k, bodies with
  | Quotient, [a; b] => x = a / b
  | Root, [a] => x = sqrt a
  | Absolute, [a] => x = Rabs a
  | Sign, [a] => (x = 1 \/ x = 0 \/ x = -1) /\ x * a = Rabs a
  | Maximum, [a; b] => x = Rmax a b
  | _, _ => False
  end.
Definition definition_law (x : name) (k : defkind) (bodies : list expr) : Prop :=
  forall p w, defined_as k (map (fun b => den b p w) bodies) (value M x p w).

(* The past grows: with the times (given none there is no past), and from the first step of a time to the others. *)
Definition past_laws : Prop :=
  (forall p w v, same_past M 0 p w v) /\
  (forall n m p w v, (n <= m)%nat -> same_past M m p w v -> same_past M n p w v) /\
  (forall n t p w v, In t (times sg) -> same_past M n p w v -> same_past M n (upd p t (start_of t)) w v) /\
  (forall n s u p w v, ~ In s (times sg) -> same_past M n p w v -> same_past M n (upd p s u) w v).

(* Expectations are linear, positive, 1 of 1, about the outcomes with the same past, and those given less are
   expectations of those given more. *)
Definition expectation_laws : Prop :=
  (forall n p w a X Y, E M n p w (fun v => a * X v + Y v) = a * E M n p w X + E M n p w Y) /\
  (forall n p w X, (forall v, 0 <= X v) -> 0 <= E M n p w X) /\
  (forall n p w, E M n p w (fun _ => 1) = 1) /\
  (forall n p w X Y, (forall v, same_past M n p w v -> X v = Y v) -> E M n p w X = E M n p w Y) /\
  (forall n p w v X, same_past M n p w v -> E M n p w X = E M n p v X) /\
  (forall n p q w X, (forall t, In t (firstn n (times sg)) -> p t = q t) -> E M n p w X = E M n q w X) /\
  (forall n m p w X, (n <= m)%nat -> E M n p w (fun v => E M m p v X) = E M n p w X).

(* The integral over [0, 1]: linear, positive, with the right moments (which leaves one for continuous functions), and
   it exists for whatever can be written. *)
Definition integral_laws : Prop :=
  (forall a f g, integrable M f -> integrable M g ->
     integral M (fun v => a * f v + g v) = a * integral M f + integral M g) /\
  (forall f, integrable M f -> (forall v, 0 <= v <= 1 -> 0 <= f v) -> 0 <= integral M f) /\
  (forall n, integral M (fun v => v ^ n) = / INR (S n)) /\
  (forall s v, In (s, Unit v) (scopes sg) -> forall e p w, integrable M (fun u => den e (upd p s u) w)).

Definition is_model : Prop :=
  past_laws /\ expectation_laws /\ integral_laws /\
  Forall (fun x => scope_law (fst x) (snd x)) (scopes sg) /\
  Forall (fun x => symbol_law (fst x) (snd x)) (symbols sg) /\
  Forall (fun x => definition_law (fst x) (fst (snd x)) (snd (snd x))) (definitions sg).

(* A formula holds if it does at all points and outcomes. *)
Definition compare_as (r : written) (x y : R) : Prop :=
  match r with WGe => x >= y | WGt => x > y | WEq => x = y | WLe => x <= y | WLt => x < y end.
Definition holds (f : formula) : Prop :=
  forall p w, legal p -> compare_as (relation f) (den (left_side f) p w) (den (right_side f) p w).
End Meaning.

(* A limit superior; 0 stands for an infinite one. *)
Definition is_limsup (u : nat -> R) (l : R) : Prop :=
  forall e, 0 < e -> (exists N, forall n, (N <= n)%nat -> u n < l + e) /\
                     (forall N, exists n, (N <= n)%nat /\ l - e < u n).
Definition limsup_or_zero (u : nat -> R) (l : R) : Prop :=
  is_limsup u l \/ ((forall x, ~ is_limsup u x) /\ l = 0).

(* One process as it goes on: the n-th model has n + 1 steps of the time whose length is k. (The kernel's page asks for
   more: that the models agree in all else. What is proved for these families is so for those.) *)
Definition is_process (sg : signature) (k : name) (W : nat -> model) : Prop :=
  (forall n p w, value (W n) k p w = INR (S n)) /\
  (forall x, fixed sg k x = true -> forall n m, value (W n) x origin (some_outcome (W n)) =
                                                value (W m) x origin (some_outcome (W m))) /\
  (forall e n, limsup_or_zero (fun m => den sg (W m) e origin (some_outcome (W m))) (limit_value (W n) k e)).

(* The statement is true: in every model in which the hypotheses hold the conclusion does; if it is about a limit, in
   every process in all of whose models the hypotheses hold. *)
Definition valid (t : statement) : Prop :=
  match horizon (about t) with
  | None => forall M, is_model (about t) M -> Forall (holds (about t) M) (hypotheses t) ->
              holds (about t) M (proves t)
  | Some k => forall W, (forall n, is_model (about t) (W n)) -> is_process (about t) k W ->
              (forall n, Forall (holds (about t) (W n)) (hypotheses t)) ->
              forall n, holds (about t) (W n) (proves t)
  end.
