(* The checker, rule by rule like proofs/kernel.py. Computation only: Soundness.v says what it is worth. *)

From Coq Require Import List ZArith QArith Qreduction Bool Arith.
From Convbound Require Import Syntax Polynomials.
Import ListNotations.
Open Scope nat_scope.

Notation "'do' x <- a ; b" := (match a with Some x => b | None => None end) (at level 200, x pattern, b at level 200).
Definition guard {A} (b : bool) (x : option A) : option A := if b then x else None.

Inductive rel := RGe | RGt | REq.
Definition rel_eqb (a b : rel) : bool :=
  match a, b with RGe, RGe | RGt, RGt | REq, REq => true | _, _ => false end.

Definition elt_eqb (a b : elt) : bool :=
  match a, b with
  | At s, At t => Pos.eqb s t
  | Rnd, Rnd => true
  | Unk n, Unk m => Nat.eqb n m
  | _, _ => false
  end.
Definition mem_elt (x : elt) (l : list elt) : bool := existsb (elt_eqb x) l.
Definition mem (x : name) (l : list name) : bool := existsb (Pos.eqb x) l.
Definition is_some (x : name) (o : option name) : bool := match o with Some y => Pos.eqb x y | None => false end.

Section Signature.
Variable sg : signature.

(* ---------------------------------------------------------------------------------- over what an expression varies *)

Definition time_of (t : name) : option (name * name * Z) :=
  match find t (scopes sg) with Some (Time l v start _) => Some (l, v, start) | _ => None end.
Definition is_time (t : name) : bool := match time_of t with Some _ => true | None => false end.
Definition length_of (s : name) : option name :=
  match find s (scopes sg) with Some (Index l) | Some (Time l _ _ _) => Some l | _ => None end.
Definition variable_of (s : name) : option name :=
  match find s (scopes sg) with Some (Unit v) => Some v | _ => None end.

(* What a functional takes in, over what its value varies anew, and whether it is made from several steps. *)
Definition binds (f : functional) (x : elt) : bool :=
  match f with
  | Sum s | Average s | Integral s => elt_eqb x (At s)
  | Expect g => match x with Unk n => length g <=? n | Rnd => length g =? 0 | At _ => false end
  end.
Definition varies_at (f : functional) (x : elt) : bool :=
  match f with
  | Expect (t :: g) => match x with Rnd => true | At s => mem s (t :: g) | Unk _ => false end
  | _ => false
  end.
Definition over_time (f : functional) : bool :=
  match f with
  | Sum s | Average s => is_time s || mem s (times sg)
  | Integral s => mem s (times sg)
  | Expect _ => false
  end.
Fixpoint same_names (a b : list name) : bool :=
  match a, b with [], [] => true | x :: r, y :: s => Pos.eqb x y && same_names r s | _, _ => false end.
Definition suitable (g : functional) : bool :=
  match g with
  | Sum s | Average s => match length_of s with Some _ => true | None => false end
  | Integral s => match variable_of s with Some _ => true | None => false end
  | Expect g => same_names g (firstn (length g) (times sg))
  end.
Definition unforeseen (r : elt -> bool) (x : elt) : bool := r x || match x with Unk _ => r Rnd | _ => false end.

Definition reach_functional (f : functional) (r : elt -> bool) (x : elt) : bool :=
  let inside y := r y && negb (binds f y) in
  (if over_time f then unforeseen inside x else inside x) || varies_at f x.
Definition reach_shift (h : how) (t : name) (r : elt -> bool) (x : elt) : bool :=
  let outside y := r y && negb (elt_eqb y (At t)) in
  match h with Next => unforeseen r x | First => outside x | Last => unforeseen outside x end.

Fixpoint reach (e : expr) : elt -> bool :=
  match e with
  | Sym x => match find x (symbols sg) with Some s => fun c => mem_elt c (over s) | None => fun _ => true end
  | Const _ => fun _ => false
  | Add a b | Mul a b => let r := reach a in let q := reach b in fun c => r c || q c
  | Pow a _ => reach a
  | App f a => match find f (functionals sg) with
      | Some g => if suitable g then reach_functional g (reach a) else fun _ => true
      | None => fun _ => true
      end
  | Shift h t a => reach_shift h t (reach a)
  | Limsup _ _ => fun _ => false
  end.

