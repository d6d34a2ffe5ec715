(* What a certificate is made of, as proofs/kernel.py reads it. Names are numbers, one for each name in the file. *)

From Coq Require Import List ZArith QArith Bool.
Import ListNotations.

Definition name := positive.

Inductive how := Next | First | Last.

(* Expressions as written; a sum or product of many parts is one of two, and so on, from the left. *)
Inductive expr :=
| Sym (x : name)
| Const (q : Q)
| Add (a b : expr)
| Mul (a b : expr)
| Pow (a : expr) (n : nat)
| App (f : name) (a : expr)            (* a functional *)
| Shift (h : how) (t : name) (a : expr)
| Limsup (k : name) (a : expr).

Inductive written := WGe | WGt | WEq | WLe | WLt.
Record formula := Formula { left_side : expr; relation : written; right_side : expr }.

(* Scopes, without the random one, which has no coordinate of its own: a declaration says whether there is one. *)
Inductive scope :=
| Index (length : name)
| Time (length variable : name) (start : Z) (random : bool)
| Unit (variable : name).

(* What something varies over: a coordinate, the outcome, or the outcome beyond what is known at the steps of the n-th
   random time (written ~t in the file). *)
Inductive elt := At (s : name) | Rnd | Unk (n : nat).

Inductive functional := Sum (s : name) | Average (s : name) | Integral (s : name) | Expect (given : list name).

Inductive part := PName (x : name) | PLast (t : name).

Record symbol := Symbol { over : list elt; integer : bool; sequence : option name; parts_of : list part }.

Inductive defkind := Quotient | Root | Absolute | Sign | Maximum.

Record signature := Signature {
  scopes : list (name * scope);
  noise : option name;                            (* the random scope *)
  symbols : list (name * symbol);                 (* declared, variables of scopes, and defined *)
  functionals : list (name * functional);
  definitions : list (name * (defkind * list expr));
  horizon : option name }.                        (* the length that goes to infinity, where a limit is written *)

Definition times (sg : signature) : list name :=
  flat_map (fun x => match snd x with Time _ _ _ true => [fst x] | _ => [] end) (scopes sg).

(* Certificates. *)
Inductive reference := Ref (step part : nat) | Previous | Denied | Case (n : nat).

Inductive recipe :=
| Both (a b : recipe)
| Split (p : expr) (positive zero negative : recipe)
| Combination (refute : bool) (terms : list (Q * list reference * list expr)) (equations : list (reference * expr)).

Inductive step :=
| SHypothesis (f : formula)
| SCombination (f : formula) (by_ : recipe)
| SDefinition (x : name) (k : defkind) (bodies : list expr) (because : option reference)
| SFunctional (f : name) (of : reference)
| SMember (f : name) (of : reference)
| SInterchange (outer inner : name) (body : expr)
| STower (outer inner : name) (body : expr)
| SAverage (f sum : name) (body : expr)
| STelescoping (f : name) (body : expr)
| SInduction (t : name) (f : formula) (base : reference) (by_ : recipe)
| SIntegrality (body : expr)
| SLimit (k : name) (body numerator denominator floor : expr) (upper lower leading : reference).

Record certificate := Certificate { declared : signature; steps : list step; conclusion : reference }.

(* What a certificate proves: all declarations and definitions, hypotheses and conclusion. *)
Record statement := Statement { about : signature; hypotheses : list formula; proves : formula }.

(* Tables. *)
Fixpoint find {A} (x : name) (l : list (name * A)) : option A :=
  match l with
  | [] => None
  | (y, a) :: r => if Pos.eqb x y then Some a else find x r
  end.

Lemma find_in : forall A x (a : A) l, find x l = Some a -> In (x, a) l.
Proof.
  induction l as [|[y b] r IH]; simpl; intros H; [discriminate|].
  destruct (Pos.eqb_spec x y) as [E|E].
  - inversion H; subst; left; reflexivity.
  - right; apply IH; exact H.
Qed.

(* Parameters without scopes that are not made from the length k have one value along the process. *)
Definition fixed (sg : signature) (k : name) (x : name) : bool :=
  match find x (symbols sg) with
  | Some s => forallb (fun y => match y with
      | PName z => negb (Pos.eqb z k) &&
          match find z (symbols sg) with Some t => match over t with [] => true | _ => false end | None => false end
      | PLast _ => false end) (PName x :: parts_of s)
  | None => false
  end.