Definition all_elts : list elt :=
  map (fun x => At (fst x)) (scopes sg) ++ Rnd :: map Unk (seq 1 (length (times sg))).

(* All coordinates that an expression can reach, and that all its names are declared. *)
Fixpoint coordinates (e : expr) : list name :=
  match e with
  | Sym x => match find x (symbols sg) with
      | Some s => flat_map (fun c => match c with At t => [t] | _ => [] end) (over s)
      | None => []
      end
  | Const _ | Limsup _ _ => []
  | Add a b | Mul a b => coordinates a ++ coordinates b
  | Pow a _ | Shift _ _ a => coordinates a
  | App f a => coordinates a ++ match find f (functionals sg) with Some (Expect g) => g | _ => [] end
  end.
Fixpoint all_declared (e : expr) : bool :=
  match e with
  | Sym x => match find x (symbols sg) with Some _ => true | None => false end
  | Const _ | Limsup _ _ => true
  | Add a b | Mul a b => all_declared a && all_declared b
  | Pow a _ | Shift _ _ a => all_declared a
  | App f a => all_declared a && match find f (functionals sg) with Some g => suitable g | None => false end
  end.
Definition closed (p : poly) : bool :=
  forallb (fun a => all_declared a && negb (reach a Rnd) && forallb (fun s => negb (reach a (At s))) (coordinates a)) (atoms p).

Definition touches (f : functional) (r : elt -> bool) : bool :=
  match f with
  | Sum s | Average s | Integral s => r (At s)
  | Expect [] => r Rnd
  | Expect g => negb (length g <=? length (times sg)) ||
                existsb (fun n => r (Unk n)) (seq (length g) (S (length (times sg)) - length g))
  end.

(* The symbols and functionals on which something depends. *)
Fixpoint parts (e : expr) : list part :=
  match e with
  | Sym x => match find x (symbols sg) with Some s => PName x :: parts_of s | None => [PName x] end
  | Const _ => []
  | Add a b | Mul a b => parts a ++ parts b
  | Pow a _ => parts a
  | App f a => PName f :: match find f (functionals sg) with
      | Some (Sum s) | Some (Average s) => match length_of s with Some l => [PName l] | None => [] end
      | _ => [] end ++ parts a
  | Shift h t a => match h with Last => [PLast t] | _ => [] end ++ parts a
  | Limsup k a => PName k :: parts a
  end.
Definition mentioned (p : poly) : list part := flat_map parts (atoms p).

(* Whether an atom is an integer. *)
Fixpoint whole (e : expr) : bool :=
  match e with
  | Sym x => match find x (symbols sg) with Some s => integer s | None => false end
  | Mul a b => whole a && whole b
  | Pow a _ => whole a
  | App f a => match find f (functionals sg) with Some (Sum s) => suitable (Sum s) && whole a | _ => false end
  | Shift _ t (Sym x) =>
      is_time t && match find x (symbols sg) with Some s => integer s && is_some t (sequence s) | None => false end
  | _ => false
  end.

(* -------------------------------------------------------------------------------------------------------- reading *)

(* The functional of the part of a monomial that varies in it. *)
Definition apply_bound (f : name) (g : functional) (bound : mono) : option poly :=
  match bound with
  | [] => match g with
      | Sum s => do l <- length_of s; Some (pvar (Sym l))
      | _ => Some (pconst 1)
      end
  | [(Sym x, n)] => match g with
      | Integral s => if is_some x (variable_of s) then Some (pconst (1 # Pos.of_succ_nat n))
                      else Some (pvar (App f (write_mono bound)))
      | _ => Some (pvar (App f (write_mono bound)))
      end
  | _ => Some (pvar (App f (write_mono bound)))
  end.
Fixpoint apply_terms (f : name) (g : functional) (p : poly) : option poly :=
  match p with
  | [] => Some []
  | (m, c) :: r =>
      do value <- apply_bound f g (filter (fun x => touches g (reach (fst x))) m);
      do rest <- apply_terms f g r;
      Some (pterm (filter (fun x => negb (touches g (reach (fst x)))) m) c value rest)
  end.
Definition apply (f : name) (p : poly) : option poly :=
  do g <- find f (functionals sg); guard (suitable g) (apply_terms f g p).

(* Sequences one step later, at the start, after the last step. *)
Fixpoint shift (h : how) (t : name) (e : expr) : option poly :=
  match e with
  | Sym x =>
      if negb (reach e (At t)) then Some (pvar e) else
      do s <- find x (symbols sg);
      do tm <- time_of t;
      let '(l, v, start) := tm in
      if Pos.eqb x v then
        Some (match h with
              | Next => padd (pvar e) (pconst 1)
              | First => pconst (inject_Z start)
              | Last => padd (pconst (inject_Z start)) (pvar (Sym l))
              end)
      else guard (is_some t (sequence s)) (Some (pvar (Shift h t e)))
  | Const q => Some (pconst q)
  | Add a b => do x <- shift h t a; do y <- shift h t b; Some (padd x y)
  | Mul a b => do x <- shift h t a; do y <- shift h t b; Some (pmul x y)
  | Pow a n => do x <- shift h t a; Some (ppow x n)
  | App f a =>
      if negb (reach e (At t)) then Some (pvar e) else
      do g <- find f (functionals sg);
      guard (negb (varies_at g (At t)) && negb (binds g (At t))) (do x <- shift h t a; apply f x)
  | Shift _ _ _ => guard (negb (reach e (At t))) (Some (pvar e))
  | Limsup _ _ => Some (pvar e)
  end.
Fixpoint shift_mono (h : how) (t : name) (m : mono) : option poly :=
  match m with
  | [] => Some (pconst 1)
  | (a, n) :: r => do x <- shift h t a; do y <- shift_mono h t r; Some (pmul (ppow x n) y)
  end.
Fixpoint shift_poly (h : how) (t : name) (p : poly) : option poly :=
  match p with
  | [] => Some []
  | (m, c) :: r => do x <- shift_mono h t m; do y <- shift_poly h t r; Some (padd (pscale c x) y)
  end.

Definition limsup (k : name) (p : poly) : option poly :=
  guard (is_some k (horizon sg) && closed p) (Some (pvar (Limsup k (write p)))).

Fixpoint read (e : expr) : option poly :=
  match e with
  | Sym x => do s <- find x (symbols sg); Some (pvar e)
  | Const q => Some (pconst q)
  | Add a b => do x <- read a; do y <- read b; Some (padd x y)
  | Mul a b => do x <- read a; do y <- read b; Some (pmul x y)
  | Pow a n => do x <- read a; Some (ppow x n)
  | App f a => do x <- read a; apply f x
  | Shift h t a => guard (is_time t) (do x <- read a; shift_poly h t x)
  | Limsup k a => do x <- read a; limsup k x
  end.
Fixpoint read_all (l : list expr) : option (list poly) :=
  match l with [] => Some [] | e :: r => do x <- read e; do y <- read_all r; Some (x :: y) end.

Definition of_written (r : written) : rel := match r with WGe | WLe => RGe | WGt | WLt => RGt | WEq => REq end.
Definition read_formula (f : formula) : option (rel * poly) :=
  do x <- read (left_side f); do y <- read (right_side f);
  Some (of_written (relation f), match relation f with WLe | WLt => psub y x | _ => psub x y end).
End Signature.

(* --------------------------------------------------------------------------------------------------------- facts *)

Record fact := Fact { as_rel : rel; as_poly : poly; as_formula : formula }.
Definition derived (r : rel) (p : poly) : fact :=
  Fact r p (Formula (write p) (match r with RGe => WGe | RGt => WGt | REq => WEq end) (Const 0)).

Record state := State { sig : signature; assumed : list formula; facts : list (list fact) }.

Definition local := list (reference * (rel * poly)).
Definition ref_eqb (a b : reference) : bool :=
  match a, b with
  | Ref i j, Ref k l => Nat.eqb i k && Nat.eqb j l
  | Previous, Previous | Denied, Denied => true
  | Case n, Case m => Nat.eqb n m
  | _, _ => false
  end.
Fixpoint find_local (r : reference) (l : local) : option (rel * poly) :=
  match l with [] => None | (s, f) :: t => if ref_eqb r s then Some f else find_local r t end.

Section State.
Variable st : state.
Notation sg := (sig st).

Definition known (r : reference) : option fact :=
  match r with Ref i j => do l <- nth_error (facts st) i; nth_error l j | _ => None end.
Definition fact_of (r : reference) (l : local) : option (rel * poly) :=
  match r with Ref _ _ => do f <- known r; Some (as_rel f, as_poly f) | _ => find_local r l end.
Fixpoint facts_of (rs : list reference) (l : local) : option (list (rel * poly)) :=
  match rs with [] => Some [] | r :: s => do x <- fact_of r l; do y <- facts_of s l; Some (x :: y) end.

Definition product (ps : list poly) (p : poly) : poly := fold_right pmul p ps.

(* c * facts * squares of polynomials; whether it is positive *)
Definition term (x : Q * list reference * list expr) (l : local) : option (poly * bool) :=
  let '(c, refs, squares) := x in
  do fs <- facts_of refs l; do roots <- read_all sg squares;
  guard (Qle_bool 0 c)
    (Some (product (map snd fs) (product roots (product roots (pconst c))),
           negb (Qeq_bool c 0) && match roots with [] => true | _ => false end &&
           forallb (fun f => rel_eqb (fst f) RGt) fs)).
Fixpoint sum_terms (ts : list (Q * list reference * list expr)) (l : local) : option (poly * bool) :=
  match ts with
  | [] => Some ([], false)
  | t :: r => do x <- term t l; do y <- sum_terms r l; Some (padd (fst x) (fst y), snd x || snd y)
  end.
Fixpoint sum_equations (es : list (reference * expr)) (l : local) : option poly :=
  match es with
  | [] => Some []
  | (r, e) :: s => do f <- fact_of r l; do q <- read sg e; do y <- sum_equations s l;
      guard (rel_eqb (fst f) REq) (Some (padd (pmul (snd f) q) y))
  end.

Fixpoint entails (rc : recipe) (l : local) (depth : nat) (r : rel) (p : poly) : bool :=
  (depth <=? 12) &&
  match rc with
  | Both a b => rel_eqb r REq && entails a l (S depth) RGe p && entails b l (S depth) RGe (pscale (-(1)) p)
  | Split d a b c =>
      match read sg d with
      | Some q => entails a ((Case depth, (RGt, q)) :: l) (S depth) r p &&
                  entails b ((Case depth, (REq, q)) :: l) (S depth) r p &&
                  entails c ((Case depth, (RGt, pscale (-(1)) q)) :: l) (S depth) r p
      | None => false
      end
  | Combination refute ts es =>
      let l' := if refute then (Denied, (match r with RGt => RGe | _ => RGt end, pscale (-(1)) p)) :: l else l in
      match sum_terms ts l', sum_equations es l' with
      | Some (s, strict), Some e =>
          same (padd s e) (if refute then [] else p) &&
          (strict || negb (refute || rel_eqb r RGt)) &&
          (negb (rel_eqb r REq) || (negb refute && match ts with [] => true | _ => false end))
      | _, _ => false
      end
  end.

(* ------------------------------------------------------------------------------------------------- guards of a limit *)

Definition part_eqb (a b : part) : bool :=
  match a, b with PName x, PName y => Pos.eqb x y | PLast x, PLast y => Pos.eqb x y | _, _ => false end.
Definition mentions (x : part) (p : poly) : bool := existsb (part_eqb x) (mentioned sg p).

(* A hypothesis about a limit does not count the steps (kernel.py: _unbounded). Soundness does not need it. *)
Definition unbounded (r : rel) (p : poly) : bool :=
  match horizon sg with
  | None => true
  | Some k =>
      let t := hd xH (map fst (filter (fun x => match snd x with Time l _ _ _ => Pos.eqb l k | _ => false end) (scopes sg))) in
      (negb (rel_eqb r REq) && (same p (pvar (Sym k)) || (rel_eqb r RGe && same p (psub (pvar (Sym k)) (pconst 1))))) ||
      (negb (mentions (PName k) p) &&
       negb (existsb (fun a => reach sg a (At t)) (atoms p) && mentions (PLast t) p))
  end.

(* -------------------------------------------------------------------------------------------------------- the rules *)

Definition names (s : signature) : list name :=
  map fst (scopes s) ++ match noise s with Some x => [x] | None => [] end ++ map fst (symbols s) ++ map fst (functionals s).

Definition define (x : name) (k : defkind) (written : list expr) (bodies : list poly) : signature :=
  let over := filter (fun c => existsb (fun a => reach sg a c) (flat_map atoms bodies)) (all_elts sg) in
  let s := Symbol over (match k with Sign => true | _ => false end) None (PName x :: flat_map (mentioned sg) bodies) in
  Signature (scopes sg) (noise sg) ((x, s) :: symbols sg) (functionals sg) ((x, (k, written)) :: definitions sg) (horizon sg).

Definition definition_facts (k : defkind) (x : poly) (bodies : list poly) (side : option (rel * poly)) : option (list fact) :=
  match k, bodies, side with
  | Quotient, [a; b], Some (r, p) =>
      guard (rel_eqb r RGt && same p b) (Some [derived REq (psub (pmul x b) a)])
  | Root, [b], Some (r, p) =>
      guard (negb (rel_eqb r REq) && same p b) (Some [derived RGe x; derived REq (psub (pmul x x) b)])
  | Absolute, [b], None =>
      Some [derived RGe x; derived REq (psub (pmul x x) (pmul b b)); derived RGe (psub x b); derived RGe (padd x b)]
  | Sign, [b], None =>
      Some [derived REq (psub (pmul x (pmul x x)) x); derived RGe (pmul x b); derived REq (psub b (pmul (pmul x x) b))]
  | Maximum, [a; b], None =>
      Some [derived RGe (psub x a); derived RGe (psub x b); derived REq (pmul (psub x a) (psub x b))]
  | _, _, _ => None
  end.

Definition with_facts (l : list fact) : option state := Some (State sg (assumed st) (facts st ++ [l])).

Definition is_unit (s : name) : bool := match variable_of sg s with Some _ => true | None => false end.
Definition jumps (k : defkind) (bodies : list poly) : bool :=
  match k with
  | Sign => existsb (fun a => existsb (fun x => is_unit (fst x) && reach sg a (At (fst x))) (scopes sg)) (flat_map atoms bodies)
  | _ => false
  end.

(* Two functionals change places: sums, averages and one expectation, none over what another depends on. *)
Definition commute (a b : functional) : bool :=
  match a, b with
  | (Sum s | Average s), (Sum t | Average t) => negb (Pos.eqb s t)
  | (Sum s | Average s), Expect g | Expect g, (Sum s | Average s) => negb (mem s g)
  | _, _ => false
  end.

Definition split_power (k : name) (m : mono) : nat * mono :=
  (fold_right (fun x n => match fst x with Sym y => if Pos.eqb y k then snd x + n else n | _ => n end) 0 m,
   filter (fun x => match fst x with Sym y => negb (Pos.eqb y k) | _ => true end) m).
Definition degree (k : name) (p : poly) : nat := fold_right (fun t n => Nat.max (fst (split_power k (fst t))) n) 0 p.
Definition top (k : name) (d : nat) (p : poly) : poly :=
  fold_right (fun t r => let '(n, m) := split_power k (fst t) in
                         if Nat.eqb n d then insert_term m (snd t) r else r) [] p.
Definition only_fixed (is_fixed : name -> bool) (k : name) (p : poly) : bool :=
  forallb (fun a => match a with Sym x => Pos.eqb x k || is_fixed x | _ => false end) (atoms p).
Definition constant_along (is_fixed : name -> bool) (p : poly) : bool :=
  forallb (fun a => match a with Sym x => is_fixed x | _ => false end) (atoms p).

Definition run (s : step) : option state :=
  match s with
  | SHypothesis f =>
      do x <- read_formula sg f;
      guard (unbounded (fst x) (snd x)) (Some (State sg (assumed st ++ [f]) (facts st ++ [[Fact (fst x) (snd x) f]])))
  | SCombination f rc =>
      do x <- read_formula sg f;
      guard (entails rc [] 0 (fst x) (snd x)) (with_facts [Fact (fst x) (snd x) f])
  | SDefinition x k es because =>
      do bodies <- read_all sg es;
      do side <- match because with None => Some None | Some r => do f <- known r; Some (Some (as_rel f, as_poly f)) end;
      do l <- definition_facts k (pvar (Sym x)) bodies side;
      guard (negb (mem x (names sg)) && negb (jumps k bodies))
        (Some (State (define x k es bodies) (assumed st) (facts st ++ [l])))
  | SFunctional f r =>
      do x <- known r; do p <- apply sg f (as_poly x);
      with_facts [derived (match as_rel x with REq => REq | _ => RGe end) p]
  | SMember f r =>
      do x <- known r; do g <- find f (functionals sg); do p <- apply sg f (as_poly x);
      match g with
      | Sum s => guard (negb (rel_eqb (as_rel x) REq) && existsb (fun a => reach sg a (At s)) (atoms (as_poly x)))
                   (with_facts [derived RGe (psub p (as_poly x))])
      | _ => None
      end
  | SInterchange f g e =>
      do a <- find f (functionals sg); do b <- find g (functionals sg); do p <- read sg e;
      do q <- apply sg g p; do fg <- apply sg f q; do q' <- apply sg f p; do gf <- apply sg g q';
      guard (commute a b) (with_facts [derived REq (psub fg gf)])
  | STower f g e =>
      do a <- find f (functionals sg); do b <- find g (functionals sg); do p <- read sg e;
      do q <- apply sg g p; do fg <- apply sg f q; do fp <- apply sg f p;
      match a, b with
      | Expect x, Expect y => guard (length x <=? length y) (with_facts [derived REq (psub fg fp)])
      | _, _ => None
      end
  | SAverage f g e =>
      do a <- find f (functionals sg); do b <- find g (functionals sg); do p <- read sg e;
      do x <- apply sg f p; do y <- apply sg g p;
      match a, b with
      | Average s, Sum t => do l <- length_of sg t;
          guard (Pos.eqb s t) (with_facts [derived REq (psub (pmul (pvar (Sym l)) x) y)])
      | _, _ => None
      end
  | STelescoping f e =>
      do g <- find f (functionals sg); do p <- read sg e;
      match g with
      | Sum t | Average t =>
          do tm <- time_of sg t; do l <- length_of sg t;
          do next <- shift_poly sg Next t p; do first <- shift_poly sg First t p; do last <- shift_poly sg Last t p;
          do sum <- apply sg f (psub next p);
          let sum' := match g with Average _ => pmul (pvar (Sym l)) sum | _ => sum end in
          with_facts [derived REq (psub sum' (psub last first))]
      | _ => None
      end
  | SInduction t f base rc =>
      do x <- read_formula sg f; do b <- known base; do tm <- time_of sg t;
      do next <- shift_poly sg Next t (snd x); do first <- shift_poly sg First t (snd x);
      do last <- shift_poly sg Last t (snd x);
      guard (rel_eqb (as_rel b) (fst x) && same (as_poly b) first && entails rc [(Previous, x)] 0 (fst x) next)
        (with_facts [derived (fst x) last; derived (fst x) (snd x)])
  | SIntegrality e =>
      do p <- read sg e;
      guard (forallb (fun t => Pos.eqb (Qden (snd t)) 1 && forallb (fun f => whole sg (fst f)) (fst t)) p)
        (with_facts [derived RGe (psub (pmul p p) p)])
  | SLimit k e en ed ef ru rl rt =>
      do u <- read sg e; do limit <- limsup sg k u;
      do n <- read sg en; do d <- read sg ed; do b <- read sg ef;
      do upper <- known ru; do lower <- known rl; do leading <- known rt;
      let deg := degree k d in
      guard (negb (rel_eqb (as_rel upper) REq) && same (as_poly upper) (psub n (pmul d u)) &&
             negb (rel_eqb (as_rel lower) REq) && same (as_poly lower) (psub u b) &&
             only_fixed (fixed sg k) k n && only_fixed (fixed sg k) k d && constant_along (fixed sg k) b &&
             (degree k n <=? deg) && rel_eqb (as_rel leading) RGt && same (as_poly leading) (top k deg d))
        (with_facts [derived RGe (psub (top k deg n) (pmul (top k deg d) limit))])
  end.
End State.

(* --------------------------------------------------------------------------------------------- declarations, and all *)

Fixpoint distinct (l : list name) : bool := match l with [] => true | x :: r => negb (mem x r) && distinct r end.
Fixpoint distinct_elts (l : list elt) : bool := match l with [] => true | x :: r => negb (mem_elt x r) && distinct_elts r end.

Definition variables (s : signature) : list (name * symbol) :=
  flat_map (fun x => match snd x with
    | Index _ => []
    | Time l v _ _ => [(v, Symbol [At (fst x)] true None [PName v; PName l])]
    | Unit v => [(v, Symbol [At (fst x)] false None [PName v])] end) (scopes s).
Definition prepare (s : signature) : signature :=
  Signature (scopes s) (noise s)
    (map (fun x => (fst x, Symbol (over (snd x)) (integer (snd x)) (sequence (snd x)) [])) (symbols s) ++ variables s)
    (functionals s) [] (horizon s).

Definition well_declared (s : signature) : bool :=
  let parameter l := match find l (symbols s) with
    | Some y => integer y && match over y with [] => true | _ => false end | None => false end in
  let has_noise := match noise s with Some _ => true | None => false end in
  distinct (names s) &&
  forallb (fun x => match snd x with Index l | Time l _ _ _ => parameter l | Unit _ => true end) (scopes s) &&
  forallb (fun x => distinct_elts (over (snd x)) &&
     forallb (fun c => match c with
       | At t => match find t (scopes s) with Some _ => true | None => false end
       | Rnd => has_noise
       | Unk n => (1 <=? n) && (n <=? length (times s)) && mem_elt Rnd (over (snd x)) end) (over (snd x)) &&
     match sequence (snd x) with Some t => is_time s t && mem_elt (At t) (over (snd x)) | None => true end) (symbols s) &&
  forallb (fun x => match snd x with
     | Expect g => has_noise && suitable s (Expect g)
     | g => suitable s g end) (functionals s) &&
  match horizon s with
  | None => true
  | Some k => match filter (fun x => match snd x with Index l | Time l _ _ _ => Pos.eqb l k | Unit _ => false end) (scopes s) with
      | [(t, Time _ _ _ random)] => negb random || match times s with u :: _ => Pos.eqb t u | [] => false end
      | _ => false end
  end.

Fixpoint run_all (st : state) (l : list step) : option state :=
  match l with [] => Some st | s :: r => do next <- run st s; run_all next r end.

Definition check (c : certificate) : option statement :=
  let sg := prepare (declared c) in
  do st <- guard (well_declared sg) (run_all (State sg [] []) (steps c));
  do f <- known st (conclusion c);
  Some (Statement (sig st) (assumed st) (as_formula f)).
