(* Certificates of the library, as terms, printed by terms.py. *)

From Coq Require Import List ZArith QArith.
From Convbound Require Import Syntax.
Import ListNotations.

Definition x_run : name := 1%positive.
Definition x_d : name := 2%positive.
Definition x_i : name := 3%positive.
Definition x_K : name := 4%positive.
Definition x_k : name := 5%positive.
Definition x_step : name := 6%positive.
Definition x_L : name := 7%positive.
Definition x_F : name := 8%positive.
Definition x_sum_i : name := 9%positive.
Definition x_w : name := 10%positive.
Definition x_g : name := 11%positive.
Definition x_u : name := 12%positive.
Definition x_mu : name := 13%positive.
Definition x_M : name := 14%positive.
Definition x_M_G : name := 15%positive.
Definition x_alpha : name := 16%positive.
Definition x_E_k : name := 17%positive.
Definition x_inv_L : name := 18%positive.
Definition x_inv_M_G : name := 19%positive.
Definition x_F_inf : name := 20%positive.
Definition x_F_1 : name := 21%positive.
Definition x_inv_mu : name := 22%positive.
Definition x_inv_K : name := 23%positive.
Definition x_inv_alpha : name := 24%positive.
Definition x_E : name := 25%positive.
Definition x_sum_k : name := 26%positive.
Definition x_avg_k : name := 27%positive.
Definition x_inv_46773b : name := 28%positive.
Definition x_n : name := 29%positive.
Definition x_nu : name := 30%positive.
Definition x_draw : name := 31%positive.
Definition x_r : name := 32%positive.
Definition x_c : name := 33%positive.
Definition x_x : name := 34%positive.
Definition x_b : name := 35%positive.
Definition x_E_nu : name := 36%positive.
Definition x_p : name := 37%positive.
Definition x_a : name := 38%positive.
Definition x_q : name := 39%positive.
Definition x_y : name := 40%positive.
Definition x_sg : name := 41%positive.
Definition x_Delta : name := 42%positive.
Definition x_phi : name := 43%positive.
Definition x_inv_r : name := 44%positive.
Definition x_inv_n : name := 45%positive.
Definition x_inv_497034 : name := 46%positive.
Definition x_sqrt_d : name := 47%positive.
Definition x_t : name := 48%positive.
Definition x_inv_f1f657 : name := 49%positive.
Definition x_inv_sqrt_d : name := 50%positive.
Definition x_z : name := 51%positive.

(* discrete-updates:prop-4 *)
Definition prop_4 : certificate := Certificate (Signature
  [(x_i, Index x_d); (x_step, Time x_K x_k (1)%Z true)]
  (Some x_run)
  [(x_d, Symbol [] true None []); (x_K, Symbol [] true None []); (x_L, Symbol [] false None []); (x_mu, Symbol [] false
None []); (x_M, Symbol [] false None []); (x_M_G, Symbol [] false None []); (x_alpha, Symbol [] false None []);
(x_F_inf, Symbol [] false None []); (x_F_1, Symbol [] false None []); (x_F, Symbol [Rnd; At x_step] false (Some x_step)
[]); (x_w, Symbol [At x_i; Rnd; At x_step] false (Some x_step) []); (x_g, Symbol [At x_i; Rnd; At x_step] false None
[]); (x_u, Symbol [At x_i; Rnd; At x_step; Unk 1] true None [])]
  [(x_sum_i, Sum x_i); (x_sum_k, Sum x_step); (x_avg_k, Average x_step); (x_E, Expect []); (x_E_k, Expect [x_step])]
  [] None) [
  SHypothesis (Formula (Sym x_K) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_L) WGt (Const (0#1)));
  SHypothesis (Formula (Shift Next x_step (Sym x_F)) WLe (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App
x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2)))) (App x_sum_i (Mul (Sym x_g) (Add
(Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))))));
  SHypothesis (Formula (Shift Next x_step (Sym x_w)) WEq (Add (Sym x_w) (Mul (Const (-1#1)) (Sym x_u))));
  SHypothesis (Formula (Sym x_mu) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_M) WGe (Const (0#1)));
  SHypothesis (Formula (Sym x_M_G) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_alpha) WGt (Const (0#1)));
  SHypothesis (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WGe (Mul (Mul (Sym x_alpha) (Sym x_mu)) (App
x_sum_i (Pow (Sym x_g) 2))));
  SHypothesis (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WLe (Add (Mul (Sym x_M) (Sym x_alpha)) (Mul (Mul (Sym
x_M_G) (Pow (Sym x_alpha) 2)) (App x_sum_i (Pow (Sym x_g) 2)))));
  SDefinition x_inv_L Quotient [Const (1#1); Sym x_L] (Some (Ref 1 0));
  SDefinition x_inv_M_G Quotient [Const (1#1); Sym x_M_G] (Some (Ref 6 0));
  SHypothesis (Formula (Sym x_alpha) WLe (Mul (Mul (Sym x_mu) (Sym x_inv_L)) (Sym x_inv_M_G)));
  SHypothesis (Formula (Shift Last x_step (Sym x_F)) WGe (Sym x_F_inf));
  SHypothesis (Formula (Sym x_F) WGe (Sym x_F_inf));
  SHypothesis (Formula (Shift First x_step (Sym x_F)) WEq (Sym x_F_1));
  SDefinition x_inv_mu Quotient [Const (1#1); Sym x_mu] (Some (Ref 4 0));
  SDefinition x_inv_K Quotient [Const (1#1); Sym x_K] (Some (Ref 0 0));
  SCombination (Formula (Sym x_inv_K) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 0 0], []); ((1#1), [],
[])] [(Ref 17 0, Const (1#1))]);
  SDefinition x_inv_alpha Quotient [Const (1#1); Sym x_alpha] (Some (Ref 7 0));
  SCombination (Formula (Sym x_inv_alpha) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 7 0], []); ((1#1),
[], [])] [(Ref 19 0, Const (1#1))]);
  SCombination (Formula (Sym x_inv_mu) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 4 0], []); ((1#1), [],
[])] [(Ref 16 0, Const (1#1))]);
  SFunctional x_E (Ref 13 0);
  SCombination (Formula (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))) WEq (Mul (Mul
(Const (-1#1)) (Sym x_g)) (Sym x_u))) (Combination false [] [(Ref 3 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 23 0);
  SCombination (Formula (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2) WEq (Pow (Sym x_u)
2)) (Combination false [] [(Ref 3 0, Shift Next x_step (Sym x_w)); (Ref 3 0, Mul (Const (-1#1)) (Sym x_u)); (Ref 3 0,
Mul (Const (-1#1)) (Sym x_w))]);
  SFunctional x_sum_i (Ref 25 0);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WEq (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 24 0, Const (1#1)); (Ref 26 0, Mul (Const (1#2)) (Sym
x_L))]);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WLe (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 27 0, Const (-1#1))]);
  SCombination (Formula (Add (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Sym x_u) 2))))
(Mul (Const (-1#1)) (Shift Next x_step (Sym x_F)))) (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u))))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 2 0], []); ((1#1), [Ref 28 0], [])] []);
  SFunctional x_E_k (Ref 29 0);
  SInterchange x_E_k x_sum_i (Mul (Sym x_g) (Sym x_u));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u))))) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_E_k (App
x_sum_i (Pow (Sym x_u) 2)))))) (Combination false [((1#1), [Ref 30 0], [])] [(Ref 31 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u))))) (Mul (Mul (Const
(1#2)) (Sym x_L)) (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))))) WLe (Add (Add (Mul (Mul (Mul (Const (1#2)) (Sym x_L))
(Sym x_M)) (Sym x_alpha)) (Mul (Mul (Mul (Const (-1#1)) (Sym x_mu)) (Sym x_alpha)) (App x_sum_i (Pow (Sym x_g) 2))))
(Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_M_G)) (Pow (Sym x_alpha) 2)) (App x_sum_i (Pow (Sym x_g) 2)))))
(Combination false [((1#1), [Ref 8 0], []); ((1#2), [Ref 9 0; Ref 1 0], [])] []);
  SCombination (Formula (Add (Add (Add (Add (Mul (Const (-1#1)) (App x_E_k (Shift Next x_step (Sym x_F)))) (Sym x_F))
(Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_M)) (Sym x_alpha))) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym
x_M_G)) (Pow (Sym x_alpha) 2)) (App x_sum_i (Pow (Sym x_g) 2)))) (Mul (Mul (Mul (Const (-1#1)) (Sym x_mu)) (Sym
x_alpha)) (App x_sum_i (Pow (Sym x_g) 2)))) WGe (Const (0#1))) (Combination false [((1#1), [Ref 32 0], []); ((1#1), [Ref
33 0], [])] []);
  SCombination (Formula (Mul (Mul (Sym x_L) (Sym x_M_G)) (Sym x_alpha)) WLe (Sym x_mu)) (Combination false [((1#1), [Ref
12 0; Ref 1 0; Ref 6 0], [])] [(Ref 10 0, Mul (Const (-1#1)) (Sym x_mu)); (Ref 11 0, Mul (Mul (Mul (Const (-1#1)) (Sym
x_L)) (Sym x_inv_L)) (Sym x_mu))]);
  SCombination (Formula (Pow (Sym x_g) 2) WGe (Const (0#1))) (Combination false [((1#1), [], [Sym x_g])] []);
  SFunctional x_sum_i (Ref 36 0);
  SCombination (Formula (Add (Mul (Mul (Sym x_alpha) (Add (Mul (Const (-1#1)) (Sym x_mu)) (Mul (Mul (Mul (Const (1#2))
(Sym x_L)) (Sym x_M_G)) (Sym x_alpha)))) (App x_sum_i (Pow (Sym x_g) 2))) (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym
x_M)) (Sym x_alpha))) WLe (Add (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_M)) (Sym x_alpha)) (Mul (Mul (Mul (Const
(-1#2)) (Sym x_alpha)) (Sym x_mu)) (App x_sum_i (Pow (Sym x_g) 2))))) (Combination false [((1#2), [Ref 35 0; Ref 7 0;
Ref 37 0], [])] []);
  SCombination (Formula (Add (Add (Add (Mul (Const (-1#1)) (App x_E_k (Shift Next x_step (Sym x_F)))) (Sym x_F)) (Mul
(Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_M)) (Sym x_alpha))) (Mul (Mul (Mul (Const (-1#2)) (Sym x_alpha)) (Sym x_mu))
(App x_sum_i (Pow (Sym x_g) 2)))) WGe (Const (0#1))) (Combination false [((1#1), [Ref 34 0], []); ((1#1), [Ref 38 0],
[])] []);
  SFunctional x_E (Ref 39 0);
  STower x_E x_E_k (Shift Next x_step (Sym x_F));
  SCombination (Formula (Add (Mul (Const (-1#1)) (App x_E (Sym x_F))) (App x_E (Shift Next x_step (Sym x_F)))) WLe (Add
(Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_M)) (Sym x_alpha)) (Mul (Mul (Mul (Const (-1#2)) (Sym x_alpha)) (Sym
x_mu)) (App x_E (App x_sum_i (Pow (Sym x_g) 2)))))) (Combination false [((1#1), [Ref 40 0], [])] [(Ref 41 0, Const
(1#1))]);
  SFunctional x_sum_k (Ref 42 0);
  SFunctional x_E (Ref 15 0);
  STelescoping x_sum_k (App x_E (Sym x_F));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F_1)) (App x_E (Shift Last x_step (Sym x_F)))) WLe (Mul (Const
(-1#1)) (App x_sum_k (Add (Mul (Mul (Mul (Const (1#2)) (Sym x_alpha)) (Sym x_mu)) (App x_E (App x_sum_i (Pow (Sym x_g)
2)))) (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (Sym x_M)) (Sym x_alpha)))))) (Combination false [((1#1), [Ref 43 0],
[])] [(Ref 45 0, Const (1#1)); (Ref 44 0, Const (-1#1))]);
  SCombination (Formula (Add (Add (Add (Sym x_F_1) (Mul (Const (-1#1)) (Sym x_F_inf))) (Mul (Mul (Mul (Mul (Const (1#2))
(Sym x_K)) (Sym x_L)) (Sym x_M)) (Sym x_alpha))) (Mul (Mul (Mul (Const (-1#2)) (Sym x_alpha)) (Sym x_mu)) (App x_sum_k
(App x_E (App x_sum_i (Pow (Sym x_g) 2)))))) WGe (Const (0#1))) (Combination false [((1#1), [Ref 22 0], []); ((1#1),
[Ref 46 0], [])] []);
  SCombination (Formula (Mul (Mul (Mul (Const (1#2)) (Sym x_alpha)) (Sym x_mu)) (App x_sum_k (App x_E (App x_sum_i (Pow
(Sym x_g) 2))))) WLe (Add (Add (Sym x_F_1) (Mul (Const (-1#1)) (Sym x_F_inf))) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym
x_K)) (Sym x_L)) (Sym x_M)) (Sym x_alpha)))) (Combination false [((1#1), [Ref 47 0], [])] []);
  SCombination (Formula (App x_sum_k (App x_E (App x_sum_i (Pow (Sym x_g) 2)))) WLe (Add (Mul (Mul (Sym x_inv_alpha)
(Sym x_inv_mu)) (Add (Mul (Const (-2#1)) (Sym x_F_inf)) (Mul (Const (2#1)) (Sym x_F_1)))) (Mul (Mul (Mul (Sym x_K) (Sym
x_L)) (Sym x_M)) (Sym x_inv_mu)))) (Combination false [((2#1), [Ref 48 0; Ref 20 0; Ref 21 0], [])] [(Ref 19 0, Mul (Mul
(Mul (Mul (Const (-1#1)) (Sym x_K)) (Sym x_L)) (Sym x_M)) (Sym x_inv_mu)); (Ref 16 0, App x_sum_k (App x_E (App x_sum_i
(Pow (Sym x_g) 2)))); (Ref 19 0, Mul (Mul (Sym x_inv_mu) (Sym x_mu)) (App x_sum_k (App x_E (App x_sum_i (Pow (Sym x_g)
2)))))]);
  SInterchange x_E x_avg_k (App x_sum_i (Pow (Sym x_g) 2));
  SAverage x_avg_k x_sum_k (App x_E (App x_sum_i (Pow (Sym x_g) 2)));
  SCombination (Formula (App x_E (App x_avg_k (App x_sum_i (Pow (Sym x_g) 2)))) WLe (Add (Mul (Mul (Sym x_L) (Sym x_M))
(Sym x_inv_mu)) (Mul (Mul (Mul (Sym x_inv_K) (Sym x_inv_alpha)) (Sym x_inv_mu)) (Add (Mul (Const (-2#1)) (Sym x_F_inf))
(Mul (Const (2#1)) (Sym x_F_1)))))) (Combination false [((1#1), [Ref 49 0; Ref 18 0], [])] [(Ref 17 0, App x_E (App
x_avg_k (App x_sum_i (Pow (Sym x_g) 2)))); (Ref 17 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_L)) (Sym x_M)) (Sym
x_inv_mu)); (Ref 50 0, Mul (Mul (Const (-1#1)) (Sym x_K)) (Sym x_inv_K)); (Ref 51 0, Mul (Const (-1#1)) (Sym
x_inv_K))])]
  (Ref 52 0).

(* discrete-updates:prop-4~refined *)
Definition prop_4_refined : certificate := Certificate (Signature
  [(x_i, Index x_d); (x_step, Time x_K x_k (1)%Z true)]
  (Some x_run)
  [(x_d, Symbol [] true None []); (x_K, Symbol [] true None []); (x_L, Symbol [] false None []); (x_mu, Symbol [] false
None []); (x_M, Symbol [] false None []); (x_M_G, Symbol [] false None []); (x_alpha, Symbol [] false None []);
(x_F_inf, Symbol [] false None []); (x_F_1, Symbol [] false None []); (x_F, Symbol [Rnd; At x_step] false (Some x_step)
[]); (x_w, Symbol [At x_i; Rnd; At x_step] false (Some x_step) []); (x_g, Symbol [At x_i; Rnd; At x_step] false None
[]); (x_u, Symbol [At x_i; Rnd; At x_step; Unk 1] true None [])]
  [(x_sum_i, Sum x_i); (x_avg_k, Average x_step); (x_E, Expect []); (x_E_k, Expect [x_step])]
  [] None) [
  SHypothesis (Formula (Sym x_K) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_L) WGt (Const (0#1)));
  SHypothesis (Formula (Shift Next x_step (Sym x_F)) WLe (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App
x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2)))) (App x_sum_i (Mul (Sym x_g) (Add
(Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))))));
  SHypothesis (Formula (Shift Next x_step (Sym x_w)) WEq (Add (Sym x_w) (Mul (Const (-1#1)) (Sym x_u))));
  SHypothesis (Formula (Sym x_mu) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_M) WGe (Const (0#1)));
  SHypothesis (Formula (Sym x_M_G) WGe (Const (0#1)));
  SHypothesis (Formula (Sym x_alpha) WGt (Const (0#1)));
  SHypothesis (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WGe (Mul (Mul (Sym x_alpha) (Sym x_mu)) (App
x_sum_i (Pow (Sym x_g) 2))));
  SHypothesis (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WLe (Add (Mul (Sym x_M) (Sym x_alpha)) (Mul (Mul (Sym
x_M_G) (Pow (Sym x_alpha) 2)) (App x_sum_i (Pow (Sym x_g) 2)))));
  SHypothesis (Formula (Mul (Const (2#1)) (Sym x_mu)) WGt (Mul (Mul (Sym x_L) (Sym x_M_G)) (Sym x_alpha)));
  SHypothesis (Formula (Shift Last x_step (Sym x_F)) WGe (Sym x_F_inf));
  SHypothesis (Formula (Sym x_F) WGe (Sym x_F_inf));
  SHypothesis (Formula (Shift First x_step (Sym x_F)) WEq (Sym x_F_1));
  SCombination (Formula (Add (Sym x_mu) (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (Sym x_M_G)) (Sym x_alpha))) WGt (Const
(0#1))) (Combination false [((1#2), [Ref 10 0], [])] []);
  SDefinition x_inv_46773b Quotient [Const (1#1); Add (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (Sym x_M_G)) (Sym
x_alpha)) (Sym x_mu)] (Some (Ref 14 0));
  SCombination (Formula (Sym x_inv_46773b) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 14 0], []);
((1#1), [], [])] [(Ref 15 0, Const (1#1))]);
  SDefinition x_inv_K Quotient [Const (1#1); Sym x_K] (Some (Ref 0 0));
  SCombination (Formula (Sym x_inv_K) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 0 0], []); ((1#1), [],
[])] [(Ref 17 0, Const (1#1))]);
  SDefinition x_inv_alpha Quotient [Const (1#1); Sym x_alpha] (Some (Ref 7 0));
  SCombination (Formula (Sym x_inv_alpha) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 7 0], []); ((1#1),
[], [])] [(Ref 19 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))) WEq (Mul (Mul
(Const (-1#1)) (Sym x_g)) (Sym x_u))) (Combination false [] [(Ref 3 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 21 0);
  SCombination (Formula (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2) WEq (Pow (Sym x_u)
2)) (Combination false [] [(Ref 3 0, Shift Next x_step (Sym x_w)); (Ref 3 0, Mul (Const (-1#1)) (Sym x_u)); (Ref 3 0,
Mul (Const (-1#1)) (Sym x_w))]);
  SFunctional x_sum_i (Ref 23 0);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WEq (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 22 0, Const (1#1)); (Ref 24 0, Mul (Const (1#2)) (Sym
x_L))]);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WLe (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 25 0, Const (-1#1))]);
  SCombination (Formula (Add (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Sym x_u) 2))))
(Mul (Const (-1#1)) (Shift Next x_step (Sym x_F)))) (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u))))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 2 0], []); ((1#1), [Ref 26 0], [])] []);
  SFunctional x_E_k (Ref 27 0);
  SInterchange x_E_k x_sum_i (Mul (Sym x_g) (Sym x_u));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u))))) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_E_k (App
x_sum_i (Pow (Sym x_u) 2)))))) (Combination false [((1#1), [Ref 28 0], [])] [(Ref 29 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Mul (Sym x_alpha) (Add (Mul (Const (-1#1)) (Sym x_mu)) (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_M_G)) (Sym
x_alpha)))) (App x_sum_i (Pow (Sym x_g) 2))) (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_M)) (Sym x_alpha))))
(Combination false [((1#1), [Ref 30 0], []); ((1#1), [Ref 8 0], []); ((1#2), [Ref 9 0; Ref 1 0], [])] []);
  SFunctional x_E (Ref 31 0);
  STower x_E x_E_k (Shift Next x_step (Sym x_F));
  SCombination (Formula (Add (Mul (Const (-1#1)) (App x_E (Sym x_F))) (App x_E (Shift Next x_step (Sym x_F)))) WLe (Add
(Mul (Mul (Sym x_alpha) (Add (Mul (Const (-1#1)) (Sym x_mu)) (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_M_G)) (Sym
x_alpha)))) (App x_E (App x_sum_i (Pow (Sym x_g) 2)))) (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_M)) (Sym
x_alpha)))) (Combination false [((1#1), [Ref 32 0], [])] [(Ref 33 0, Const (1#1))]);
  SFunctional x_avg_k (Ref 34 0);
  STelescoping x_avg_k (App x_E (Sym x_F));
  SFunctional x_E (Ref 13 0);
  SFunctional x_E (Ref 11 0);
  SInterchange x_E x_avg_k (App x_sum_i (Pow (Sym x_g) 2));
  SCombination (Formula (Mul (Mul (Mul (Sym x_K) (Sym x_alpha)) (Add (Sym x_mu) (Mul (Mul (Mul (Const (-1#2)) (Sym x_L))
(Sym x_M_G)) (Sym x_alpha)))) (App x_E (App x_avg_k (App x_sum_i (Pow (Sym x_g) 2))))) WLe (Add (Add (Sym x_F_1) (Mul
(Const (-1#1)) (Sym x_F_inf))) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (Sym x_M)) (Sym x_alpha))))
(Combination false [((1#1), [Ref 35 0; Ref 0 0], []); ((1#1), [Ref 38 0], [])] [(Ref 37 0, Const (-1#1)); (Ref 39 0, Mul
(Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (Sym x_M_G)) (Pow (Sym x_alpha) 2)); (Ref 39 0, Mul (Mul (Mul (Const
(-1#1)) (Sym x_K)) (Sym x_alpha)) (Sym x_mu)); (Ref 36 0, Const (1#1))]);
  SCombination (Formula (App x_E (App x_avg_k (App x_sum_i (Pow (Sym x_g) 2)))) WLe (Mul (Sym x_inv_46773b) (Add (Mul
(Mul (Const (1#2)) (Sym x_L)) (Sym x_M)) (Mul (Mul (Sym x_inv_K) (Sym x_inv_alpha)) (Add (Sym x_F_1) (Mul (Const (-1#1))
(Sym x_F_inf))))))) (Combination false [((1#1), [Ref 40 0; Ref 16 0; Ref 18 0; Ref 20 0], [])] [(Ref 15 0, App x_E (App
x_avg_k (App x_sum_i (Pow (Sym x_g) 2)))); (Ref 17 0, Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (Sym x_M)) (Sym
x_inv_46773b)); (Ref 17 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (App x_E (App x_avg_k (App x_sum_i (Pow (Sym x_g)
2))))) (Sym x_L)) (Sym x_M_G)) (Sym x_alpha)) (Sym x_inv_46773b)); (Ref 17 0, Mul (Mul (Mul (Mul (App x_E (App x_avg_k
(App x_sum_i (Pow (Sym x_g) 2)))) (Sym x_alpha)) (Sym x_inv_46773b)) (Sym x_inv_alpha)) (Sym x_mu)); (Ref 19 0, Mul (Mul
(Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (App x_E (App x_avg_k (App x_sum_i (Pow (Sym x_g) 2))))) (Sym x_K)) (Sym x_L))
(Sym x_M_G)) (Sym x_alpha)) (Sym x_inv_46773b)) (Sym x_inv_K)); (Ref 19 0, Mul (Mul (App x_E (App x_avg_k (App x_sum_i
(Pow (Sym x_g) 2)))) (Sym x_inv_46773b)) (Sym x_mu)); (Ref 19 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_K)) (Sym
x_L)) (Sym x_M)) (Sym x_inv_46773b)) (Sym x_inv_K))])]
  (Ref 41 0).

(* lattice:t1a/K *)
Definition t1a : certificate := Certificate (Signature
  [(x_i, Index x_d); (x_step, Time x_K x_k (1)%Z true); (x_draw, Time x_n x_nu (0)%Z true)]
  (Some x_run)
  [(x_d, Symbol [] true None []); (x_K, Symbol [] true None []); (x_n, Symbol [] true None []); (x_L, Symbol [] false
None []); (x_r, Symbol [] false None []); (x_c, Symbol [] false None []); (x_F_1, Symbol [] false None []); (x_F_inf,
Symbol [] false None []); (x_Delta, Symbol [] false None []); (x_F, Symbol [Rnd; At x_step] false (Some x_step) []);
(x_w, Symbol [At x_i; Rnd; At x_step] false (Some x_step) []); (x_g, Symbol [At x_i; Rnd; At x_step] false None []);
(x_u, Symbol [At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_x, Symbol [At x_draw; At x_i; Rnd; At x_step; Unk
1] true (Some x_draw) []); (x_b, Symbol [At x_draw; At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_y, Symbol
[At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_p, Symbol [At x_i; Rnd; At x_step] false None [])]
  [(x_sum_i, Sum x_i); (x_avg_k, Average x_step); (x_E, Expect []); (x_E_k, Expect [x_step]); (x_E_nu, Expect [x_step;
x_draw])]
  [] None) [
  SHypothesis (Formula (Sym x_n) WEq (Const (1#1)));
  SHypothesis (Formula (Sym x_K) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_L) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_c) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_d) WGe (Const (1#1)));
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SHypothesis (Formula (Sym x_n) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WGe (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WLe (Const (1#1)));
  SHypothesis (Formula (Shift First x_draw (Sym x_x)) WEq (Const (0#1)));
  SHypothesis (Formula (Shift Next x_draw (Sym x_x)) WEq (Add (Sym x_b) (Sym x_x)));
  SHypothesis (Formula (Pow (Sym x_b) 2) WEq (Sym x_b));
  SHypothesis (Formula (App x_E_nu (Sym x_b)) WEq (Sym x_p));
  SDefinition x_a Absolute [Sym x_g] None;
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 6 0], []); ((1#1), [Ref 15 0], [])] []);
  SDefinition x_q Quotient [Add (Sym x_a) (Sym x_c); Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref
16 0));
  SHypothesis (Formula (Sym x_p) WEq (Mul (Sym x_q) (Sym x_r)));
  SHypothesis (Formula (Sym x_y) WEq (Shift Last x_draw (Sym x_x)));
  SDefinition x_sg Sign [Sym x_g] None;
  SHypothesis (Formula (Sym x_u) WEq (Mul (Sym x_sg) (Sym x_y)));
  SHypothesis (Formula (Shift Next x_step (Sym x_F)) WLe (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App
x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2)))) (App x_sum_i (Mul (Sym x_g) (Add
(Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))))));
  SHypothesis (Formula (Shift Next x_step (Sym x_w)) WEq (Add (Sym x_w) (Mul (Const (-1#1)) (Sym x_u))));
  SHypothesis (Formula (Shift Last x_step (Sym x_F)) WGe (Sym x_F_inf));
  SHypothesis (Formula (Shift First x_step (Sym x_F)) WEq (Sym x_F_1));
  SHypothesis (Formula (Sym x_Delta) WEq (Add (Sym x_F_1) (Mul (Const (-1#1)) (Sym x_F_inf))));
  SDefinition x_phi Quotient [Add (Mul (Sym x_c) (App x_sum_i (Sym x_a))) (App x_sum_i (Pow (Sym x_g) 2)); Add (Mul (Sym
x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref 16 0));
  SDefinition x_inv_K Quotient [Const (1#1); Sym x_K] (Some (Ref 1 0));
  SDefinition x_inv_r Quotient [Const (1#1); Sym x_r] (Some (Ref 3 0));
  SCombination (Formula (Sym x_inv_K) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 1 0], []); ((1#1), [],
[])] [(Ref 28 0, Const (1#1))]);
  SDefinition x_inv_n Quotient [Const (1#1); Sym x_n] (Some (Ref 7 0));
  SCombination (Formula (Sym x_inv_n) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 7 0], []); ((1#1), [],
[])] [(Ref 31 0, Const (1#1))]);
  SCombination (Formula (Sym x_inv_r) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 3 0], []); ((1#1), [],
[])] [(Ref 29 0, Const (1#1))]);
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 34 0], []); ((1#1), [Ref 35 0], [])] []);
  SDefinition x_inv_497034 Quotient [Const (1#1); Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref 36
0));
  SFunctional x_E_k (Ref 21 0);
  SCombination (Formula (App x_E_k (Sym x_u)) WEq (App x_E_k (Mul (Sym x_sg) (Sym x_y)))) (Combination false [] [(Ref 38
0, Const (1#1))]);
  STower x_E_k x_E_nu (Sym x_b);
  SFunctional x_E_k (Ref 13 0);
  SCombination (Formula (App x_E_k (Sym x_b)) WEq (Sym x_p)) (Combination false [] [(Ref 40 0, Const (-1#1)); (Ref 41 0,
Const (1#1))]);
  SFunctional x_E_k (Ref 10 0);
  SFunctional x_E_k (Ref 11 0);
  SInduction x_draw (Formula (App x_E_k (Sym x_x)) WEq (Mul (Sym x_nu) (Sym x_p))) (Ref 43 0) (Combination false []
[(Ref 44 0, Const (1#1)); (Ref 42 0, Const (1#1)); (Previous, Const (1#1))]);
  SFunctional x_E_k (Ref 19 0);
  SCombination (Formula (App x_E_k (Sym x_y)) WEq (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r))) (Combination false [] [(Ref
46 0, Const (1#1)); (Ref 18 0, Sym x_n); (Ref 45 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_sg) (App x_E_k (Sym x_y))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Sym
x_sg))) (Combination false [] [(Ref 47 0, Sym x_sg)]);
  SCombination (Formula (Sym x_q) WEq (Mul (Sym x_inv_497034) (Add (Sym x_a) (Sym x_c)))) (Combination false [] [(Ref 17
0, Sym x_inv_497034); (Ref 37 0, Mul (Const (-1#1)) (Sym x_q))]);
  SCombination (Formula (Mul (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Sym x_sg)) WEq (Mul (Mul (Mul (Mul (Sym x_n)
(Sym x_r)) (Sym x_sg)) (Sym x_inv_497034)) (Add (Sym x_a) (Sym x_c)))) (Combination false [] [(Ref 49 0, Mul (Mul (Sym
x_n) (Sym x_r)) (Sym x_sg))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WGe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Ref
20 2, Mul (Const (-1#1)) (Sym x_g))]) (Combination true [((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Case
0, Mul (Mul (Const (2#1)) (Sym x_a)) (Sym x_sg)); (Case 0, Mul (Const (-1#1)) (Sym x_g)); (Case 0, Mul (Mul (Const
(-1#1)) (Sym x_g)) (Pow (Sym x_sg) 2))]) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied],
[])] [(Ref 14 1, Const (-1#1)); (Ref 20 2, Mul (Const (-1#1)) (Sym x_g))]));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WLe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 2], []); ((1#3), [Denied; Denied], [])]
[(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]) (Combination false [((1#1), [Ref 14 0], [])] [(Case
0, Mul (Const (-1#1)) (Sym x_sg))]) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 3], []);
((1#3), [Denied; Denied], [])] [(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]));
  SCombination (Formula (Mul (Sym x_g) (Sym x_sg)) WEq (Sym x_a)) (Both (Combination false [((1#1), [Ref 51 0], [])] [])
(Combination false [((1#1), [Ref 52 0], [])] []));
  SCombination (Formula (Mul (Sym x_a) (Sym x_sg)) WEq (Sym x_g)) (Combination false [] [(Ref 53 0, Mul (Const (-1#1))
(Sym x_sg)); (Ref 20 2, Const (-1#1))]);
  SCombination (Formula (Mul (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_sg)) (Sym x_inv_497034)) (Add (Sym x_a) (Sym
x_c))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_497034)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg)))))
(Combination false [] [(Ref 54 0, Mul (Mul (Sym x_inv_497034) (Sym x_n)) (Sym x_r))]);
  SCombination (Formula (App x_E_k (Sym x_u)) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_497034)) (Add (Sym x_g)
(Mul (Sym x_c) (Sym x_sg))))) (Combination false [] [(Ref 39 0, Const (1#1)); (Ref 50 0, Const (1#1)); (Ref 55 0, Const
(1#1)); (Ref 48 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_g) (App x_E_k (Sym x_u))) WEq (Mul (Mul (Mul (Mul (Sym x_g) (Sym x_n)) (Sym x_r))
(Sym x_inv_497034)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg))))) (Combination false [] [(Ref 56 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 57 0);
  SCombination (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WEq (App x_sum_i (Mul (Mul (Mul (Mul (Sym
x_g) (Sym x_n)) (Sym x_r)) (Sym x_inv_497034)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg)))))) (Combination false [] [(Ref
58 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WGe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Ref
20 2, Mul (Const (-1#1)) (Sym x_g))]) (Combination true [((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Case
0, Mul (Mul (Const (2#1)) (Sym x_a)) (Sym x_sg)); (Case 0, Mul (Const (-1#1)) (Sym x_g)); (Case 0, Mul (Mul (Const
(-1#1)) (Sym x_g)) (Pow (Sym x_sg) 2))]) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied],
[])] [(Ref 14 1, Const (-1#1)); (Ref 20 2, Mul (Const (-1#1)) (Sym x_g))]));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WLe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 2], []); ((1#3), [Denied; Denied], [])]
[(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]) (Combination false [((1#1), [Ref 14 0], [])] [(Case
0, Mul (Const (-1#1)) (Sym x_sg))]) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 3], []);
((1#3), [Denied; Denied], [])] [(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]));
  SCombination (Formula (Mul (Sym x_g) (Sym x_sg)) WEq (Sym x_a)) (Both (Combination false [((1#1), [Ref 60 0], [])] [])
(Combination false [((1#1), [Ref 61 0], [])] []));
  SFunctional x_sum_i (Ref 62 0);
  SCombination (Formula (App x_sum_i (Mul (Mul (Mul (Mul (Sym x_g) (Sym x_n)) (Sym x_r)) (Sym x_inv_497034)) (Add (Sym
x_g) (Mul (Sym x_c) (Sym x_sg))))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_497034)) (Add (Mul (Sym x_c) (App
x_sum_i (Sym x_a))) (App x_sum_i (Pow (Sym x_g) 2))))) (Combination false [] [(Ref 63 0, Mul (Mul (Mul (Sym x_c) (Sym
x_inv_497034)) (Sym x_n)) (Sym x_r))]);
  SCombination (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WEq (Mul (Mul (Sym x_n) (Sym x_phi)) (Sym
x_r))) (Combination false [] [(Ref 59 0, Const (1#1)); (Ref 37 0, Mul (Mul (Sym x_n) (Sym x_phi)) (Sym x_r)); (Ref 64 0,
Const (1#1)); (Ref 27 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_inv_497034)) (Sym x_n)) (Sym x_r))]);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 34 0], []); ((1#1), [Ref 66 0], [])] []);
  SCombination (Formula (Sym x_q) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 67 0], []); ((1#1), [Ref 14
0], []); ((1#1), [Ref 4 0], [])] [(Ref 17 0, Const (1#1))]);
  SCombination (Formula (Pow (Sym x_sg) 2) WLe (Const (1#1))) (Combination false [((1#1), [], [Add (Const (1#1)) (Mul
(Const (-1#1)) (Pow (Sym x_sg) 2))])] [(Ref 20 0, Mul (Const (-1#1)) (Sym x_sg))]);
  SCombination (Formula (Mul (Sym x_q) (Pow (Sym x_sg) 2)) WLe (Sym x_q)) (Combination false [((1#1), [Ref 69 0; Ref 68
0], [])] []);
  SFunctional x_sum_i (Ref 70 0);
  SCombination (Formula (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)) WLe (Pow (Sym x_q) 2)) (Combination false [((1#1),
[Ref 69 0; Ref 68 0; Ref 68 0], [])] []);
  SFunctional x_sum_i (Ref 72 0);
  SIntegrality (Sym x_n);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 34 0], []); ((1#1), [Ref 75 0], [])] []);
  SFunctional x_sum_i (Ref 17 0);
  SCombination (Formula (App x_sum_i (Sym x_q)) WGe (Const (1#1))) (Combination true [((1#1), [Denied; Ref 76 0], [])]
[(Ref 77 0, Const (1#1))]);
  SCombination (Formula (App x_sum_i (Sym x_q)) WLe (Const (1#1))) (Combination true [((1#1), [Denied; Ref 76 0], [])]
[(Ref 77 0, Const (-1#1))]);
  SCombination (Formula (App x_sum_i (Sym x_q)) WEq (Const (1#1))) (Both (Combination false [((1#1), [Ref 78 0], [])]
[]) (Combination false [((1#1), [Ref 79 0], [])] []));
  SCombination (Formula (Mul (Mul (Sym x_n) (Sym x_r)) (App x_sum_i (Mul (Sym x_q) (Pow (Sym x_sg) 2)))) WLe (Mul (Sym
x_n) (Sym x_r))) (Combination false [((1#1), [Ref 71 0; Ref 7 0; Ref 8 0], [])] [(Ref 80 0, Mul (Mul (Const (-1#1)) (Sym
x_n)) (Sym x_r))]);
  SCombination (Formula (Add (Add (Add (Mul (Sym x_n) (App x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)))) (Mul
(Mul (Const (-1#1)) (Sym x_n)) (App x_sum_i (Pow (Sym x_q) 2)))) (Mul (Mul (Const (-1#1)) (Pow (Sym x_n) 2)) (App
x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2))))) (Mul (Pow (Sym x_n) 2) (App x_sum_i (Pow (Sym x_q) 2)))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 74 0; Ref 73 0], [])] []);
  STower x_E_k x_E_nu (Sym x_b);
  SFunctional x_E_k (Ref 13 0);
  SCombination (Formula (App x_E_k (Sym x_b)) WEq (Sym x_p)) (Combination false [] [(Ref 83 0, Const (-1#1)); (Ref 84 0,
Const (1#1))]);
  SFunctional x_E_k (Ref 10 0);
  SFunctional x_E_k (Ref 11 0);
  SInduction x_draw (Formula (App x_E_k (Sym x_x)) WEq (Mul (Sym x_nu) (Sym x_p))) (Ref 86 0) (Combination false []
[(Ref 87 0, Const (1#1)); (Ref 85 0, Const (1#1)); (Previous, Const (1#1))]);
  SCombination (Formula (Pow (Shift Next x_draw (Sym x_x)) 2) WEq (Add (Add (Sym x_b) (Pow (Sym x_x) 2)) (Mul (Mul
(Const (2#1)) (Sym x_b)) (Sym x_x)))) (Combination false [] [(Ref 11 0, Sym x_b); (Ref 11 0, Shift Next x_draw (Sym
x_x)); (Ref 11 0, Sym x_x); (Ref 12 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_x) (App x_E_nu (Sym x_b))) WEq (Mul (Sym x_p) (Sym x_x))) (Combination false []
[(Ref 13 0, Sym x_x)]);
  STower x_E_k x_E_nu (Mul (Sym x_b) (Sym x_x));
  SFunctional x_E_k (Ref 90 0);
  SCombination (Formula (App x_E_k (Mul (Sym x_b) (Sym x_x))) WEq (Mul (Sym x_p) (App x_E_k (Sym x_x)))) (Combination
false [] [(Ref 91 0, Const (-1#1)); (Ref 92 0, Const (1#1))]);
  SCombination (Formula (Pow (Shift First x_draw (Sym x_x)) 2) WEq (Const (0#1))) (Combination false [] [(Ref 10 0,
Shift First x_draw (Sym x_x))]);
  SFunctional x_E_k (Ref 89 0);
  SFunctional x_E_k (Ref 94 0);
  SInduction x_draw (Formula (App x_E_k (Pow (Sym x_x) 2)) WEq (Add (Mul (Sym x_nu) (Sym x_p)) (Mul (Mul (Sym x_nu) (Pow
(Sym x_p) 2)) (Add (Const (-1#1)) (Sym x_nu))))) (Ref 96 0) (Combination false [] [(Ref 95 0, Const (1#1)); (Ref 85 0,
Const (1#1)); (Ref 85 0, Mul (Mul (Const (2#1)) (Sym x_nu)) (Sym x_p)); (Previous, Const (1#1)); (Ref 93 0, Const
(2#1)); (Ref 88 1, Mul (Const (2#1)) (App x_E_k (Sym x_b))); (Ref 85 0, Mul (Const (-2#1)) (App x_E_k (Sym x_x)))]);
  SCombination (Formula (Pow (Sym x_y) 2) WEq (Pow (Shift Last x_draw (Sym x_x)) 2)) (Combination false [] [(Ref 19 0,
Shift Last x_draw (Sym x_x)); (Ref 19 0, Sym x_y)]);
  SFunctional x_E_k (Ref 98 0);
  SCombination (Formula (App x_E_k (Pow (Sym x_y) 2)) WEq (Add (Mul (Sym x_n) (Sym x_p)) (Mul (Mul (Sym x_n) (Pow (Sym
x_p) 2)) (Add (Const (-1#1)) (Sym x_n))))) (Combination false [] [(Ref 97 0, Const (1#1)); (Ref 99 0, Const (1#1))]);
  SCombination (Formula (Mul (Pow (Sym x_sg) 2) (App x_E_k (Pow (Sym x_y) 2))) WEq (Mul (Pow (Sym x_sg) 2) (Add (Mul
(Sym x_n) (Sym x_p)) (Mul (Mul (Sym x_n) (Pow (Sym x_p) 2)) (Add (Const (-1#1)) (Sym x_n)))))) (Combination false []
[(Ref 100 0, Pow (Sym x_sg) 2)]);
  SCombination (Formula (Mul (Pow (Sym x_sg) 2) (App x_E_k (Pow (Sym x_y) 2))) WEq (Mul (Pow (Sym x_sg) 2) (Add (Mul
(Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Mul (Mul (Mul (Sym x_n) (Pow (Sym x_q) 2)) (Pow (Sym x_r) 2)) (Add (Const (-1#1))
(Sym x_n)))))) (Combination false [] [(Ref 101 0, Const (1#1)); (Ref 18 0, Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_n))
(Sym x_q)) (Sym x_r)) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Sym x_n) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Mul (Pow
(Sym x_n) 2) (Sym x_q)) (Sym x_r)) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_n)) (Sym x_p))
(Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Pow (Sym x_n) 2) (Sym x_p)) (Pow (Sym x_sg) 2))]);
  SFunctional x_sum_i (Ref 102 0);
  SInterchange x_E_k x_sum_i (Pow (Sym x_u) 2);
  SCombination (Formula (Pow (Sym x_u) 2) WEq (Mul (Pow (Sym x_sg) 2) (Pow (Sym x_y) 2))) (Combination false [] [(Ref 21
0, Mul (Sym x_sg) (Sym x_y)); (Ref 21 0, Sym x_u)]);
  SFunctional x_E_k (Ref 105 0);
  SFunctional x_sum_i (Ref 106 0);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WEq (App x_sum_i (App x_E_k (Mul (Pow (Sym x_sg) 2)
(Pow (Sym x_y) 2))))) (Combination false [] [(Ref 104 0, Const (1#1)); (Ref 107 0, Const (1#1))]);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WEq (Add (Mul (Mul (Sym x_n) (Sym x_r)) (App x_sum_i
(Mul (Sym x_q) (Pow (Sym x_sg) 2)))) (Mul (Mul (Pow (Sym x_r) 2) (Add (Pow (Sym x_n) 2) (Mul (Const (-1#1)) (Sym x_n))))
(App x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)))))) (Combination false [] [(Ref 108 0, Const (1#1)); (Ref 103 0,
Const (1#1))]);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WLe (Add (Mul (Sym x_n) (Sym x_r)) (Mul (Mul (Pow
(Sym x_r) 2) (Add (Pow (Sym x_n) 2) (Mul (Const (-1#1)) (Sym x_n)))) (App x_sum_i (Pow (Sym x_q) 2))))) (Combination
false [((1#1), [Ref 81 0], []); ((1#1), [Ref 82 0], [Sym x_r])] [(Ref 109 0, Const (-1#1))]);
  SCombination (Formula (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))) WEq (Mul (Mul
(Const (-1#1)) (Sym x_g)) (Sym x_u))) (Combination false [] [(Ref 23 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 111 0);
  SCombination (Formula (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2) WEq (Pow (Sym x_u)
2)) (Combination false [] [(Ref 23 0, Shift Next x_step (Sym x_w)); (Ref 23 0, Mul (Const (-1#1)) (Sym x_u)); (Ref 23 0,
Mul (Const (-1#1)) (Sym x_w))]);
  SFunctional x_sum_i (Ref 113 0);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WEq (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 112 0, Const (1#1)); (Ref 114 0, Mul (Const (1#2)) (Sym
x_L))]);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WLe (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 115 0, Const (-1#1))]);
  SCombination (Formula (Add (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Sym x_u) 2))))
(Mul (Const (-1#1)) (Shift Next x_step (Sym x_F)))) (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u))))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 22 0], []); ((1#1), [Ref 116 0], [])] []);
  SFunctional x_E_k (Ref 117 0);
  SInterchange x_E_k x_sum_i (Mul (Sym x_g) (Sym x_u));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u))))) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_E_k (App
x_sum_i (Pow (Sym x_u) 2)))))) (Combination false [((1#1), [Ref 118 0], [])] [(Ref 119 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Mul (Mul (Const (-1#1)) (Sym x_n)) (Sym x_phi)) (Sym x_r)) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_n)) (Sym
x_r)) (Add (Const (1#1)) (Mul (Mul (Sym x_r) (Add (Const (-1#1)) (Sym x_n))) (App x_sum_i (Pow (Sym x_q) 2)))))))
(Combination false [((1#1), [Ref 120 0], []); ((1#2), [Ref 110 0; Ref 2 0], [])] [(Ref 65 0, Const (1#1))]);
  SFunctional x_E (Ref 121 0);
  SFunctional x_avg_k (Ref 122 0);
  STower x_E x_E_k (Shift Next x_step (Sym x_F));
  SFunctional x_avg_k (Ref 124 0);
  STelescoping x_avg_k (App x_E (Sym x_F));
  SFunctional x_E (Ref 25 0);
  SFunctional x_E (Ref 24 0);
  SCombination (Formula (Mul (Mul (Mul (Sym x_K) (Sym x_n)) (Sym x_r)) (Add (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym
x_L)) (Sym x_r)) (Add (Const (-1#1)) (Sym x_n))) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (App x_avg_k
(App x_E (Sym x_phi))))) WLe (Add (Sym x_Delta) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (Sym x_n)) (Sym
x_r)))) (Combination false [((1#1), [Ref 123 0; Ref 1 0], []); ((1#1), [Ref 128 0], [])] [(Ref 26 0, Const (1#1)); (Ref
125 0, Sym x_K); (Ref 126 0, Const (1#1)); (Ref 127 0, Const (-1#1))]);
  SCombination (Formula (Add (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (Sym x_r)) (Add (Const (-1#1)) (Sym x_n)))
(App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (App x_avg_k (App x_E (Sym x_phi)))) WLe (Add (Mul (Const
(1#2)) (Sym x_L)) (Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_inv_r)))) (Combination false
[((1#1), [Ref 129 0; Ref 30 0; Ref 32 0; Ref 33 0], [])] [(Ref 28 0, Mul (Const (-1#2)) (Sym x_L)); (Ref 28 0, Mul (Mul
(Mul (Const (1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_r)); (Ref 29 0, Mul (Mul
(Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_n)) (Sym x_r)); (Ref
29 0, App x_avg_k (App x_E (Sym x_phi))); (Ref 28 0, Mul (Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k
(App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_inv_n)) (Sym x_inv_r)) (Pow (Sym x_n) 2)) (Pow (Sym x_r) 2)); (Ref 28
0, Mul (Mul (Mul (Mul (App x_avg_k (App x_E (Sym x_phi))) (Sym x_inv_n)) (Sym x_inv_r)) (Sym x_n)) (Sym x_r)); (Ref 31
0, Mul (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2)))))
(Sym x_inv_K)) (Sym x_r)); (Ref 31 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_K)) (Sym x_L)) (Sym x_inv_K)) (Sym
x_inv_r)) (Sym x_r)); (Ref 31 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i
(Pow (Sym x_q) 2))))) (Sym x_inv_r)) (Sym x_n)) (Pow (Sym x_r) 2)); (Ref 31 0, Mul (Mul (App x_avg_k (App x_E (Sym
x_phi))) (Sym x_inv_r)) (Sym x_r)); (Ref 29 0, Mul (Mul (Mul (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L))
(App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_n)) (Sym x_r)); (Ref 29 0,
Mul (Mul (Mul (Const (-1#2)) (Sym x_K)) (Sym x_L)) (Sym x_inv_K))]);
  SCombination (Formula (App x_avg_k (App x_E (Sym x_phi))) WLe (Add (Mul (Const (1#2)) (Sym x_L)) (Mul (Mul (Sym
x_Delta) (Sym x_inv_K)) (Sym x_inv_r)))) (Combination false [((1#1), [Ref 130 0], [])] [(Ref 28 0, Mul (Mul (Mul (Const
(-1#1)) (Sym x_Delta)) (Sym x_inv_K)) (Sym x_inv_r)); (Ref 0 0, Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym
x_inv_n)) (Sym x_inv_r)); (Ref 0 0, Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym
x_q) 2))))) (Sym x_r)); (Ref 28 0, Mul (Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_inv_r)) (Sym
x_n)); (Ref 31 0, Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_Delta)) (Sym x_K)) (Pow (Sym x_inv_K) 2)) (Sym x_inv_r))])]
  (Ref 131 0).

(* lattice:t1a *)
Definition t1a_limit : certificate := Certificate (Signature
  [(x_i, Index x_d); (x_step, Time x_K x_k (1)%Z true); (x_draw, Time x_n x_nu (0)%Z true)]
  (Some x_run)
  [(x_d, Symbol [] true None []); (x_K, Symbol [] true None []); (x_n, Symbol [] true None []); (x_L, Symbol [] false
None []); (x_r, Symbol [] false None []); (x_c, Symbol [] false None []); (x_F_1, Symbol [] false None []); (x_F_inf,
Symbol [] false None []); (x_Delta, Symbol [] false None []); (x_F, Symbol [Rnd; At x_step] false (Some x_step) []);
(x_w, Symbol [At x_i; Rnd; At x_step] false (Some x_step) []); (x_g, Symbol [At x_i; Rnd; At x_step] false None []);
(x_u, Symbol [At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_x, Symbol [At x_draw; At x_i; Rnd; At x_step; Unk
1] true (Some x_draw) []); (x_b, Symbol [At x_draw; At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_y, Symbol
[At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_p, Symbol [At x_i; Rnd; At x_step] false None [])]
  [(x_sum_i, Sum x_i); (x_avg_k, Average x_step); (x_E, Expect []); (x_E_k, Expect [x_step]); (x_E_nu, Expect [x_step;
x_draw])]
  [] (Some x_K)) [
  SHypothesis (Formula (Sym x_n) WEq (Const (1#1)));
  SHypothesis (Formula (Sym x_K) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_L) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_c) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_d) WGe (Const (1#1)));
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SHypothesis (Formula (Sym x_n) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WGe (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WLe (Const (1#1)));
  SHypothesis (Formula (Shift First x_draw (Sym x_x)) WEq (Const (0#1)));
  SHypothesis (Formula (Shift Next x_draw (Sym x_x)) WEq (Add (Sym x_b) (Sym x_x)));
  SHypothesis (Formula (Pow (Sym x_b) 2) WEq (Sym x_b));
  SHypothesis (Formula (App x_E_nu (Sym x_b)) WEq (Sym x_p));
  SDefinition x_a Absolute [Sym x_g] None;
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 6 0], []); ((1#1), [Ref 15 0], [])] []);
  SDefinition x_q Quotient [Add (Sym x_a) (Sym x_c); Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref
16 0));
  SHypothesis (Formula (Sym x_p) WEq (Mul (Sym x_q) (Sym x_r)));
  SHypothesis (Formula (Sym x_y) WEq (Shift Last x_draw (Sym x_x)));
  SDefinition x_sg Sign [Sym x_g] None;
  SHypothesis (Formula (Sym x_u) WEq (Mul (Sym x_sg) (Sym x_y)));
  SHypothesis (Formula (Shift Next x_step (Sym x_F)) WLe (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App
x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2)))) (App x_sum_i (Mul (Sym x_g) (Add
(Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))))));
  SHypothesis (Formula (Shift Next x_step (Sym x_w)) WEq (Add (Sym x_w) (Mul (Const (-1#1)) (Sym x_u))));
  SHypothesis (Formula (Shift Last x_step (Sym x_F)) WGe (Sym x_F_inf));
  SHypothesis (Formula (Shift First x_step (Sym x_F)) WEq (Sym x_F_1));
  SHypothesis (Formula (Sym x_Delta) WEq (Add (Sym x_F_1) (Mul (Const (-1#1)) (Sym x_F_inf))));
  SDefinition x_phi Quotient [Add (Mul (Sym x_c) (App x_sum_i (Sym x_a))) (App x_sum_i (Pow (Sym x_g) 2)); Add (Mul (Sym
x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref 16 0));
  SCombination (Formula (Pow (Sym x_g) 2) WGe (Const (0#1))) (Combination false [((1#1), [], [Sym x_g])] []);
  SFunctional x_sum_i (Ref 28 0);
  SCombination (Formula (Sym x_phi) WGe (Const (0#1))) (Combination true [((1#1), [Denied; Ref 16 0], []); ((1#1), [Ref
4 0; Ref 15 0], []); ((1#1), [Ref 29 0], [])] [(Ref 27 0, Const (1#1))]);
  SFunctional x_E (Ref 30 0);
  SFunctional x_avg_k (Ref 31 0);
  SDefinition x_inv_K Quotient [Const (1#1); Sym x_K] (Some (Ref 1 0));
  SDefinition x_inv_r Quotient [Const (1#1); Sym x_r] (Some (Ref 3 0));
  SCombination (Formula (Sym x_inv_K) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 1 0], []); ((1#1), [],
[])] [(Ref 33 0, Const (1#1))]);
  SDefinition x_inv_n Quotient [Const (1#1); Sym x_n] (Some (Ref 7 0));
  SCombination (Formula (Sym x_inv_n) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 7 0], []); ((1#1), [],
[])] [(Ref 36 0, Const (1#1))]);
  SCombination (Formula (Sym x_inv_r) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 3 0], []); ((1#1), [],
[])] [(Ref 34 0, Const (1#1))]);
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 39 0], []); ((1#1), [Ref 40 0], [])] []);
  SDefinition x_inv_497034 Quotient [Const (1#1); Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref 41
0));
  SFunctional x_E_k (Ref 21 0);
  SCombination (Formula (App x_E_k (Sym x_u)) WEq (App x_E_k (Mul (Sym x_sg) (Sym x_y)))) (Combination false [] [(Ref 43
0, Const (1#1))]);
  STower x_E_k x_E_nu (Sym x_b);
  SFunctional x_E_k (Ref 13 0);
  SCombination (Formula (App x_E_k (Sym x_b)) WEq (Sym x_p)) (Combination false [] [(Ref 45 0, Const (-1#1)); (Ref 46 0,
Const (1#1))]);
  SFunctional x_E_k (Ref 10 0);
  SFunctional x_E_k (Ref 11 0);
  SInduction x_draw (Formula (App x_E_k (Sym x_x)) WEq (Mul (Sym x_nu) (Sym x_p))) (Ref 48 0) (Combination false []
[(Ref 49 0, Const (1#1)); (Ref 47 0, Const (1#1)); (Previous, Const (1#1))]);
  SFunctional x_E_k (Ref 19 0);
  SCombination (Formula (App x_E_k (Sym x_y)) WEq (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r))) (Combination false [] [(Ref
51 0, Const (1#1)); (Ref 18 0, Sym x_n); (Ref 50 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_sg) (App x_E_k (Sym x_y))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Sym
x_sg))) (Combination false [] [(Ref 52 0, Sym x_sg)]);
  SCombination (Formula (Sym x_q) WEq (Mul (Sym x_inv_497034) (Add (Sym x_a) (Sym x_c)))) (Combination false [] [(Ref 17
0, Sym x_inv_497034); (Ref 42 0, Mul (Const (-1#1)) (Sym x_q))]);
  SCombination (Formula (Mul (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Sym x_sg)) WEq (Mul (Mul (Mul (Mul (Sym x_n)
(Sym x_r)) (Sym x_sg)) (Sym x_inv_497034)) (Add (Sym x_a) (Sym x_c)))) (Combination false [] [(Ref 54 0, Mul (Mul (Sym
x_n) (Sym x_r)) (Sym x_sg))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WGe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Ref
20 2, Mul (Const (-1#1)) (Sym x_g))]) (Combination true [((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Case
0, Mul (Mul (Const (2#1)) (Sym x_a)) (Sym x_sg)); (Case 0, Mul (Const (-1#1)) (Sym x_g)); (Case 0, Mul (Mul (Const
(-1#1)) (Sym x_g)) (Pow (Sym x_sg) 2))]) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied],
[])] [(Ref 14 1, Const (-1#1)); (Ref 20 2, Mul (Const (-1#1)) (Sym x_g))]));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WLe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 2], []); ((1#3), [Denied; Denied], [])]
[(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]) (Combination false [((1#1), [Ref 14 0], [])] [(Case
0, Mul (Const (-1#1)) (Sym x_sg))]) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 3], []);
((1#3), [Denied; Denied], [])] [(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]));
  SCombination (Formula (Mul (Sym x_g) (Sym x_sg)) WEq (Sym x_a)) (Both (Combination false [((1#1), [Ref 56 0], [])] [])
(Combination false [((1#1), [Ref 57 0], [])] []));
  SCombination (Formula (Mul (Sym x_a) (Sym x_sg)) WEq (Sym x_g)) (Combination false [] [(Ref 58 0, Mul (Const (-1#1))
(Sym x_sg)); (Ref 20 2, Const (-1#1))]);
  SCombination (Formula (Mul (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_sg)) (Sym x_inv_497034)) (Add (Sym x_a) (Sym
x_c))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_497034)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg)))))
(Combination false [] [(Ref 59 0, Mul (Mul (Sym x_inv_497034) (Sym x_n)) (Sym x_r))]);
  SCombination (Formula (App x_E_k (Sym x_u)) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_497034)) (Add (Sym x_g)
(Mul (Sym x_c) (Sym x_sg))))) (Combination false [] [(Ref 44 0, Const (1#1)); (Ref 55 0, Const (1#1)); (Ref 60 0, Const
(1#1)); (Ref 53 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_g) (App x_E_k (Sym x_u))) WEq (Mul (Mul (Mul (Mul (Sym x_g) (Sym x_n)) (Sym x_r))
(Sym x_inv_497034)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg))))) (Combination false [] [(Ref 61 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 62 0);
  SCombination (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WEq (App x_sum_i (Mul (Mul (Mul (Mul (Sym
x_g) (Sym x_n)) (Sym x_r)) (Sym x_inv_497034)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg)))))) (Combination false [] [(Ref
63 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WGe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Ref
20 2, Mul (Const (-1#1)) (Sym x_g))]) (Combination true [((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Case
0, Mul (Mul (Const (2#1)) (Sym x_a)) (Sym x_sg)); (Case 0, Mul (Const (-1#1)) (Sym x_g)); (Case 0, Mul (Mul (Const
(-1#1)) (Sym x_g)) (Pow (Sym x_sg) 2))]) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied],
[])] [(Ref 14 1, Const (-1#1)); (Ref 20 2, Mul (Const (-1#1)) (Sym x_g))]));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WLe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 2], []); ((1#3), [Denied; Denied], [])]
[(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]) (Combination false [((1#1), [Ref 14 0], [])] [(Case
0, Mul (Const (-1#1)) (Sym x_sg))]) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 3], []);
((1#3), [Denied; Denied], [])] [(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]));
  SCombination (Formula (Mul (Sym x_g) (Sym x_sg)) WEq (Sym x_a)) (Both (Combination false [((1#1), [Ref 65 0], [])] [])
(Combination false [((1#1), [Ref 66 0], [])] []));
  SFunctional x_sum_i (Ref 67 0);
  SCombination (Formula (App x_sum_i (Mul (Mul (Mul (Mul (Sym x_g) (Sym x_n)) (Sym x_r)) (Sym x_inv_497034)) (Add (Sym
x_g) (Mul (Sym x_c) (Sym x_sg))))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_497034)) (Add (Mul (Sym x_c) (App
x_sum_i (Sym x_a))) (App x_sum_i (Pow (Sym x_g) 2))))) (Combination false [] [(Ref 68 0, Mul (Mul (Mul (Sym x_c) (Sym
x_inv_497034)) (Sym x_n)) (Sym x_r))]);
  SCombination (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WEq (Mul (Mul (Sym x_n) (Sym x_phi)) (Sym
x_r))) (Combination false [] [(Ref 64 0, Const (1#1)); (Ref 42 0, Mul (Mul (Sym x_n) (Sym x_phi)) (Sym x_r)); (Ref 69 0,
Const (1#1)); (Ref 27 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_inv_497034)) (Sym x_n)) (Sym x_r))]);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 39 0], []); ((1#1), [Ref 71 0], [])] []);
  SCombination (Formula (Sym x_q) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 72 0], []); ((1#1), [Ref 14
0], []); ((1#1), [Ref 4 0], [])] [(Ref 17 0, Const (1#1))]);
  SCombination (Formula (Pow (Sym x_sg) 2) WLe (Const (1#1))) (Combination false [((1#1), [], [Add (Const (1#1)) (Mul
(Const (-1#1)) (Pow (Sym x_sg) 2))])] [(Ref 20 0, Mul (Const (-1#1)) (Sym x_sg))]);
  SCombination (Formula (Mul (Sym x_q) (Pow (Sym x_sg) 2)) WLe (Sym x_q)) (Combination false [((1#1), [Ref 74 0; Ref 73
0], [])] []);
  SFunctional x_sum_i (Ref 75 0);
  SCombination (Formula (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)) WLe (Pow (Sym x_q) 2)) (Combination false [((1#1),
[Ref 74 0; Ref 73 0; Ref 73 0], [])] []);
  SFunctional x_sum_i (Ref 77 0);
  SIntegrality (Sym x_n);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 39 0], []); ((1#1), [Ref 80 0], [])] []);
  SFunctional x_sum_i (Ref 17 0);
  SCombination (Formula (App x_sum_i (Sym x_q)) WGe (Const (1#1))) (Combination true [((1#1), [Denied; Ref 81 0], [])]
[(Ref 82 0, Const (1#1))]);
  SCombination (Formula (App x_sum_i (Sym x_q)) WLe (Const (1#1))) (Combination true [((1#1), [Denied; Ref 81 0], [])]
[(Ref 82 0, Const (-1#1))]);
  SCombination (Formula (App x_sum_i (Sym x_q)) WEq (Const (1#1))) (Both (Combination false [((1#1), [Ref 83 0], [])]
[]) (Combination false [((1#1), [Ref 84 0], [])] []));
  SCombination (Formula (Mul (Mul (Sym x_n) (Sym x_r)) (App x_sum_i (Mul (Sym x_q) (Pow (Sym x_sg) 2)))) WLe (Mul (Sym
x_n) (Sym x_r))) (Combination false [((1#1), [Ref 76 0; Ref 7 0; Ref 8 0], [])] [(Ref 85 0, Mul (Mul (Const (-1#1)) (Sym
x_n)) (Sym x_r))]);
  SCombination (Formula (Add (Add (Add (Mul (Sym x_n) (App x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)))) (Mul
(Mul (Const (-1#1)) (Sym x_n)) (App x_sum_i (Pow (Sym x_q) 2)))) (Mul (Mul (Const (-1#1)) (Pow (Sym x_n) 2)) (App
x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2))))) (Mul (Pow (Sym x_n) 2) (App x_sum_i (Pow (Sym x_q) 2)))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 79 0; Ref 78 0], [])] []);
  STower x_E_k x_E_nu (Sym x_b);
  SFunctional x_E_k (Ref 13 0);
  SCombination (Formula (App x_E_k (Sym x_b)) WEq (Sym x_p)) (Combination false [] [(Ref 88 0, Const (-1#1)); (Ref 89 0,
Const (1#1))]);
  SFunctional x_E_k (Ref 10 0);
  SFunctional x_E_k (Ref 11 0);
  SInduction x_draw (Formula (App x_E_k (Sym x_x)) WEq (Mul (Sym x_nu) (Sym x_p))) (Ref 91 0) (Combination false []
[(Ref 92 0, Const (1#1)); (Ref 90 0, Const (1#1)); (Previous, Const (1#1))]);
  SCombination (Formula (Pow (Shift Next x_draw (Sym x_x)) 2) WEq (Add (Add (Sym x_b) (Pow (Sym x_x) 2)) (Mul (Mul
(Const (2#1)) (Sym x_b)) (Sym x_x)))) (Combination false [] [(Ref 11 0, Sym x_b); (Ref 11 0, Shift Next x_draw (Sym
x_x)); (Ref 11 0, Sym x_x); (Ref 12 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_x) (App x_E_nu (Sym x_b))) WEq (Mul (Sym x_p) (Sym x_x))) (Combination false []
[(Ref 13 0, Sym x_x)]);
  STower x_E_k x_E_nu (Mul (Sym x_b) (Sym x_x));
  SFunctional x_E_k (Ref 95 0);
  SCombination (Formula (App x_E_k (Mul (Sym x_b) (Sym x_x))) WEq (Mul (Sym x_p) (App x_E_k (Sym x_x)))) (Combination
false [] [(Ref 96 0, Const (-1#1)); (Ref 97 0, Const (1#1))]);
  SCombination (Formula (Pow (Shift First x_draw (Sym x_x)) 2) WEq (Const (0#1))) (Combination false [] [(Ref 10 0,
Shift First x_draw (Sym x_x))]);
  SFunctional x_E_k (Ref 94 0);
  SFunctional x_E_k (Ref 99 0);
  SInduction x_draw (Formula (App x_E_k (Pow (Sym x_x) 2)) WEq (Add (Mul (Sym x_nu) (Sym x_p)) (Mul (Mul (Sym x_nu) (Pow
(Sym x_p) 2)) (Add (Const (-1#1)) (Sym x_nu))))) (Ref 101 0) (Combination false [] [(Ref 100 0, Const (1#1)); (Ref 90 0,
Const (1#1)); (Ref 90 0, Mul (Mul (Const (2#1)) (Sym x_nu)) (Sym x_p)); (Previous, Const (1#1)); (Ref 98 0, Const
(2#1)); (Ref 93 1, Mul (Const (2#1)) (App x_E_k (Sym x_b))); (Ref 90 0, Mul (Const (-2#1)) (App x_E_k (Sym x_x)))]);
  SCombination (Formula (Pow (Sym x_y) 2) WEq (Pow (Shift Last x_draw (Sym x_x)) 2)) (Combination false [] [(Ref 19 0,
Shift Last x_draw (Sym x_x)); (Ref 19 0, Sym x_y)]);
  SFunctional x_E_k (Ref 103 0);
  SCombination (Formula (App x_E_k (Pow (Sym x_y) 2)) WEq (Add (Mul (Sym x_n) (Sym x_p)) (Mul (Mul (Sym x_n) (Pow (Sym
x_p) 2)) (Add (Const (-1#1)) (Sym x_n))))) (Combination false [] [(Ref 102 0, Const (1#1)); (Ref 104 0, Const (1#1))]);
  SCombination (Formula (Mul (Pow (Sym x_sg) 2) (App x_E_k (Pow (Sym x_y) 2))) WEq (Mul (Pow (Sym x_sg) 2) (Add (Mul
(Sym x_n) (Sym x_p)) (Mul (Mul (Sym x_n) (Pow (Sym x_p) 2)) (Add (Const (-1#1)) (Sym x_n)))))) (Combination false []
[(Ref 105 0, Pow (Sym x_sg) 2)]);
  SCombination (Formula (Mul (Pow (Sym x_sg) 2) (App x_E_k (Pow (Sym x_y) 2))) WEq (Mul (Pow (Sym x_sg) 2) (Add (Mul
(Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Mul (Mul (Mul (Sym x_n) (Pow (Sym x_q) 2)) (Pow (Sym x_r) 2)) (Add (Const (-1#1))
(Sym x_n)))))) (Combination false [] [(Ref 106 0, Const (1#1)); (Ref 18 0, Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_n))
(Sym x_q)) (Sym x_r)) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Sym x_n) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Mul (Pow
(Sym x_n) 2) (Sym x_q)) (Sym x_r)) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_n)) (Sym x_p))
(Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Pow (Sym x_n) 2) (Sym x_p)) (Pow (Sym x_sg) 2))]);
  SFunctional x_sum_i (Ref 107 0);
  SInterchange x_E_k x_sum_i (Pow (Sym x_u) 2);
  SCombination (Formula (Pow (Sym x_u) 2) WEq (Mul (Pow (Sym x_sg) 2) (Pow (Sym x_y) 2))) (Combination false [] [(Ref 21
0, Mul (Sym x_sg) (Sym x_y)); (Ref 21 0, Sym x_u)]);
  SFunctional x_E_k (Ref 110 0);
  SFunctional x_sum_i (Ref 111 0);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WEq (App x_sum_i (App x_E_k (Mul (Pow (Sym x_sg) 2)
(Pow (Sym x_y) 2))))) (Combination false [] [(Ref 109 0, Const (1#1)); (Ref 112 0, Const (1#1))]);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WEq (Add (Mul (Mul (Sym x_n) (Sym x_r)) (App x_sum_i
(Mul (Sym x_q) (Pow (Sym x_sg) 2)))) (Mul (Mul (Pow (Sym x_r) 2) (Add (Pow (Sym x_n) 2) (Mul (Const (-1#1)) (Sym x_n))))
(App x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)))))) (Combination false [] [(Ref 113 0, Const (1#1)); (Ref 108 0,
Const (1#1))]);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WLe (Add (Mul (Sym x_n) (Sym x_r)) (Mul (Mul (Pow
(Sym x_r) 2) (Add (Pow (Sym x_n) 2) (Mul (Const (-1#1)) (Sym x_n)))) (App x_sum_i (Pow (Sym x_q) 2))))) (Combination
false [((1#1), [Ref 86 0], []); ((1#1), [Ref 87 0], [Sym x_r])] [(Ref 114 0, Const (-1#1))]);
  SCombination (Formula (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))) WEq (Mul (Mul
(Const (-1#1)) (Sym x_g)) (Sym x_u))) (Combination false [] [(Ref 23 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 116 0);
  SCombination (Formula (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2) WEq (Pow (Sym x_u)
2)) (Combination false [] [(Ref 23 0, Shift Next x_step (Sym x_w)); (Ref 23 0, Mul (Const (-1#1)) (Sym x_u)); (Ref 23 0,
Mul (Const (-1#1)) (Sym x_w))]);
  SFunctional x_sum_i (Ref 118 0);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WEq (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 117 0, Const (1#1)); (Ref 119 0, Mul (Const (1#2)) (Sym
x_L))]);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WLe (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 120 0, Const (-1#1))]);
  SCombination (Formula (Add (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Sym x_u) 2))))
(Mul (Const (-1#1)) (Shift Next x_step (Sym x_F)))) (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u))))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 22 0], []); ((1#1), [Ref 121 0], [])] []);
  SFunctional x_E_k (Ref 122 0);
  SInterchange x_E_k x_sum_i (Mul (Sym x_g) (Sym x_u));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u))))) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_E_k (App
x_sum_i (Pow (Sym x_u) 2)))))) (Combination false [((1#1), [Ref 123 0], [])] [(Ref 124 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Mul (Mul (Const (-1#1)) (Sym x_n)) (Sym x_phi)) (Sym x_r)) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_n)) (Sym
x_r)) (Add (Const (1#1)) (Mul (Mul (Sym x_r) (Add (Const (-1#1)) (Sym x_n))) (App x_sum_i (Pow (Sym x_q) 2)))))))
(Combination false [((1#1), [Ref 125 0], []); ((1#2), [Ref 115 0; Ref 2 0], [])] [(Ref 70 0, Const (1#1))]);
  SFunctional x_E (Ref 126 0);
  SFunctional x_avg_k (Ref 127 0);
  STower x_E x_E_k (Shift Next x_step (Sym x_F));
  SFunctional x_avg_k (Ref 129 0);
  STelescoping x_avg_k (App x_E (Sym x_F));
  SFunctional x_E (Ref 25 0);
  SFunctional x_E (Ref 24 0);
  SCombination (Formula (Mul (Mul (Mul (Sym x_K) (Sym x_n)) (Sym x_r)) (Add (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym
x_L)) (Sym x_r)) (Add (Const (-1#1)) (Sym x_n))) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (App x_avg_k
(App x_E (Sym x_phi))))) WLe (Add (Sym x_Delta) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (Sym x_n)) (Sym
x_r)))) (Combination false [((1#1), [Ref 128 0; Ref 1 0], []); ((1#1), [Ref 133 0], [])] [(Ref 26 0, Const (1#1)); (Ref
130 0, Sym x_K); (Ref 131 0, Const (1#1)); (Ref 132 0, Const (-1#1))]);
  SCombination (Formula (Add (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (Sym x_r)) (Add (Const (-1#1)) (Sym x_n)))
(App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (App x_avg_k (App x_E (Sym x_phi)))) WLe (Add (Mul (Const
(1#2)) (Sym x_L)) (Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_inv_r)))) (Combination false
[((1#1), [Ref 134 0; Ref 35 0; Ref 37 0; Ref 38 0], [])] [(Ref 33 0, Mul (Const (-1#2)) (Sym x_L)); (Ref 33 0, Mul (Mul
(Mul (Const (1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_r)); (Ref 34 0, Mul (Mul
(Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_n)) (Sym x_r)); (Ref
34 0, App x_avg_k (App x_E (Sym x_phi))); (Ref 33 0, Mul (Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k
(App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_inv_n)) (Sym x_inv_r)) (Pow (Sym x_n) 2)) (Pow (Sym x_r) 2)); (Ref 33
0, Mul (Mul (Mul (Mul (App x_avg_k (App x_E (Sym x_phi))) (Sym x_inv_n)) (Sym x_inv_r)) (Sym x_n)) (Sym x_r)); (Ref 36
0, Mul (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2)))))
(Sym x_inv_K)) (Sym x_r)); (Ref 36 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_K)) (Sym x_L)) (Sym x_inv_K)) (Sym
x_inv_r)) (Sym x_r)); (Ref 36 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i
(Pow (Sym x_q) 2))))) (Sym x_inv_r)) (Sym x_n)) (Pow (Sym x_r) 2)); (Ref 36 0, Mul (Mul (App x_avg_k (App x_E (Sym
x_phi))) (Sym x_inv_r)) (Sym x_r)); (Ref 34 0, Mul (Mul (Mul (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L))
(App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_n)) (Sym x_r)); (Ref 34 0,
Mul (Mul (Mul (Const (-1#2)) (Sym x_K)) (Sym x_L)) (Sym x_inv_K))]);
  SCombination (Formula (App x_avg_k (App x_E (Sym x_phi))) WLe (Add (Mul (Const (1#2)) (Sym x_L)) (Mul (Mul (Sym
x_Delta) (Sym x_inv_K)) (Sym x_inv_r)))) (Combination false [((1#1), [Ref 135 0], [])] [(Ref 33 0, Mul (Mul (Mul (Const
(-1#1)) (Sym x_Delta)) (Sym x_inv_K)) (Sym x_inv_r)); (Ref 0 0, Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym
x_inv_n)) (Sym x_inv_r)); (Ref 0 0, Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym
x_q) 2))))) (Sym x_r)); (Ref 33 0, Mul (Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_inv_r)) (Sym
x_n)); (Ref 36 0, Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_Delta)) (Sym x_K)) (Pow (Sym x_inv_K) 2)) (Sym x_inv_r))]);
  SCombination (Formula (Mul (Mul (Sym x_K) (Sym x_r)) (App x_avg_k (App x_E (Sym x_phi)))) WLe (Add (Sym x_Delta) (Mul
(Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (Sym x_r)))) (Combination false [((1#1), [Ref 136 0; Ref 1 0; Ref 3 0],
[])] [(Ref 34 0, Mul (Const (-1#1)) (Sym x_Delta)); (Ref 33 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_Delta)) (Sym
x_inv_r)) (Sym x_r))]);
  SLimit x_K (App x_avg_k (App x_E (Sym x_phi))) (Add (Sym x_Delta) (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L))
(Sym x_r))) (Mul (Sym x_K) (Sym x_r)) (Const (0#1)) (Ref 137 0) (Ref 32 0) (Ref 3 0);
  SCombination (Formula (Limsup x_K (App x_avg_k (App x_E (Sym x_phi)))) WLe (Mul (Const (1#2)) (Sym x_L))) (Combination
true [((1#1), [Ref 138 0], []); ((1#1), [Denied; Ref 3 0], [])] [])]
  (Ref 139 0).

(* lattice:t1b/K *)
Definition t1b : certificate := Certificate (Signature
  [(x_i, Index x_d); (x_step, Time x_K x_k (1)%Z true); (x_draw, Time x_n x_nu (0)%Z true)]
  (Some x_run)
  [(x_d, Symbol [] true None []); (x_K, Symbol [] true None []); (x_n, Symbol [] true None []); (x_L, Symbol [] false
None []); (x_r, Symbol [] false None []); (x_c, Symbol [] false None []); (x_F_1, Symbol [] false None []); (x_F_inf,
Symbol [] false None []); (x_Delta, Symbol [] false None []); (x_F, Symbol [Rnd; At x_step] false (Some x_step) []);
(x_w, Symbol [At x_i; Rnd; At x_step] false (Some x_step) []); (x_g, Symbol [At x_i; Rnd; At x_step] false None []);
(x_u, Symbol [At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_x, Symbol [At x_draw; At x_i; Rnd; At x_step; Unk
1] true (Some x_draw) []); (x_b, Symbol [At x_draw; At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_y, Symbol
[At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_p, Symbol [At x_i; Rnd; At x_step] false None [])]
  [(x_sum_i, Sum x_i); (x_avg_k, Average x_step); (x_E, Expect []); (x_E_k, Expect [x_step]); (x_E_nu, Expect [x_step;
x_draw])]
  [] None) [
  SHypothesis (Formula (Sym x_n) WEq (Const (1#1)));
  SHypothesis (Formula (Sym x_K) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_L) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_c) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_d) WGe (Const (1#1)));
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SHypothesis (Formula (Sym x_n) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WGe (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WLe (Const (1#1)));
  SHypothesis (Formula (Shift First x_draw (Sym x_x)) WEq (Const (0#1)));
  SHypothesis (Formula (Shift Next x_draw (Sym x_x)) WEq (Add (Sym x_b) (Sym x_x)));
  SHypothesis (Formula (Pow (Sym x_b) 2) WEq (Sym x_b));
  SHypothesis (Formula (App x_E_nu (Sym x_b)) WEq (Sym x_p));
  SDefinition x_a Absolute [Sym x_g] None;
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 6 0], []); ((1#1), [Ref 15 0], [])] []);
  SDefinition x_q Quotient [Add (Sym x_a) (Sym x_c); Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref
16 0));
  SHypothesis (Formula (Sym x_p) WEq (Mul (Sym x_q) (Sym x_r)));
  SHypothesis (Formula (Sym x_y) WEq (Shift Last x_draw (Sym x_x)));
  SDefinition x_sg Sign [Sym x_g] None;
  SHypothesis (Formula (Sym x_u) WEq (Mul (Sym x_sg) (Sym x_y)));
  SHypothesis (Formula (Shift Next x_step (Sym x_F)) WLe (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App
x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2)))) (App x_sum_i (Mul (Sym x_g) (Add
(Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))))));
  SHypothesis (Formula (Shift Next x_step (Sym x_w)) WEq (Add (Sym x_w) (Mul (Const (-1#1)) (Sym x_u))));
  SHypothesis (Formula (Shift Last x_step (Sym x_F)) WGe (Sym x_F_inf));
  SHypothesis (Formula (Shift First x_step (Sym x_F)) WEq (Sym x_F_1));
  SHypothesis (Formula (Sym x_Delta) WEq (Add (Sym x_F_1) (Mul (Const (-1#1)) (Sym x_F_inf))));
  SDefinition x_sqrt_d Root [Sym x_d] (Some (Ref 6 0));
  SCombination (Formula (Sym x_sqrt_d) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 27 0], []); ((1#1),
[Ref 6 0], [])] [(Ref 27 1, Const (1#1))]);
  SCombination (Formula (Pow (Sym x_g) 2) WGe (Const (0#1))) (Combination false [((1#1), [], [Sym x_g])] []);
  SFunctional x_sum_i (Ref 29 0);
  SCombination (Formula (App x_sum_i (Pow (Sym x_g) 2)) WGe (Const (0#1))) (Combination false [((1#1), [Ref 30 0], [])]
[]);
  SDefinition x_t Root [App x_sum_i (Pow (Sym x_g) 2)] (Some (Ref 31 0));
  SDefinition x_inv_K Quotient [Const (1#1); Sym x_K] (Some (Ref 1 0));
  SDefinition x_inv_r Quotient [Const (1#1); Sym x_r] (Some (Ref 3 0));
  SMember x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_a) (App x_sum_i (Sym x_a))) (Mul (Const (-1#1)) (Pow (Sym x_a) 2))) WGe (Const
(0#1))) (Combination false [((1#1), [Ref 35 0; Ref 14 0], [])] []);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Pow (Sym x_g) 2)) (Mul (Sym x_a) (App x_sum_i (Sym x_a)))) WGe (Const
(0#1))) (Combination false [((1#1), [Ref 36 0], [])] [(Ref 14 1, Const (1#1))]);
  SFunctional x_sum_i (Ref 37 0);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Sym x_t) WLe (App x_sum_i (Sym x_a))) (Combination true [((2#1), [Denied; Ref 39 0], []);
((1#1), [Denied; Denied], []); ((1#1), [Ref 38 0], [])] [(Ref 32 1, Const (-1#1))]);
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SFunctional x_sum_i (Ref 14 1);
  SCombination (Formula (Pow (Add (Mul (Const (-1#1)) (App x_sum_i (Sym x_a))) (Mul (Sym x_a) (Sym x_d))) 2) WGe (Const
(0#1))) (Combination false [((1#1), [], [Add (Mul (Sym x_a) (Sym x_d)) (Mul (Const (-1#1)) (App x_sum_i (Sym x_a)))])]
[]);
  SFunctional x_sum_i (Ref 43 0);
  SCombination (Formula (Pow (App x_sum_i (Sym x_a)) 2) WLe (Mul (Sym x_d) (App x_sum_i (Pow (Sym x_g) 2))))
(Combination true [((1#1), [Denied; Ref 41 0], []); ((1#1), [Ref 44 0], [])] [(Ref 42 0, Mul (Const (-1#1)) (Pow (Sym
x_d) 2))]);
  SCombination (Formula (Mul (Sym x_sqrt_d) (Sym x_t)) WGe (Const (0#1))) (Combination false [((1#1), [Ref 27 0; Ref 32
0], [])] []);
  SCombination (Formula (App x_sum_i (Sym x_a)) WLe (Mul (Sym x_t) (Sym x_sqrt_d))) (Combination true [((2#1), [Denied;
Ref 46 0], []); ((1#1), [Denied; Denied], []); ((1#1), [Ref 45 0], [])] [(Ref 32 1, Pow (Sym x_sqrt_d) 2); (Ref 27 1,
App x_sum_i (Pow (Sym x_g) 2))]);
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SCombination (Formula (Sym x_sqrt_d) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 27 0], []); ((1#1),
[Ref 48 0], [])] [(Ref 27 1, Const (1#1))]);
  SCombination (Formula (Sym x_sqrt_d) WGe (Const (1#1))) (Combination true [((1#3), [Denied; Denied], []); ((1#3), [Ref
5 0], []); ((2#3), [Denied; Ref 49 0], [])] [(Ref 27 1, Const (1#3))]);
  SCombination (Formula (App x_sum_i (Sym x_a)) WGe (Const (0#1))) (Combination false [((1#1), [Ref 40 0], []); ((1#1),
[Ref 32 0], [])] []);
  SDefinition x_inv_f1f657 Quotient [Const (1#1); Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref 16
0));
  SCombination (Formula (Sym x_inv_f1f657) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 16 0], []);
((1#1), [], [])] [(Ref 52 0, Const (1#1))]);
  SDefinition x_inv_sqrt_d Quotient [Const (1#1); Sym x_sqrt_d] (Some (Ref 49 0));
  SCombination (Formula (Sym x_inv_sqrt_d) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 49 0], []);
((1#1), [], [])] [(Ref 54 0, Const (1#1))]);
  SCombination (Formula (Add (Pow (Add (Mul (Const (2#1)) (Sym x_t)) (Mul (Mul (Const (-1#1)) (Sym x_c)) (Sym
x_sqrt_d))) 2) (Mul (Sym x_c) (Sym x_t))) WGe (Const (0#1))) (Combination false [((1#1), [Ref 4 0; Ref 32 0], []);
((1#1), [], [Add (Mul (Mul (Const (-1#1)) (Sym x_c)) (Sym x_sqrt_d)) (Mul (Const (2#1)) (Sym x_t))])] []);
  SCombination (Formula (Add (Add (Add (Add (Add (Add (Add (Mul (Mul (Mul (Mul (Const (4#1)) (Sym x_c)) (App x_sum_i
(Sym x_a))) (Sym x_sqrt_d)) (Sym x_t)) (Mul (Mul (Mul (Const (-1#1)) (Sym x_c)) (App x_sum_i (Sym x_a))) (Sym x_t)))
(Mul (Mul (Sym x_c) (Sym x_sqrt_d)) (Pow (Sym x_t) 2))) (Mul (Mul (Mul (Const (-4#1)) (Sym x_c)) (Pow (Sym x_sqrt_d) 2))
(Pow (Sym x_t) 2))) (Mul (Mul (Mul (Const (-1#1)) (Pow (Sym x_c) 2)) (App x_sum_i (Sym x_a))) (Pow (Sym x_sqrt_d) 2)))
(Mul (Mul (Pow (Sym x_c) 2) (Pow (Sym x_sqrt_d) 3)) (Sym x_t))) (Mul (Mul (Const (-4#1)) (App x_sum_i (Sym x_a))) (Pow
(Sym x_t) 2))) (Mul (Mul (Const (4#1)) (Sym x_sqrt_d)) (Pow (Sym x_t) 3))) WGe (Const (0#1))) (Combination false
[((1#1), [Ref 47 0; Ref 56 0], [])] []);
  SCombination (Formula (Add (Mul (Sym x_d) (Pow (Sym x_c) 2)) (Mul (Mul (Sym x_c) (Sym x_t)) (Sym x_sqrt_d))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 4 0; Ref 49 0; Ref 32 0], []); ((1#1), [Ref 48 0], [Sym x_c])] []);
  SCombination (Formula (Add (Add (Add (Mul (Mul (Mul (Sym x_c) (App x_sum_i (Sym x_a))) (Sym x_sqrt_d)) (Sym x_t)) (Mul
(Mul (Mul (Const (-1#1)) (Sym x_c)) (Sym x_sqrt_d)) (Pow (Sym x_t) 2))) (Mul (Mul (Pow (Sym x_c) 2) (Sym x_d)) (App
x_sum_i (Sym x_a)))) (Mul (Mul (Mul (Const (-1#1)) (Pow (Sym x_c) 2)) (Sym x_d)) (Sym x_t))) WGe (Const (0#1)))
(Combination false [((1#1), [Ref 40 0; Ref 58 0], [])] []);
  SCombination (Formula (Mul (Sym x_t) (Add (Mul (Mul (Const (-1#1)) (Add (App x_sum_i (Sym x_a)) (Mul (Sym x_c) (Sym
x_d)))) (Add (Mul (Const (4#1)) (Sym x_t)) (Mul (Mul (Const (-1#1)) (Sym x_c)) (Add (Const (-1#1)) (Sym x_sqrt_d)))))
(Mul (Mul (Const (4#1)) (Sym x_sqrt_d)) (Add (Pow (Sym x_t) 2) (Mul (Sym x_c) (App x_sum_i (Sym x_a))))))) WGe (Const
(0#1))) (Combination false [((1#1), [Ref 57 0], []); ((1#1), [Ref 59 0], [])] [(Ref 27 1, Mul (Mul (Const (4#1)) (Sym
x_c)) (Pow (Sym x_t) 2)); (Ref 27 1, Mul (Mul (Mul (Const (-1#1)) (Pow (Sym x_c) 2)) (Sym x_sqrt_d)) (Sym x_t)); (Ref 27
1, Mul (Pow (Sym x_c) 2) (App x_sum_i (Sym x_a)))]);
  SCombination (Formula (Mul (Sym x_c) (Add (App x_sum_i (Sym x_a)) (Mul (Sym x_c) (Sym x_d)))) WGe (Const (0#1)))
(Combination false [((1#1), [Ref 4 0; Ref 51 0], []); ((1#1), [Ref 48 0], [Sym x_c])] []);
  SCombination (Formula (Add (Add (Add (Mul (Mul (Const (-1#1)) (Sym x_c)) (App x_sum_i (Sym x_a))) (Mul (Mul (Sym x_c)
(App x_sum_i (Sym x_a))) (Sym x_sqrt_d))) (Mul (Mul (Const (-1#1)) (Pow (Sym x_c) 2)) (Sym x_d))) (Mul (Mul (Pow (Sym
x_c) 2) (Sym x_d)) (Sym x_sqrt_d))) WGe (Const (0#1))) (Combination false [((1#1), [Ref 50 0; Ref 61 0], [])] []);
  SCombination (Formula (Add (Mul (Mul (Const (-1#1)) (Add (App x_sum_i (Sym x_a)) (Mul (Sym x_c) (Sym x_d)))) (Add (Mul
(Const (4#1)) (Sym x_t)) (Mul (Mul (Const (-1#1)) (Sym x_c)) (Add (Const (-1#1)) (Sym x_sqrt_d))))) (Mul (Mul (Const
(4#1)) (Sym x_sqrt_d)) (Add (Pow (Sym x_t) 2) (Mul (Sym x_c) (App x_sum_i (Sym x_a)))))) WGe (Const (0#1))) (Split (Sym
x_t) (Combination true [((1#1), [Case 0; Denied], []); ((1#1), [Ref 60 0], [])] []) (Combination false [((4#1), [Ref 4
0; Ref 51 0; Ref 49 0], []); ((1#1), [Ref 62 0], [])] [(Case 0, Mul (Mul (Const (-4#1)) (Sym x_c)) (Sym x_d)); (Case 0,
Mul (Const (-4#1)) (App x_sum_i (Sym x_a))); (Case 0, Mul (Mul (Const (4#1)) (Sym x_sqrt_d)) (Sym x_t))]) (Combination
false [((4#1), [Ref 4 0; Ref 51 0; Ref 49 0], []); ((1#1), [Ref 62 0], []); ((4#1), [Ref 47 0; Ref 32 0], []); ((4#1),
[Case 0; Ref 4 0; Ref 48 0], [])] []));
  SCombination (Formula (Mul (Sym x_inv_f1f657) (Add (Pow (Sym x_t) 2) (Mul (Sym x_c) (App x_sum_i (Sym x_a))))) WGe
(Add (Mul (Sym x_t) (Sym x_inv_sqrt_d)) (Mul (Mul (Const (-1#4)) (Sym x_c)) (Add (Const (1#1)) (Mul (Const (-1#1)) (Sym
x_inv_sqrt_d)))))) (Combination false [((1#4), [Ref 63 0; Ref 53 0; Ref 55 0], [])] [(Ref 52 0, Mul (Const (-1#4)) (Sym
x_c)); (Ref 54 0, Mul (Mul (Mul (Const (-5#4)) (Sym x_c)) (Sym x_inv_f1f657)) (App x_sum_i (Sym x_a))); (Ref 54 0, Mul
(Mul (Const (1#4)) (Sym x_c)) (Sym x_inv_sqrt_d)); (Ref 54 0, Mul (Mul (Const (-1#1)) (Sym x_inv_f1f657)) (Pow (Sym x_t)
2)); (Ref 54 0, Mul (Sym x_inv_sqrt_d) (Sym x_t)); (Ref 52 0, Mul (Mul (Mul (Const (1#4)) (Sym x_c)) (Pow (Sym
x_inv_sqrt_d) 2)) (Sym x_sqrt_d)); (Ref 52 0, Mul (Mul (Pow (Sym x_inv_sqrt_d) 2) (Sym x_sqrt_d)) (Sym x_t)); (Ref 54 0,
Mul (Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_c)) (Sym x_d)) (Sym x_inv_f1f657)) (Sym x_inv_sqrt_d)) (Sym x_t)); (Ref 54
0, Mul (Mul (Mul (Mul (Const (-1#4)) (Sym x_c)) (Sym x_inv_f1f657)) (Sym x_inv_sqrt_d)) (App x_sum_i (Sym x_a))); (Ref
54 0, Mul (Mul (Mul (Const (-1#4)) (Pow (Sym x_c) 2)) (Sym x_d)) (Sym x_inv_f1f657)); (Ref 54 0, Mul (Mul (Mul (Mul
(Const (-1#4)) (Pow (Sym x_c) 2)) (Sym x_d)) (Sym x_inv_f1f657)) (Sym x_inv_sqrt_d)); (Ref 54 0, Mul (Mul (Mul (Mul
(Const (-1#1)) (Sym x_inv_f1f657)) (Sym x_inv_sqrt_d)) (App x_sum_i (Sym x_a))) (Sym x_t))]);
  SDefinition x_phi Quotient [Add (Mul (Sym x_c) (App x_sum_i (Sym x_a))) (App x_sum_i (Pow (Sym x_g) 2)); Add (Mul (Sym
x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref 16 0));
  SCombination (Formula (Sym x_phi) WEq (Mul (Sym x_inv_f1f657) (Add (Pow (Sym x_t) 2) (Mul (Sym x_c) (App x_sum_i (Sym
x_a)))))) (Combination false [] [(Ref 65 0, Sym x_inv_f1f657); (Ref 32 1, Mul (Const (-1#1)) (Sym x_inv_f1f657)); (Ref
52 0, Mul (Const (-1#1)) (Sym x_phi))]);
  SCombination (Formula (Sym x_phi) WGe (Add (Mul (Sym x_t) (Sym x_inv_sqrt_d)) (Mul (Mul (Const (-1#4)) (Sym x_c)) (Add
(Const (1#1)) (Mul (Const (-1#1)) (Sym x_inv_sqrt_d)))))) (Combination false [((1#1), [Ref 64 0], [])] [(Ref 66 0, Const
(1#1))]);
  SFunctional x_E (Ref 67 0);
  SFunctional x_avg_k (Ref 68 0);
  SCombination (Formula (Sym x_inv_K) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 1 0], []); ((1#1), [],
[])] [(Ref 33 0, Const (1#1))]);
  SDefinition x_inv_n Quotient [Const (1#1); Sym x_n] (Some (Ref 7 0));
  SCombination (Formula (Sym x_inv_n) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 7 0], []); ((1#1), [],
[])] [(Ref 71 0, Const (1#1))]);
  SCombination (Formula (Sym x_inv_r) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 3 0], []); ((1#1), [],
[])] [(Ref 34 0, Const (1#1))]);
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SFunctional x_E_k (Ref 21 0);
  SCombination (Formula (App x_E_k (Sym x_u)) WEq (App x_E_k (Mul (Sym x_sg) (Sym x_y)))) (Combination false [] [(Ref 75
0, Const (1#1))]);
  STower x_E_k x_E_nu (Sym x_b);
  SFunctional x_E_k (Ref 13 0);
  SCombination (Formula (App x_E_k (Sym x_b)) WEq (Sym x_p)) (Combination false [] [(Ref 77 0, Const (-1#1)); (Ref 78 0,
Const (1#1))]);
  SFunctional x_E_k (Ref 10 0);
  SFunctional x_E_k (Ref 11 0);
  SInduction x_draw (Formula (App x_E_k (Sym x_x)) WEq (Mul (Sym x_nu) (Sym x_p))) (Ref 80 0) (Combination false []
[(Ref 81 0, Const (1#1)); (Ref 79 0, Const (1#1)); (Previous, Const (1#1))]);
  SFunctional x_E_k (Ref 19 0);
  SCombination (Formula (App x_E_k (Sym x_y)) WEq (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r))) (Combination false [] [(Ref
83 0, Const (1#1)); (Ref 18 0, Sym x_n); (Ref 82 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_sg) (App x_E_k (Sym x_y))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Sym
x_sg))) (Combination false [] [(Ref 84 0, Sym x_sg)]);
  SCombination (Formula (Sym x_q) WEq (Mul (Sym x_inv_f1f657) (Add (Sym x_a) (Sym x_c)))) (Combination false [] [(Ref 17
0, Sym x_inv_f1f657); (Ref 52 0, Mul (Const (-1#1)) (Sym x_q))]);
  SCombination (Formula (Mul (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Sym x_sg)) WEq (Mul (Mul (Mul (Mul (Sym x_n)
(Sym x_r)) (Sym x_sg)) (Sym x_inv_f1f657)) (Add (Sym x_a) (Sym x_c)))) (Combination false [] [(Ref 86 0, Mul (Mul (Sym
x_n) (Sym x_r)) (Sym x_sg))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WGe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Ref
20 2, Mul (Const (-1#1)) (Sym x_g))]) (Combination true [((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Case
0, Mul (Mul (Const (2#1)) (Sym x_a)) (Sym x_sg)); (Case 0, Mul (Const (-1#1)) (Sym x_g)); (Case 0, Mul (Mul (Const
(-1#1)) (Sym x_g)) (Pow (Sym x_sg) 2))]) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied],
[])] [(Ref 14 1, Const (-1#1)); (Ref 20 2, Mul (Const (-1#1)) (Sym x_g))]));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WLe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 2], []); ((1#3), [Denied; Denied], [])]
[(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]) (Combination false [((1#1), [Ref 14 0], [])] [(Case
0, Mul (Const (-1#1)) (Sym x_sg))]) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 3], []);
((1#3), [Denied; Denied], [])] [(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]));
  SCombination (Formula (Mul (Sym x_g) (Sym x_sg)) WEq (Sym x_a)) (Both (Combination false [((1#1), [Ref 88 0], [])] [])
(Combination false [((1#1), [Ref 89 0], [])] []));
  SCombination (Formula (Mul (Sym x_a) (Sym x_sg)) WEq (Sym x_g)) (Combination false [] [(Ref 90 0, Mul (Const (-1#1))
(Sym x_sg)); (Ref 20 2, Const (-1#1))]);
  SCombination (Formula (Mul (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_sg)) (Sym x_inv_f1f657)) (Add (Sym x_a) (Sym
x_c))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg)))))
(Combination false [] [(Ref 91 0, Mul (Mul (Sym x_inv_f1f657) (Sym x_n)) (Sym x_r))]);
  SCombination (Formula (App x_E_k (Sym x_u)) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Sym x_g)
(Mul (Sym x_c) (Sym x_sg))))) (Combination false [] [(Ref 76 0, Const (1#1)); (Ref 87 0, Const (1#1)); (Ref 92 0, Const
(1#1)); (Ref 85 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_g) (App x_E_k (Sym x_u))) WEq (Mul (Mul (Mul (Mul (Sym x_g) (Sym x_n)) (Sym x_r))
(Sym x_inv_f1f657)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg))))) (Combination false [] [(Ref 93 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 94 0);
  SCombination (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WEq (App x_sum_i (Mul (Mul (Mul (Mul (Sym
x_g) (Sym x_n)) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg)))))) (Combination false [] [(Ref
95 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WGe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Ref
20 2, Mul (Const (-1#1)) (Sym x_g))]) (Combination true [((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Case
0, Mul (Mul (Const (2#1)) (Sym x_a)) (Sym x_sg)); (Case 0, Mul (Const (-1#1)) (Sym x_g)); (Case 0, Mul (Mul (Const
(-1#1)) (Sym x_g)) (Pow (Sym x_sg) 2))]) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied],
[])] [(Ref 14 1, Const (-1#1)); (Ref 20 2, Mul (Const (-1#1)) (Sym x_g))]));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WLe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 2], []); ((1#3), [Denied; Denied], [])]
[(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]) (Combination false [((1#1), [Ref 14 0], [])] [(Case
0, Mul (Const (-1#1)) (Sym x_sg))]) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 3], []);
((1#3), [Denied; Denied], [])] [(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]));
  SCombination (Formula (Mul (Sym x_g) (Sym x_sg)) WEq (Sym x_a)) (Both (Combination false [((1#1), [Ref 97 0], [])] [])
(Combination false [((1#1), [Ref 98 0], [])] []));
  SFunctional x_sum_i (Ref 99 0);
  SCombination (Formula (App x_sum_i (Mul (Mul (Mul (Mul (Sym x_g) (Sym x_n)) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Sym
x_g) (Mul (Sym x_c) (Sym x_sg))))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Mul (Sym x_c) (App
x_sum_i (Sym x_a))) (App x_sum_i (Pow (Sym x_g) 2))))) (Combination false [] [(Ref 100 0, Mul (Mul (Mul (Sym x_c) (Sym
x_inv_f1f657)) (Sym x_n)) (Sym x_r))]);
  SCombination (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WEq (Mul (Mul (Sym x_n) (Sym x_phi)) (Sym
x_r))) (Combination false [] [(Ref 96 0, Const (1#1)); (Ref 52 0, Mul (Mul (Sym x_n) (Sym x_phi)) (Sym x_r)); (Ref 101
0, Const (1#1)); (Ref 65 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_inv_f1f657)) (Sym x_n)) (Sym x_r))]);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 74 0], []); ((1#1), [Ref 103 0], [])] []);
  SCombination (Formula (Sym x_q) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 104 0], []); ((1#1), [Ref
14 0], []); ((1#1), [Ref 4 0], [])] [(Ref 17 0, Const (1#1))]);
  SCombination (Formula (Pow (Sym x_sg) 2) WLe (Const (1#1))) (Combination false [((1#1), [], [Add (Const (1#1)) (Mul
(Const (-1#1)) (Pow (Sym x_sg) 2))])] [(Ref 20 0, Mul (Const (-1#1)) (Sym x_sg))]);
  SCombination (Formula (Mul (Sym x_q) (Pow (Sym x_sg) 2)) WLe (Sym x_q)) (Combination false [((1#1), [Ref 106 0; Ref
105 0], [])] []);
  SFunctional x_sum_i (Ref 107 0);
  SCombination (Formula (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)) WLe (Pow (Sym x_q) 2)) (Combination false [((1#1),
[Ref 106 0; Ref 105 0; Ref 105 0], [])] []);
  SFunctional x_sum_i (Ref 109 0);
  SIntegrality (Sym x_n);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 74 0], []); ((1#1), [Ref 112 0], [])] []);
  SFunctional x_sum_i (Ref 17 0);
  SCombination (Formula (App x_sum_i (Sym x_q)) WGe (Const (1#1))) (Combination true [((1#1), [Denied; Ref 113 0], [])]
[(Ref 114 0, Const (1#1))]);
  SCombination (Formula (App x_sum_i (Sym x_q)) WLe (Const (1#1))) (Combination true [((1#1), [Denied; Ref 113 0], [])]
[(Ref 114 0, Const (-1#1))]);
  SCombination (Formula (App x_sum_i (Sym x_q)) WEq (Const (1#1))) (Both (Combination false [((1#1), [Ref 115 0], [])]
[]) (Combination false [((1#1), [Ref 116 0], [])] []));
  SCombination (Formula (Mul (Mul (Sym x_n) (Sym x_r)) (App x_sum_i (Mul (Sym x_q) (Pow (Sym x_sg) 2)))) WLe (Mul (Sym
x_n) (Sym x_r))) (Combination false [((1#1), [Ref 108 0; Ref 7 0; Ref 8 0], [])] [(Ref 117 0, Mul (Mul (Const (-1#1))
(Sym x_n)) (Sym x_r))]);
  SCombination (Formula (Add (Add (Add (Mul (Sym x_n) (App x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)))) (Mul
(Mul (Const (-1#1)) (Sym x_n)) (App x_sum_i (Pow (Sym x_q) 2)))) (Mul (Mul (Const (-1#1)) (Pow (Sym x_n) 2)) (App
x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2))))) (Mul (Pow (Sym x_n) 2) (App x_sum_i (Pow (Sym x_q) 2)))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 111 0; Ref 110 0], [])] []);
  STower x_E_k x_E_nu (Sym x_b);
  SFunctional x_E_k (Ref 13 0);
  SCombination (Formula (App x_E_k (Sym x_b)) WEq (Sym x_p)) (Combination false [] [(Ref 120 0, Const (-1#1)); (Ref 121
0, Const (1#1))]);
  SFunctional x_E_k (Ref 10 0);
  SFunctional x_E_k (Ref 11 0);
  SInduction x_draw (Formula (App x_E_k (Sym x_x)) WEq (Mul (Sym x_nu) (Sym x_p))) (Ref 123 0) (Combination false []
[(Ref 124 0, Const (1#1)); (Ref 122 0, Const (1#1)); (Previous, Const (1#1))]);
  SCombination (Formula (Pow (Shift Next x_draw (Sym x_x)) 2) WEq (Add (Add (Sym x_b) (Pow (Sym x_x) 2)) (Mul (Mul
(Const (2#1)) (Sym x_b)) (Sym x_x)))) (Combination false [] [(Ref 11 0, Sym x_b); (Ref 11 0, Shift Next x_draw (Sym
x_x)); (Ref 11 0, Sym x_x); (Ref 12 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_x) (App x_E_nu (Sym x_b))) WEq (Mul (Sym x_p) (Sym x_x))) (Combination false []
[(Ref 13 0, Sym x_x)]);
  STower x_E_k x_E_nu (Mul (Sym x_b) (Sym x_x));
  SFunctional x_E_k (Ref 127 0);
  SCombination (Formula (App x_E_k (Mul (Sym x_b) (Sym x_x))) WEq (Mul (Sym x_p) (App x_E_k (Sym x_x)))) (Combination
false [] [(Ref 128 0, Const (-1#1)); (Ref 129 0, Const (1#1))]);
  SCombination (Formula (Pow (Shift First x_draw (Sym x_x)) 2) WEq (Const (0#1))) (Combination false [] [(Ref 10 0,
Shift First x_draw (Sym x_x))]);
  SFunctional x_E_k (Ref 126 0);
  SFunctional x_E_k (Ref 131 0);
  SInduction x_draw (Formula (App x_E_k (Pow (Sym x_x) 2)) WEq (Add (Mul (Sym x_nu) (Sym x_p)) (Mul (Mul (Sym x_nu) (Pow
(Sym x_p) 2)) (Add (Const (-1#1)) (Sym x_nu))))) (Ref 133 0) (Combination false [] [(Ref 132 0, Const (1#1)); (Ref 122
0, Const (1#1)); (Ref 122 0, Mul (Mul (Const (2#1)) (Sym x_nu)) (Sym x_p)); (Previous, Const (1#1)); (Ref 130 0, Const
(2#1)); (Ref 125 1, Mul (Const (2#1)) (App x_E_k (Sym x_b))); (Ref 122 0, Mul (Const (-2#1)) (App x_E_k (Sym x_x)))]);
  SCombination (Formula (Pow (Sym x_y) 2) WEq (Pow (Shift Last x_draw (Sym x_x)) 2)) (Combination false [] [(Ref 19 0,
Shift Last x_draw (Sym x_x)); (Ref 19 0, Sym x_y)]);
  SFunctional x_E_k (Ref 135 0);
  SCombination (Formula (App x_E_k (Pow (Sym x_y) 2)) WEq (Add (Mul (Sym x_n) (Sym x_p)) (Mul (Mul (Sym x_n) (Pow (Sym
x_p) 2)) (Add (Const (-1#1)) (Sym x_n))))) (Combination false [] [(Ref 134 0, Const (1#1)); (Ref 136 0, Const (1#1))]);
  SCombination (Formula (Mul (Pow (Sym x_sg) 2) (App x_E_k (Pow (Sym x_y) 2))) WEq (Mul (Pow (Sym x_sg) 2) (Add (Mul
(Sym x_n) (Sym x_p)) (Mul (Mul (Sym x_n) (Pow (Sym x_p) 2)) (Add (Const (-1#1)) (Sym x_n)))))) (Combination false []
[(Ref 137 0, Pow (Sym x_sg) 2)]);
  SCombination (Formula (Mul (Pow (Sym x_sg) 2) (App x_E_k (Pow (Sym x_y) 2))) WEq (Mul (Pow (Sym x_sg) 2) (Add (Mul
(Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Mul (Mul (Mul (Sym x_n) (Pow (Sym x_q) 2)) (Pow (Sym x_r) 2)) (Add (Const (-1#1))
(Sym x_n)))))) (Combination false [] [(Ref 138 0, Const (1#1)); (Ref 18 0, Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_n))
(Sym x_q)) (Sym x_r)) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Sym x_n) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Mul (Pow
(Sym x_n) 2) (Sym x_q)) (Sym x_r)) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_n)) (Sym x_p))
(Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Pow (Sym x_n) 2) (Sym x_p)) (Pow (Sym x_sg) 2))]);
  SFunctional x_sum_i (Ref 139 0);
  SInterchange x_E_k x_sum_i (Pow (Sym x_u) 2);
  SCombination (Formula (Pow (Sym x_u) 2) WEq (Mul (Pow (Sym x_sg) 2) (Pow (Sym x_y) 2))) (Combination false [] [(Ref 21
0, Mul (Sym x_sg) (Sym x_y)); (Ref 21 0, Sym x_u)]);
  SFunctional x_E_k (Ref 142 0);
  SFunctional x_sum_i (Ref 143 0);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WEq (App x_sum_i (App x_E_k (Mul (Pow (Sym x_sg) 2)
(Pow (Sym x_y) 2))))) (Combination false [] [(Ref 141 0, Const (1#1)); (Ref 144 0, Const (1#1))]);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WEq (Add (Mul (Mul (Sym x_n) (Sym x_r)) (App x_sum_i
(Mul (Sym x_q) (Pow (Sym x_sg) 2)))) (Mul (Mul (Pow (Sym x_r) 2) (Add (Pow (Sym x_n) 2) (Mul (Const (-1#1)) (Sym x_n))))
(App x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)))))) (Combination false [] [(Ref 145 0, Const (1#1)); (Ref 140 0,
Const (1#1))]);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WLe (Add (Mul (Sym x_n) (Sym x_r)) (Mul (Mul (Pow
(Sym x_r) 2) (Add (Pow (Sym x_n) 2) (Mul (Const (-1#1)) (Sym x_n)))) (App x_sum_i (Pow (Sym x_q) 2))))) (Combination
false [((1#1), [Ref 118 0], []); ((1#1), [Ref 119 0], [Sym x_r])] [(Ref 146 0, Const (-1#1))]);
  SCombination (Formula (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))) WEq (Mul (Mul
(Const (-1#1)) (Sym x_g)) (Sym x_u))) (Combination false [] [(Ref 23 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 148 0);
  SCombination (Formula (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2) WEq (Pow (Sym x_u)
2)) (Combination false [] [(Ref 23 0, Shift Next x_step (Sym x_w)); (Ref 23 0, Mul (Const (-1#1)) (Sym x_u)); (Ref 23 0,
Mul (Const (-1#1)) (Sym x_w))]);
  SFunctional x_sum_i (Ref 150 0);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WEq (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 149 0, Const (1#1)); (Ref 151 0, Mul (Const (1#2)) (Sym
x_L))]);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WLe (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 152 0, Const (-1#1))]);
  SCombination (Formula (Add (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Sym x_u) 2))))
(Mul (Const (-1#1)) (Shift Next x_step (Sym x_F)))) (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u))))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 22 0], []); ((1#1), [Ref 153 0], [])] []);
  SFunctional x_E_k (Ref 154 0);
  SInterchange x_E_k x_sum_i (Mul (Sym x_g) (Sym x_u));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u))))) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_E_k (App
x_sum_i (Pow (Sym x_u) 2)))))) (Combination false [((1#1), [Ref 155 0], [])] [(Ref 156 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Mul (Mul (Const (-1#1)) (Sym x_n)) (Sym x_phi)) (Sym x_r)) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_n)) (Sym
x_r)) (Add (Const (1#1)) (Mul (Mul (Sym x_r) (Add (Const (-1#1)) (Sym x_n))) (App x_sum_i (Pow (Sym x_q) 2)))))))
(Combination false [((1#1), [Ref 157 0], []); ((1#2), [Ref 147 0; Ref 2 0], [])] [(Ref 102 0, Const (1#1))]);
  SFunctional x_E (Ref 158 0);
  SFunctional x_avg_k (Ref 159 0);
  STower x_E x_E_k (Shift Next x_step (Sym x_F));
  SFunctional x_avg_k (Ref 161 0);
  STelescoping x_avg_k (App x_E (Sym x_F));
  SFunctional x_E (Ref 25 0);
  SFunctional x_E (Ref 24 0);
  SCombination (Formula (Mul (Mul (Mul (Sym x_K) (Sym x_n)) (Sym x_r)) (Add (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym
x_L)) (Sym x_r)) (Add (Const (-1#1)) (Sym x_n))) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (App x_avg_k
(App x_E (Sym x_phi))))) WLe (Add (Sym x_Delta) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (Sym x_n)) (Sym
x_r)))) (Combination false [((1#1), [Ref 160 0; Ref 1 0], []); ((1#1), [Ref 165 0], [])] [(Ref 26 0, Const (1#1)); (Ref
162 0, Sym x_K); (Ref 163 0, Const (1#1)); (Ref 164 0, Const (-1#1))]);
  SCombination (Formula (Add (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (Sym x_r)) (Add (Const (-1#1)) (Sym x_n)))
(App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (App x_avg_k (App x_E (Sym x_phi)))) WLe (Add (Mul (Const
(1#2)) (Sym x_L)) (Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_inv_r)))) (Combination false
[((1#1), [Ref 166 0; Ref 70 0; Ref 72 0; Ref 73 0], [])] [(Ref 33 0, Mul (Const (-1#2)) (Sym x_L)); (Ref 33 0, Mul (Mul
(Mul (Const (1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_r)); (Ref 34 0, Mul (Mul
(Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_n)) (Sym x_r)); (Ref
34 0, App x_avg_k (App x_E (Sym x_phi))); (Ref 33 0, Mul (Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k
(App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_inv_n)) (Sym x_inv_r)) (Pow (Sym x_n) 2)) (Pow (Sym x_r) 2)); (Ref 33
0, Mul (Mul (Mul (Mul (App x_avg_k (App x_E (Sym x_phi))) (Sym x_inv_n)) (Sym x_inv_r)) (Sym x_n)) (Sym x_r)); (Ref 71
0, Mul (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2)))))
(Sym x_inv_K)) (Sym x_r)); (Ref 71 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_K)) (Sym x_L)) (Sym x_inv_K)) (Sym
x_inv_r)) (Sym x_r)); (Ref 71 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i
(Pow (Sym x_q) 2))))) (Sym x_inv_r)) (Sym x_n)) (Pow (Sym x_r) 2)); (Ref 71 0, Mul (Mul (App x_avg_k (App x_E (Sym
x_phi))) (Sym x_inv_r)) (Sym x_r)); (Ref 34 0, Mul (Mul (Mul (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L))
(App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_n)) (Sym x_r)); (Ref 34 0,
Mul (Mul (Mul (Const (-1#2)) (Sym x_K)) (Sym x_L)) (Sym x_inv_K))]);
  SCombination (Formula (App x_avg_k (App x_E (Sym x_phi))) WLe (Add (Mul (Const (1#2)) (Sym x_L)) (Mul (Mul (Sym
x_Delta) (Sym x_inv_K)) (Sym x_inv_r)))) (Combination false [((1#1), [Ref 167 0], [])] [(Ref 33 0, Mul (Mul (Mul (Const
(-1#1)) (Sym x_Delta)) (Sym x_inv_K)) (Sym x_inv_r)); (Ref 0 0, Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym
x_inv_n)) (Sym x_inv_r)); (Ref 0 0, Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym
x_q) 2))))) (Sym x_r)); (Ref 33 0, Mul (Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_inv_r)) (Sym
x_n)); (Ref 71 0, Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_Delta)) (Sym x_K)) (Pow (Sym x_inv_K) 2)) (Sym x_inv_r))]);
  SCombination (Formula (App x_avg_k (App x_E (Sym x_t))) WLe (Add (Mul (Sym x_sqrt_d) (Add (Mul (Const (1#2)) (Sym
x_L)) (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_r)))) (Mul (Mul (Const (1#4)) (Sym x_c)) (Add (Const (-1#1))
(Sym x_sqrt_d))))) (Combination false [((1#1), [Ref 69 0; Ref 28 0], []); ((1#1), [Ref 168 0; Ref 28 0], [])] [(Ref 54
0, App x_avg_k (App x_E (Sym x_t))); (Ref 54 0, Mul (Const (1#4)) (Sym x_c))])]
  (Ref 169 0).

(* lattice:t1b *)
Definition t1b_limit : certificate := Certificate (Signature
  [(x_i, Index x_d); (x_step, Time x_K x_k (1)%Z true); (x_draw, Time x_n x_nu (0)%Z true)]
  (Some x_run)
  [(x_d, Symbol [] true None []); (x_K, Symbol [] true None []); (x_n, Symbol [] true None []); (x_L, Symbol [] false
None []); (x_r, Symbol [] false None []); (x_c, Symbol [] false None []); (x_F_1, Symbol [] false None []); (x_F_inf,
Symbol [] false None []); (x_Delta, Symbol [] false None []); (x_F, Symbol [Rnd; At x_step] false (Some x_step) []);
(x_w, Symbol [At x_i; Rnd; At x_step] false (Some x_step) []); (x_g, Symbol [At x_i; Rnd; At x_step] false None []);
(x_u, Symbol [At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_x, Symbol [At x_draw; At x_i; Rnd; At x_step; Unk
1] true (Some x_draw) []); (x_b, Symbol [At x_draw; At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_y, Symbol
[At x_i; Rnd; At x_step; Unk 2; Unk 1] true None []); (x_p, Symbol [At x_i; Rnd; At x_step] false None [])]
  [(x_sum_i, Sum x_i); (x_avg_k, Average x_step); (x_E, Expect []); (x_E_k, Expect [x_step]); (x_E_nu, Expect [x_step;
x_draw])]
  [] (Some x_K)) [
  SHypothesis (Formula (Sym x_n) WEq (Const (1#1)));
  SHypothesis (Formula (Sym x_K) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_L) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_c) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_d) WGe (Const (1#1)));
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SHypothesis (Formula (Sym x_n) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WGe (Const (0#1)));
  SHypothesis (Formula (Sym x_r) WLe (Const (1#1)));
  SHypothesis (Formula (Shift First x_draw (Sym x_x)) WEq (Const (0#1)));
  SHypothesis (Formula (Shift Next x_draw (Sym x_x)) WEq (Add (Sym x_b) (Sym x_x)));
  SHypothesis (Formula (Pow (Sym x_b) 2) WEq (Sym x_b));
  SHypothesis (Formula (App x_E_nu (Sym x_b)) WEq (Sym x_p));
  SDefinition x_a Absolute [Sym x_g] None;
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 6 0], []); ((1#1), [Ref 15 0], [])] []);
  SDefinition x_q Quotient [Add (Sym x_a) (Sym x_c); Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref
16 0));
  SHypothesis (Formula (Sym x_p) WEq (Mul (Sym x_q) (Sym x_r)));
  SHypothesis (Formula (Sym x_y) WEq (Shift Last x_draw (Sym x_x)));
  SDefinition x_sg Sign [Sym x_g] None;
  SHypothesis (Formula (Sym x_u) WEq (Mul (Sym x_sg) (Sym x_y)));
  SHypothesis (Formula (Shift Next x_step (Sym x_F)) WLe (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App
x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2)))) (App x_sum_i (Mul (Sym x_g) (Add
(Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))))));
  SHypothesis (Formula (Shift Next x_step (Sym x_w)) WEq (Add (Sym x_w) (Mul (Const (-1#1)) (Sym x_u))));
  SHypothesis (Formula (Shift Last x_step (Sym x_F)) WGe (Sym x_F_inf));
  SHypothesis (Formula (Shift First x_step (Sym x_F)) WEq (Sym x_F_1));
  SHypothesis (Formula (Sym x_Delta) WEq (Add (Sym x_F_1) (Mul (Const (-1#1)) (Sym x_F_inf))));
  SDefinition x_sqrt_d Root [Sym x_d] (Some (Ref 6 0));
  SCombination (Formula (Pow (Sym x_g) 2) WGe (Const (0#1))) (Combination false [((1#1), [], [Sym x_g])] []);
  SFunctional x_sum_i (Ref 28 0);
  SCombination (Formula (App x_sum_i (Pow (Sym x_g) 2)) WGe (Const (0#1))) (Combination false [((1#1), [Ref 29 0], [])]
[]);
  SDefinition x_t Root [App x_sum_i (Pow (Sym x_g) 2)] (Some (Ref 30 0));
  SFunctional x_E (Ref 31 0);
  SFunctional x_avg_k (Ref 32 0);
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 34 0], []); ((1#1), [Ref 35 0], [])] []);
  SCombination (Formula (Sym x_sqrt_d) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 27 0], []); ((1#1),
[Ref 34 0], [])] [(Ref 27 1, Const (1#1))]);
  SDefinition x_inv_K Quotient [Const (1#1); Sym x_K] (Some (Ref 1 0));
  SDefinition x_inv_r Quotient [Const (1#1); Sym x_r] (Some (Ref 3 0));
  SMember x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_a) (App x_sum_i (Sym x_a))) (Mul (Const (-1#1)) (Pow (Sym x_a) 2))) WGe (Const
(0#1))) (Combination false [((1#1), [Ref 40 0; Ref 14 0], [])] []);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Pow (Sym x_g) 2)) (Mul (Sym x_a) (App x_sum_i (Sym x_a)))) WGe (Const
(0#1))) (Combination false [((1#1), [Ref 41 0], [])] [(Ref 14 1, Const (1#1))]);
  SFunctional x_sum_i (Ref 42 0);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Sym x_t) WLe (App x_sum_i (Sym x_a))) (Combination true [((2#1), [Denied; Ref 44 0], []);
((1#1), [Denied; Denied], []); ((1#1), [Ref 43 0], [])] [(Ref 31 1, Const (-1#1))]);
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SFunctional x_sum_i (Ref 14 1);
  SCombination (Formula (Pow (Add (Mul (Const (-1#1)) (App x_sum_i (Sym x_a))) (Mul (Sym x_a) (Sym x_d))) 2) WGe (Const
(0#1))) (Combination false [((1#1), [], [Add (Mul (Sym x_a) (Sym x_d)) (Mul (Const (-1#1)) (App x_sum_i (Sym x_a)))])]
[]);
  SFunctional x_sum_i (Ref 48 0);
  SCombination (Formula (Pow (App x_sum_i (Sym x_a)) 2) WLe (Mul (Sym x_d) (App x_sum_i (Pow (Sym x_g) 2))))
(Combination true [((1#1), [Denied; Ref 46 0], []); ((1#1), [Ref 49 0], [])] [(Ref 47 0, Mul (Const (-1#1)) (Pow (Sym
x_d) 2))]);
  SCombination (Formula (Mul (Sym x_sqrt_d) (Sym x_t)) WGe (Const (0#1))) (Combination false [((1#1), [Ref 27 0; Ref 31
0], [])] []);
  SCombination (Formula (App x_sum_i (Sym x_a)) WLe (Mul (Sym x_t) (Sym x_sqrt_d))) (Combination true [((2#1), [Denied;
Ref 51 0], []); ((1#1), [Denied; Denied], []); ((1#1), [Ref 50 0], [])] [(Ref 31 1, Pow (Sym x_sqrt_d) 2); (Ref 27 1,
App x_sum_i (Pow (Sym x_g) 2))]);
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SCombination (Formula (Sym x_sqrt_d) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 27 0], []); ((1#1),
[Ref 53 0], [])] [(Ref 27 1, Const (1#1))]);
  SCombination (Formula (Sym x_sqrt_d) WGe (Const (1#1))) (Combination true [((1#3), [Denied; Denied], []); ((1#3), [Ref
5 0], []); ((2#3), [Denied; Ref 54 0], [])] [(Ref 27 1, Const (1#3))]);
  SCombination (Formula (App x_sum_i (Sym x_a)) WGe (Const (0#1))) (Combination false [((1#1), [Ref 45 0], []); ((1#1),
[Ref 31 0], [])] []);
  SDefinition x_inv_f1f657 Quotient [Const (1#1); Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref 36
0));
  SCombination (Formula (Sym x_inv_f1f657) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 36 0], []);
((1#1), [], [])] [(Ref 57 0, Const (1#1))]);
  SDefinition x_inv_sqrt_d Quotient [Const (1#1); Sym x_sqrt_d] (Some (Ref 54 0));
  SCombination (Formula (Sym x_inv_sqrt_d) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 54 0], []);
((1#1), [], [])] [(Ref 59 0, Const (1#1))]);
  SCombination (Formula (Add (Pow (Add (Mul (Const (2#1)) (Sym x_t)) (Mul (Mul (Const (-1#1)) (Sym x_c)) (Sym
x_sqrt_d))) 2) (Mul (Sym x_c) (Sym x_t))) WGe (Const (0#1))) (Combination false [((1#1), [Ref 4 0; Ref 31 0], []);
((1#1), [], [Add (Mul (Mul (Const (-1#1)) (Sym x_c)) (Sym x_sqrt_d)) (Mul (Const (2#1)) (Sym x_t))])] []);
  SCombination (Formula (Add (Add (Add (Add (Add (Add (Add (Mul (Mul (Mul (Mul (Const (4#1)) (Sym x_c)) (App x_sum_i
(Sym x_a))) (Sym x_sqrt_d)) (Sym x_t)) (Mul (Mul (Mul (Const (-1#1)) (Sym x_c)) (App x_sum_i (Sym x_a))) (Sym x_t)))
(Mul (Mul (Sym x_c) (Sym x_sqrt_d)) (Pow (Sym x_t) 2))) (Mul (Mul (Mul (Const (-4#1)) (Sym x_c)) (Pow (Sym x_sqrt_d) 2))
(Pow (Sym x_t) 2))) (Mul (Mul (Mul (Const (-1#1)) (Pow (Sym x_c) 2)) (App x_sum_i (Sym x_a))) (Pow (Sym x_sqrt_d) 2)))
(Mul (Mul (Pow (Sym x_c) 2) (Pow (Sym x_sqrt_d) 3)) (Sym x_t))) (Mul (Mul (Const (-4#1)) (App x_sum_i (Sym x_a))) (Pow
(Sym x_t) 2))) (Mul (Mul (Const (4#1)) (Sym x_sqrt_d)) (Pow (Sym x_t) 3))) WGe (Const (0#1))) (Combination false
[((1#1), [Ref 52 0; Ref 61 0], [])] []);
  SCombination (Formula (Add (Mul (Sym x_d) (Pow (Sym x_c) 2)) (Mul (Mul (Sym x_c) (Sym x_t)) (Sym x_sqrt_d))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 4 0; Ref 54 0; Ref 31 0], []); ((1#1), [Ref 53 0], [Sym x_c])] []);
  SCombination (Formula (Add (Add (Add (Mul (Mul (Mul (Sym x_c) (App x_sum_i (Sym x_a))) (Sym x_sqrt_d)) (Sym x_t)) (Mul
(Mul (Mul (Const (-1#1)) (Sym x_c)) (Sym x_sqrt_d)) (Pow (Sym x_t) 2))) (Mul (Mul (Pow (Sym x_c) 2) (Sym x_d)) (App
x_sum_i (Sym x_a)))) (Mul (Mul (Mul (Const (-1#1)) (Pow (Sym x_c) 2)) (Sym x_d)) (Sym x_t))) WGe (Const (0#1)))
(Combination false [((1#1), [Ref 45 0; Ref 63 0], [])] []);
  SCombination (Formula (Mul (Sym x_t) (Add (Mul (Mul (Const (-1#1)) (Add (App x_sum_i (Sym x_a)) (Mul (Sym x_c) (Sym
x_d)))) (Add (Mul (Const (4#1)) (Sym x_t)) (Mul (Mul (Const (-1#1)) (Sym x_c)) (Add (Const (-1#1)) (Sym x_sqrt_d)))))
(Mul (Mul (Const (4#1)) (Sym x_sqrt_d)) (Add (Pow (Sym x_t) 2) (Mul (Sym x_c) (App x_sum_i (Sym x_a))))))) WGe (Const
(0#1))) (Combination false [((1#1), [Ref 62 0], []); ((1#1), [Ref 64 0], [])] [(Ref 27 1, Mul (Mul (Const (4#1)) (Sym
x_c)) (Pow (Sym x_t) 2)); (Ref 27 1, Mul (Mul (Mul (Const (-1#1)) (Pow (Sym x_c) 2)) (Sym x_sqrt_d)) (Sym x_t)); (Ref 27
1, Mul (Pow (Sym x_c) 2) (App x_sum_i (Sym x_a)))]);
  SCombination (Formula (Mul (Sym x_c) (Add (App x_sum_i (Sym x_a)) (Mul (Sym x_c) (Sym x_d)))) WGe (Const (0#1)))
(Combination false [((1#1), [Ref 4 0; Ref 56 0], []); ((1#1), [Ref 53 0], [Sym x_c])] []);
  SCombination (Formula (Add (Add (Add (Mul (Mul (Const (-1#1)) (Sym x_c)) (App x_sum_i (Sym x_a))) (Mul (Mul (Sym x_c)
(App x_sum_i (Sym x_a))) (Sym x_sqrt_d))) (Mul (Mul (Const (-1#1)) (Pow (Sym x_c) 2)) (Sym x_d))) (Mul (Mul (Pow (Sym
x_c) 2) (Sym x_d)) (Sym x_sqrt_d))) WGe (Const (0#1))) (Combination false [((1#1), [Ref 55 0; Ref 66 0], [])] []);
  SCombination (Formula (Add (Mul (Mul (Const (-1#1)) (Add (App x_sum_i (Sym x_a)) (Mul (Sym x_c) (Sym x_d)))) (Add (Mul
(Const (4#1)) (Sym x_t)) (Mul (Mul (Const (-1#1)) (Sym x_c)) (Add (Const (-1#1)) (Sym x_sqrt_d))))) (Mul (Mul (Const
(4#1)) (Sym x_sqrt_d)) (Add (Pow (Sym x_t) 2) (Mul (Sym x_c) (App x_sum_i (Sym x_a)))))) WGe (Const (0#1))) (Split (Sym
x_t) (Combination true [((1#1), [Case 0; Denied], []); ((1#1), [Ref 65 0], [])] []) (Combination false [((4#1), [Ref 4
0; Ref 56 0; Ref 54 0], []); ((1#1), [Ref 67 0], [])] [(Case 0, Mul (Mul (Const (-4#1)) (Sym x_c)) (Sym x_d)); (Case 0,
Mul (Const (-4#1)) (App x_sum_i (Sym x_a))); (Case 0, Mul (Mul (Const (4#1)) (Sym x_sqrt_d)) (Sym x_t))]) (Combination
false [((4#1), [Ref 4 0; Ref 56 0; Ref 54 0], []); ((1#1), [Ref 67 0], []); ((4#1), [Ref 52 0; Ref 31 0], []); ((4#1),
[Case 0; Ref 4 0; Ref 53 0], [])] []));
  SCombination (Formula (Mul (Sym x_inv_f1f657) (Add (Pow (Sym x_t) 2) (Mul (Sym x_c) (App x_sum_i (Sym x_a))))) WGe
(Add (Mul (Sym x_t) (Sym x_inv_sqrt_d)) (Mul (Mul (Const (-1#4)) (Sym x_c)) (Add (Const (1#1)) (Mul (Const (-1#1)) (Sym
x_inv_sqrt_d)))))) (Combination false [((1#4), [Ref 68 0; Ref 58 0; Ref 60 0], [])] [(Ref 57 0, Mul (Const (-1#4)) (Sym
x_c)); (Ref 59 0, Mul (Mul (Mul (Const (-5#4)) (Sym x_c)) (Sym x_inv_f1f657)) (App x_sum_i (Sym x_a))); (Ref 59 0, Mul
(Mul (Const (1#4)) (Sym x_c)) (Sym x_inv_sqrt_d)); (Ref 59 0, Mul (Mul (Const (-1#1)) (Sym x_inv_f1f657)) (Pow (Sym x_t)
2)); (Ref 59 0, Mul (Sym x_inv_sqrt_d) (Sym x_t)); (Ref 57 0, Mul (Mul (Mul (Const (1#4)) (Sym x_c)) (Pow (Sym
x_inv_sqrt_d) 2)) (Sym x_sqrt_d)); (Ref 57 0, Mul (Mul (Pow (Sym x_inv_sqrt_d) 2) (Sym x_sqrt_d)) (Sym x_t)); (Ref 59 0,
Mul (Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_c)) (Sym x_d)) (Sym x_inv_f1f657)) (Sym x_inv_sqrt_d)) (Sym x_t)); (Ref 59
0, Mul (Mul (Mul (Mul (Const (-1#4)) (Sym x_c)) (Sym x_inv_f1f657)) (Sym x_inv_sqrt_d)) (App x_sum_i (Sym x_a))); (Ref
59 0, Mul (Mul (Mul (Const (-1#4)) (Pow (Sym x_c) 2)) (Sym x_d)) (Sym x_inv_f1f657)); (Ref 59 0, Mul (Mul (Mul (Mul
(Const (-1#4)) (Pow (Sym x_c) 2)) (Sym x_d)) (Sym x_inv_f1f657)) (Sym x_inv_sqrt_d)); (Ref 59 0, Mul (Mul (Mul (Mul
(Const (-1#1)) (Sym x_inv_f1f657)) (Sym x_inv_sqrt_d)) (App x_sum_i (Sym x_a))) (Sym x_t))]);
  SDefinition x_phi Quotient [Add (Mul (Sym x_c) (App x_sum_i (Sym x_a))) (App x_sum_i (Pow (Sym x_g) 2)); Add (Mul (Sym
x_c) (Sym x_d)) (App x_sum_i (Sym x_a))] (Some (Ref 36 0));
  SCombination (Formula (Sym x_phi) WEq (Mul (Sym x_inv_f1f657) (Add (Pow (Sym x_t) 2) (Mul (Sym x_c) (App x_sum_i (Sym
x_a)))))) (Combination false [] [(Ref 70 0, Sym x_inv_f1f657); (Ref 31 1, Mul (Const (-1#1)) (Sym x_inv_f1f657)); (Ref
57 0, Mul (Const (-1#1)) (Sym x_phi))]);
  SCombination (Formula (Sym x_phi) WGe (Add (Mul (Sym x_t) (Sym x_inv_sqrt_d)) (Mul (Mul (Const (-1#4)) (Sym x_c)) (Add
(Const (1#1)) (Mul (Const (-1#1)) (Sym x_inv_sqrt_d)))))) (Combination false [((1#1), [Ref 69 0], [])] [(Ref 71 0, Const
(1#1))]);
  SFunctional x_E (Ref 72 0);
  SFunctional x_avg_k (Ref 73 0);
  SCombination (Formula (Sym x_inv_K) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 1 0], []); ((1#1), [],
[])] [(Ref 38 0, Const (1#1))]);
  SDefinition x_inv_n Quotient [Const (1#1); Sym x_n] (Some (Ref 7 0));
  SCombination (Formula (Sym x_inv_n) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 7 0], []); ((1#1), [],
[])] [(Ref 76 0, Const (1#1))]);
  SCombination (Formula (Sym x_inv_r) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 3 0], []); ((1#1), [],
[])] [(Ref 39 0, Const (1#1))]);
  SCombination (Formula (Sym x_d) WGt (Const (0#1))) (Combination false [((1#1), [Ref 5 0], []); ((1#1), [], [])] []);
  SFunctional x_E_k (Ref 21 0);
  SCombination (Formula (App x_E_k (Sym x_u)) WEq (App x_E_k (Mul (Sym x_sg) (Sym x_y)))) (Combination false [] [(Ref 80
0, Const (1#1))]);
  STower x_E_k x_E_nu (Sym x_b);
  SFunctional x_E_k (Ref 13 0);
  SCombination (Formula (App x_E_k (Sym x_b)) WEq (Sym x_p)) (Combination false [] [(Ref 82 0, Const (-1#1)); (Ref 83 0,
Const (1#1))]);
  SFunctional x_E_k (Ref 10 0);
  SFunctional x_E_k (Ref 11 0);
  SInduction x_draw (Formula (App x_E_k (Sym x_x)) WEq (Mul (Sym x_nu) (Sym x_p))) (Ref 85 0) (Combination false []
[(Ref 86 0, Const (1#1)); (Ref 84 0, Const (1#1)); (Previous, Const (1#1))]);
  SFunctional x_E_k (Ref 19 0);
  SCombination (Formula (App x_E_k (Sym x_y)) WEq (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r))) (Combination false [] [(Ref
88 0, Const (1#1)); (Ref 18 0, Sym x_n); (Ref 87 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_sg) (App x_E_k (Sym x_y))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Sym
x_sg))) (Combination false [] [(Ref 89 0, Sym x_sg)]);
  SCombination (Formula (Sym x_q) WEq (Mul (Sym x_inv_f1f657) (Add (Sym x_a) (Sym x_c)))) (Combination false [] [(Ref 17
0, Sym x_inv_f1f657); (Ref 57 0, Mul (Const (-1#1)) (Sym x_q))]);
  SCombination (Formula (Mul (Mul (Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Sym x_sg)) WEq (Mul (Mul (Mul (Mul (Sym x_n)
(Sym x_r)) (Sym x_sg)) (Sym x_inv_f1f657)) (Add (Sym x_a) (Sym x_c)))) (Combination false [] [(Ref 91 0, Mul (Mul (Sym
x_n) (Sym x_r)) (Sym x_sg))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WGe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Ref
20 2, Mul (Const (-1#1)) (Sym x_g))]) (Combination true [((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Case
0, Mul (Mul (Const (2#1)) (Sym x_a)) (Sym x_sg)); (Case 0, Mul (Const (-1#1)) (Sym x_g)); (Case 0, Mul (Mul (Const
(-1#1)) (Sym x_g)) (Pow (Sym x_sg) 2))]) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied],
[])] [(Ref 14 1, Const (-1#1)); (Ref 20 2, Mul (Const (-1#1)) (Sym x_g))]));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WLe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 2], []); ((1#3), [Denied; Denied], [])]
[(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]) (Combination false [((1#1), [Ref 14 0], [])] [(Case
0, Mul (Const (-1#1)) (Sym x_sg))]) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 3], []);
((1#3), [Denied; Denied], [])] [(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]));
  SCombination (Formula (Mul (Sym x_g) (Sym x_sg)) WEq (Sym x_a)) (Both (Combination false [((1#1), [Ref 93 0], [])] [])
(Combination false [((1#1), [Ref 94 0], [])] []));
  SCombination (Formula (Mul (Sym x_a) (Sym x_sg)) WEq (Sym x_g)) (Combination false [] [(Ref 95 0, Mul (Const (-1#1))
(Sym x_sg)); (Ref 20 2, Const (-1#1))]);
  SCombination (Formula (Mul (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_sg)) (Sym x_inv_f1f657)) (Add (Sym x_a) (Sym
x_c))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg)))))
(Combination false [] [(Ref 96 0, Mul (Mul (Sym x_inv_f1f657) (Sym x_n)) (Sym x_r))]);
  SCombination (Formula (App x_E_k (Sym x_u)) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Sym x_g)
(Mul (Sym x_c) (Sym x_sg))))) (Combination false [] [(Ref 81 0, Const (1#1)); (Ref 92 0, Const (1#1)); (Ref 97 0, Const
(1#1)); (Ref 90 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_g) (App x_E_k (Sym x_u))) WEq (Mul (Mul (Mul (Mul (Sym x_g) (Sym x_n)) (Sym x_r))
(Sym x_inv_f1f657)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg))))) (Combination false [] [(Ref 98 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 99 0);
  SCombination (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WEq (App x_sum_i (Mul (Mul (Mul (Mul (Sym
x_g) (Sym x_n)) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Sym x_g) (Mul (Sym x_c) (Sym x_sg)))))) (Combination false [] [(Ref
100 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WGe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Ref
20 2, Mul (Const (-1#1)) (Sym x_g))]) (Combination true [((1#1), [Denied; Denied], [])] [(Ref 14 1, Const (-1#1)); (Case
0, Mul (Mul (Const (2#1)) (Sym x_a)) (Sym x_sg)); (Case 0, Mul (Const (-1#1)) (Sym x_g)); (Case 0, Mul (Mul (Const
(-1#1)) (Sym x_g)) (Pow (Sym x_sg) 2))]) (Combination true [((2#1), [Denied; Ref 20 1], []); ((1#1), [Denied; Denied],
[])] [(Ref 14 1, Const (-1#1)); (Ref 20 2, Mul (Const (-1#1)) (Sym x_g))]));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_a)) (Mul (Sym x_g) (Sym x_sg))) WLe (Const (0#1))) (Split (Sym
x_g) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 2], []); ((1#3), [Denied; Denied], [])]
[(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]) (Combination false [((1#1), [Ref 14 0], [])] [(Case
0, Mul (Const (-1#1)) (Sym x_sg))]) (Combination true [((2#3), [Case 0; Denied], []); ((2#3), [Denied; Ref 14 3], []);
((1#3), [Denied; Denied], [])] [(Ref 14 1, Const (1#3)); (Ref 20 2, Mul (Const (1#3)) (Sym x_g))]));
  SCombination (Formula (Mul (Sym x_g) (Sym x_sg)) WEq (Sym x_a)) (Both (Combination false [((1#1), [Ref 102 0], [])]
[]) (Combination false [((1#1), [Ref 103 0], [])] []));
  SFunctional x_sum_i (Ref 104 0);
  SCombination (Formula (App x_sum_i (Mul (Mul (Mul (Mul (Sym x_g) (Sym x_n)) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Sym
x_g) (Mul (Sym x_c) (Sym x_sg))))) WEq (Mul (Mul (Mul (Sym x_n) (Sym x_r)) (Sym x_inv_f1f657)) (Add (Mul (Sym x_c) (App
x_sum_i (Sym x_a))) (App x_sum_i (Pow (Sym x_g) 2))))) (Combination false [] [(Ref 105 0, Mul (Mul (Mul (Sym x_c) (Sym
x_inv_f1f657)) (Sym x_n)) (Sym x_r))]);
  SCombination (Formula (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u)))) WEq (Mul (Mul (Sym x_n) (Sym x_phi)) (Sym
x_r))) (Combination false [] [(Ref 101 0, Const (1#1)); (Ref 57 0, Mul (Mul (Sym x_n) (Sym x_phi)) (Sym x_r)); (Ref 106
0, Const (1#1)); (Ref 70 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_inv_f1f657)) (Sym x_n)) (Sym x_r))]);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 79 0], []); ((1#1), [Ref 108 0], [])] []);
  SCombination (Formula (Sym x_q) WGt (Const (0#1))) (Combination true [((1#1), [Denied; Ref 109 0], []); ((1#1), [Ref
14 0], []); ((1#1), [Ref 4 0], [])] [(Ref 17 0, Const (1#1))]);
  SCombination (Formula (Pow (Sym x_sg) 2) WLe (Const (1#1))) (Combination false [((1#1), [], [Add (Const (1#1)) (Mul
(Const (-1#1)) (Pow (Sym x_sg) 2))])] [(Ref 20 0, Mul (Const (-1#1)) (Sym x_sg))]);
  SCombination (Formula (Mul (Sym x_q) (Pow (Sym x_sg) 2)) WLe (Sym x_q)) (Combination false [((1#1), [Ref 111 0; Ref
110 0], [])] []);
  SFunctional x_sum_i (Ref 112 0);
  SCombination (Formula (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)) WLe (Pow (Sym x_q) 2)) (Combination false [((1#1),
[Ref 111 0; Ref 110 0; Ref 110 0], [])] []);
  SFunctional x_sum_i (Ref 114 0);
  SIntegrality (Sym x_n);
  SFunctional x_sum_i (Ref 14 0);
  SCombination (Formula (Add (Mul (Sym x_c) (Sym x_d)) (App x_sum_i (Sym x_a))) WGt (Const (0#1))) (Combination false
[((1#1), [Ref 4 0; Ref 79 0], []); ((1#1), [Ref 117 0], [])] []);
  SFunctional x_sum_i (Ref 17 0);
  SCombination (Formula (App x_sum_i (Sym x_q)) WGe (Const (1#1))) (Combination true [((1#1), [Denied; Ref 118 0], [])]
[(Ref 119 0, Const (1#1))]);
  SCombination (Formula (App x_sum_i (Sym x_q)) WLe (Const (1#1))) (Combination true [((1#1), [Denied; Ref 118 0], [])]
[(Ref 119 0, Const (-1#1))]);
  SCombination (Formula (App x_sum_i (Sym x_q)) WEq (Const (1#1))) (Both (Combination false [((1#1), [Ref 120 0], [])]
[]) (Combination false [((1#1), [Ref 121 0], [])] []));
  SCombination (Formula (Mul (Mul (Sym x_n) (Sym x_r)) (App x_sum_i (Mul (Sym x_q) (Pow (Sym x_sg) 2)))) WLe (Mul (Sym
x_n) (Sym x_r))) (Combination false [((1#1), [Ref 113 0; Ref 7 0; Ref 8 0], [])] [(Ref 122 0, Mul (Mul (Const (-1#1))
(Sym x_n)) (Sym x_r))]);
  SCombination (Formula (Add (Add (Add (Mul (Sym x_n) (App x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)))) (Mul
(Mul (Const (-1#1)) (Sym x_n)) (App x_sum_i (Pow (Sym x_q) 2)))) (Mul (Mul (Const (-1#1)) (Pow (Sym x_n) 2)) (App
x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2))))) (Mul (Pow (Sym x_n) 2) (App x_sum_i (Pow (Sym x_q) 2)))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 116 0; Ref 115 0], [])] []);
  STower x_E_k x_E_nu (Sym x_b);
  SFunctional x_E_k (Ref 13 0);
  SCombination (Formula (App x_E_k (Sym x_b)) WEq (Sym x_p)) (Combination false [] [(Ref 125 0, Const (-1#1)); (Ref 126
0, Const (1#1))]);
  SFunctional x_E_k (Ref 10 0);
  SFunctional x_E_k (Ref 11 0);
  SInduction x_draw (Formula (App x_E_k (Sym x_x)) WEq (Mul (Sym x_nu) (Sym x_p))) (Ref 128 0) (Combination false []
[(Ref 129 0, Const (1#1)); (Ref 127 0, Const (1#1)); (Previous, Const (1#1))]);
  SCombination (Formula (Pow (Shift Next x_draw (Sym x_x)) 2) WEq (Add (Add (Sym x_b) (Pow (Sym x_x) 2)) (Mul (Mul
(Const (2#1)) (Sym x_b)) (Sym x_x)))) (Combination false [] [(Ref 11 0, Sym x_b); (Ref 11 0, Shift Next x_draw (Sym
x_x)); (Ref 11 0, Sym x_x); (Ref 12 0, Const (1#1))]);
  SCombination (Formula (Mul (Sym x_x) (App x_E_nu (Sym x_b))) WEq (Mul (Sym x_p) (Sym x_x))) (Combination false []
[(Ref 13 0, Sym x_x)]);
  STower x_E_k x_E_nu (Mul (Sym x_b) (Sym x_x));
  SFunctional x_E_k (Ref 132 0);
  SCombination (Formula (App x_E_k (Mul (Sym x_b) (Sym x_x))) WEq (Mul (Sym x_p) (App x_E_k (Sym x_x)))) (Combination
false [] [(Ref 133 0, Const (-1#1)); (Ref 134 0, Const (1#1))]);
  SCombination (Formula (Pow (Shift First x_draw (Sym x_x)) 2) WEq (Const (0#1))) (Combination false [] [(Ref 10 0,
Shift First x_draw (Sym x_x))]);
  SFunctional x_E_k (Ref 131 0);
  SFunctional x_E_k (Ref 136 0);
  SInduction x_draw (Formula (App x_E_k (Pow (Sym x_x) 2)) WEq (Add (Mul (Sym x_nu) (Sym x_p)) (Mul (Mul (Sym x_nu) (Pow
(Sym x_p) 2)) (Add (Const (-1#1)) (Sym x_nu))))) (Ref 138 0) (Combination false [] [(Ref 137 0, Const (1#1)); (Ref 127
0, Const (1#1)); (Ref 127 0, Mul (Mul (Const (2#1)) (Sym x_nu)) (Sym x_p)); (Previous, Const (1#1)); (Ref 135 0, Const
(2#1)); (Ref 130 1, Mul (Const (2#1)) (App x_E_k (Sym x_b))); (Ref 127 0, Mul (Const (-2#1)) (App x_E_k (Sym x_x)))]);
  SCombination (Formula (Pow (Sym x_y) 2) WEq (Pow (Shift Last x_draw (Sym x_x)) 2)) (Combination false [] [(Ref 19 0,
Shift Last x_draw (Sym x_x)); (Ref 19 0, Sym x_y)]);
  SFunctional x_E_k (Ref 140 0);
  SCombination (Formula (App x_E_k (Pow (Sym x_y) 2)) WEq (Add (Mul (Sym x_n) (Sym x_p)) (Mul (Mul (Sym x_n) (Pow (Sym
x_p) 2)) (Add (Const (-1#1)) (Sym x_n))))) (Combination false [] [(Ref 139 0, Const (1#1)); (Ref 141 0, Const (1#1))]);
  SCombination (Formula (Mul (Pow (Sym x_sg) 2) (App x_E_k (Pow (Sym x_y) 2))) WEq (Mul (Pow (Sym x_sg) 2) (Add (Mul
(Sym x_n) (Sym x_p)) (Mul (Mul (Sym x_n) (Pow (Sym x_p) 2)) (Add (Const (-1#1)) (Sym x_n)))))) (Combination false []
[(Ref 142 0, Pow (Sym x_sg) 2)]);
  SCombination (Formula (Mul (Pow (Sym x_sg) 2) (App x_E_k (Pow (Sym x_y) 2))) WEq (Mul (Pow (Sym x_sg) 2) (Add (Mul
(Mul (Sym x_n) (Sym x_q)) (Sym x_r)) (Mul (Mul (Mul (Sym x_n) (Pow (Sym x_q) 2)) (Pow (Sym x_r) 2)) (Add (Const (-1#1))
(Sym x_n)))))) (Combination false [] [(Ref 143 0, Const (1#1)); (Ref 18 0, Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_n))
(Sym x_q)) (Sym x_r)) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Sym x_n) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Mul (Pow
(Sym x_n) 2) (Sym x_q)) (Sym x_r)) (Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Mul (Const (-1#1)) (Sym x_n)) (Sym x_p))
(Pow (Sym x_sg) 2)); (Ref 18 0, Mul (Mul (Pow (Sym x_n) 2) (Sym x_p)) (Pow (Sym x_sg) 2))]);
  SFunctional x_sum_i (Ref 144 0);
  SInterchange x_E_k x_sum_i (Pow (Sym x_u) 2);
  SCombination (Formula (Pow (Sym x_u) 2) WEq (Mul (Pow (Sym x_sg) 2) (Pow (Sym x_y) 2))) (Combination false [] [(Ref 21
0, Mul (Sym x_sg) (Sym x_y)); (Ref 21 0, Sym x_u)]);
  SFunctional x_E_k (Ref 147 0);
  SFunctional x_sum_i (Ref 148 0);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WEq (App x_sum_i (App x_E_k (Mul (Pow (Sym x_sg) 2)
(Pow (Sym x_y) 2))))) (Combination false [] [(Ref 146 0, Const (1#1)); (Ref 149 0, Const (1#1))]);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WEq (Add (Mul (Mul (Sym x_n) (Sym x_r)) (App x_sum_i
(Mul (Sym x_q) (Pow (Sym x_sg) 2)))) (Mul (Mul (Pow (Sym x_r) 2) (Add (Pow (Sym x_n) 2) (Mul (Const (-1#1)) (Sym x_n))))
(App x_sum_i (Mul (Pow (Sym x_q) 2) (Pow (Sym x_sg) 2)))))) (Combination false [] [(Ref 150 0, Const (1#1)); (Ref 145 0,
Const (1#1))]);
  SCombination (Formula (App x_E_k (App x_sum_i (Pow (Sym x_u) 2))) WLe (Add (Mul (Sym x_n) (Sym x_r)) (Mul (Mul (Pow
(Sym x_r) 2) (Add (Pow (Sym x_n) 2) (Mul (Const (-1#1)) (Sym x_n)))) (App x_sum_i (Pow (Sym x_q) 2))))) (Combination
false [((1#1), [Ref 123 0], []); ((1#1), [Ref 124 0], [Sym x_r])] [(Ref 151 0, Const (-1#1))]);
  SCombination (Formula (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w)))) WEq (Mul (Mul
(Const (-1#1)) (Sym x_g)) (Sym x_u))) (Combination false [] [(Ref 23 0, Sym x_g)]);
  SFunctional x_sum_i (Ref 153 0);
  SCombination (Formula (Pow (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step (Sym x_w))) 2) WEq (Pow (Sym x_u)
2)) (Combination false [] [(Ref 23 0, Shift Next x_step (Sym x_w)); (Ref 23 0, Mul (Const (-1#1)) (Sym x_u)); (Ref 23 0,
Mul (Const (-1#1)) (Sym x_w))]);
  SFunctional x_sum_i (Ref 155 0);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WEq (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 154 0, Const (1#1)); (Ref 156 0, Mul (Const (1#2)) (Sym
x_L))]);
  SCombination (Formula (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Add (Mul (Const (-1#1)) (Sym x_w))
(Shift Next x_step (Sym x_w))) 2))) (App x_sum_i (Mul (Sym x_g) (Add (Mul (Const (-1#1)) (Sym x_w)) (Shift Next x_step
(Sym x_w)))))) WLe (Add (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u)))) (Mul (Mul (Const (1#2)) (Sym x_L))
(App x_sum_i (Pow (Sym x_u) 2))))) (Combination false [] [(Ref 157 0, Const (-1#1))]);
  SCombination (Formula (Add (Add (Add (Sym x_F) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_sum_i (Pow (Sym x_u) 2))))
(Mul (Const (-1#1)) (Shift Next x_step (Sym x_F)))) (Mul (Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (Sym x_u))))) WGe
(Const (0#1))) (Combination false [((1#1), [Ref 22 0], []); ((1#1), [Ref 158 0], [])] []);
  SFunctional x_E_k (Ref 159 0);
  SInterchange x_E_k x_sum_i (Mul (Sym x_g) (Sym x_u));
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Const (-1#1)) (App x_sum_i (Mul (Sym x_g) (App x_E_k (Sym x_u))))) (Mul (Mul (Const (1#2)) (Sym x_L)) (App x_E_k (App
x_sum_i (Pow (Sym x_u) 2)))))) (Combination false [((1#1), [Ref 160 0], [])] [(Ref 161 0, Const (1#1))]);
  SCombination (Formula (Add (Mul (Const (-1#1)) (Sym x_F)) (App x_E_k (Shift Next x_step (Sym x_F)))) WLe (Add (Mul
(Mul (Mul (Const (-1#1)) (Sym x_n)) (Sym x_phi)) (Sym x_r)) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_n)) (Sym
x_r)) (Add (Const (1#1)) (Mul (Mul (Sym x_r) (Add (Const (-1#1)) (Sym x_n))) (App x_sum_i (Pow (Sym x_q) 2)))))))
(Combination false [((1#1), [Ref 162 0], []); ((1#2), [Ref 152 0; Ref 2 0], [])] [(Ref 107 0, Const (1#1))]);
  SFunctional x_E (Ref 163 0);
  SFunctional x_avg_k (Ref 164 0);
  STower x_E x_E_k (Shift Next x_step (Sym x_F));
  SFunctional x_avg_k (Ref 166 0);
  STelescoping x_avg_k (App x_E (Sym x_F));
  SFunctional x_E (Ref 25 0);
  SFunctional x_E (Ref 24 0);
  SCombination (Formula (Mul (Mul (Mul (Sym x_K) (Sym x_n)) (Sym x_r)) (Add (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym
x_L)) (Sym x_r)) (Add (Const (-1#1)) (Sym x_n))) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (App x_avg_k
(App x_E (Sym x_phi))))) WLe (Add (Sym x_Delta) (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (Sym x_n)) (Sym
x_r)))) (Combination false [((1#1), [Ref 165 0; Ref 1 0], []); ((1#1), [Ref 170 0], [])] [(Ref 26 0, Const (1#1)); (Ref
167 0, Sym x_K); (Ref 168 0, Const (1#1)); (Ref 169 0, Const (-1#1))]);
  SCombination (Formula (Add (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (Sym x_r)) (Add (Const (-1#1)) (Sym x_n)))
(App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (App x_avg_k (App x_E (Sym x_phi)))) WLe (Add (Mul (Const
(1#2)) (Sym x_L)) (Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_inv_r)))) (Combination false
[((1#1), [Ref 171 0; Ref 75 0; Ref 77 0; Ref 78 0], [])] [(Ref 38 0, Mul (Const (-1#2)) (Sym x_L)); (Ref 38 0, Mul (Mul
(Mul (Const (1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_r)); (Ref 39 0, Mul (Mul
(Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_n)) (Sym x_r)); (Ref
39 0, App x_avg_k (App x_E (Sym x_phi))); (Ref 38 0, Mul (Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k
(App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_inv_n)) (Sym x_inv_r)) (Pow (Sym x_n) 2)) (Pow (Sym x_r) 2)); (Ref 38
0, Mul (Mul (Mul (Mul (App x_avg_k (App x_E (Sym x_phi))) (Sym x_inv_n)) (Sym x_inv_r)) (Sym x_n)) (Sym x_r)); (Ref 76
0, Mul (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2)))))
(Sym x_inv_K)) (Sym x_r)); (Ref 76 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_K)) (Sym x_L)) (Sym x_inv_K)) (Sym
x_inv_r)) (Sym x_r)); (Ref 76 0, Mul (Mul (Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i
(Pow (Sym x_q) 2))))) (Sym x_inv_r)) (Sym x_n)) (Pow (Sym x_r) 2)); (Ref 76 0, Mul (Mul (App x_avg_k (App x_E (Sym
x_phi))) (Sym x_inv_r)) (Sym x_r)); (Ref 39 0, Mul (Mul (Mul (Mul (Mul (Mul (Mul (Const (1#2)) (Sym x_K)) (Sym x_L))
(App x_avg_k (App x_E (App x_sum_i (Pow (Sym x_q) 2))))) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_n)) (Sym x_r)); (Ref 39 0,
Mul (Mul (Mul (Const (-1#2)) (Sym x_K)) (Sym x_L)) (Sym x_inv_K))]);
  SCombination (Formula (App x_avg_k (App x_E (Sym x_phi))) WLe (Add (Mul (Const (1#2)) (Sym x_L)) (Mul (Mul (Sym
x_Delta) (Sym x_inv_K)) (Sym x_inv_r)))) (Combination false [((1#1), [Ref 172 0], [])] [(Ref 38 0, Mul (Mul (Mul (Const
(-1#1)) (Sym x_Delta)) (Sym x_inv_K)) (Sym x_inv_r)); (Ref 0 0, Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym
x_inv_n)) (Sym x_inv_r)); (Ref 0 0, Mul (Mul (Mul (Const (-1#2)) (Sym x_L)) (App x_avg_k (App x_E (App x_sum_i (Pow (Sym
x_q) 2))))) (Sym x_r)); (Ref 38 0, Mul (Mul (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_n)) (Sym x_inv_r)) (Sym
x_n)); (Ref 76 0, Mul (Mul (Mul (Mul (Const (-1#1)) (Sym x_Delta)) (Sym x_K)) (Pow (Sym x_inv_K) 2)) (Sym x_inv_r))]);
  SCombination (Formula (App x_avg_k (App x_E (Sym x_t))) WLe (Add (Mul (Sym x_sqrt_d) (Add (Mul (Const (1#2)) (Sym
x_L)) (Mul (Mul (Sym x_Delta) (Sym x_inv_K)) (Sym x_inv_r)))) (Mul (Mul (Const (1#4)) (Sym x_c)) (Add (Const (-1#1))
(Sym x_sqrt_d))))) (Combination false [((1#1), [Ref 74 0; Ref 37 0], []); ((1#1), [Ref 173 0; Ref 37 0], [])] [(Ref 59
0, App x_avg_k (App x_E (Sym x_t))); (Ref 59 0, Mul (Const (1#4)) (Sym x_c))]);
  SCombination (Formula (Mul (Mul (Sym x_K) (Sym x_r)) (App x_avg_k (App x_E (Sym x_t)))) WLe (Add (Mul (Sym x_Delta)
(Sym x_sqrt_d)) (Mul (Mul (Sym x_K) (Sym x_r)) (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym x_sqrt_d)) (Mul (Mul (Const
(1#4)) (Sym x_c)) (Add (Const (-1#1)) (Sym x_sqrt_d))))))) (Combination false [((1#1), [Ref 174 0; Ref 1 0; Ref 3 0],
[])] [(Ref 38 0, Mul (Mul (Const (-1#1)) (Sym x_Delta)) (Sym x_sqrt_d)); (Ref 39 0, Mul (Mul (Mul (Mul (Const (-1#1))
(Sym x_Delta)) (Sym x_K)) (Sym x_inv_K)) (Sym x_sqrt_d))]);
  SLimit x_K (App x_avg_k (App x_E (Sym x_t))) (Add (Add (Add (Mul (Sym x_Delta) (Sym x_sqrt_d)) (Mul (Mul (Mul (Mul
(Const (1#2)) (Sym x_K)) (Sym x_L)) (Sym x_r)) (Sym x_sqrt_d))) (Mul (Mul (Mul (Const (-1#4)) (Sym x_K)) (Sym x_c)) (Sym
x_r))) (Mul (Mul (Mul (Mul (Const (1#4)) (Sym x_K)) (Sym x_c)) (Sym x_r)) (Sym x_sqrt_d))) (Mul (Sym x_K) (Sym x_r))
(Const (0#1)) (Ref 175 0) (Ref 33 0) (Ref 3 0);
  SCombination (Formula (Limsup x_K (App x_avg_k (App x_E (Sym x_t)))) WLe (Add (Mul (Mul (Const (1#2)) (Sym x_L)) (Sym
x_sqrt_d)) (Mul (Mul (Const (1#4)) (Sym x_c)) (Add (Const (-1#1)) (Sym x_sqrt_d))))) (Combination true [((1#1), [Ref 176
0], []); ((1#1), [Denied; Ref 3 0], [])] [])]
  (Ref 177 0).

(* discrete-updates:specialisation/half-integer-floor *)
Definition half_integer_floor : certificate := Certificate (Signature
  [(x_i, Index x_d); (x_step, Time x_K x_k (1)%Z true)]
  (Some x_run)
  [(x_d, Symbol [] true None []); (x_K, Symbol [] true None []); (x_L, Symbol [] false None []); (x_z, Symbol [At x_i;
Rnd; At x_step] true None []); (x_w, Symbol [At x_i; Rnd; At x_step] false (Some x_step) []); (x_g, Symbol [At x_i; Rnd;
At x_step] false None [])]
  [(x_sum_i, Sum x_i); (x_avg_k, Average x_step); (x_E, Expect [])]
  [] None) [
  SHypothesis (Formula (Sym x_L) WGt (Const (0#1)));
  SHypothesis (Formula (Sym x_w) WEq (Sym x_z));
  SHypothesis (Formula (Sym x_g) WEq (Mul (Sym x_L) (Add (Const (-1#2)) (Sym x_w))));
  SIntegrality (Sym x_z);
  SCombination (Formula (Sym x_g) WEq (Mul (Sym x_L) (Add (Const (-1#2)) (Sym x_z)))) (Combination false [] [(Ref 2 0,
Const (1#1)); (Ref 1 0, Sym x_L)]);
  SCombination (Formula (Pow (Sym x_g) 2) WGe (Mul (Const (1#4)) (Pow (Sym x_L) 2))) (Combination false [((1#1), [Ref 3
0; Ref 0 0; Ref 0 0], [])] [(Ref 4 0, Mul (Const (-1#2)) (Sym x_L)); (Ref 4 0, Sym x_g); (Ref 4 0, Mul (Sym x_L) (Sym
x_z))]);
  SFunctional x_sum_i (Ref 5 0);
  SFunctional x_avg_k (Ref 6 0);
  SFunctional x_E (Ref 7 0);
  SCombination (Formula (App x_E (App x_avg_k (App x_sum_i (Pow (Sym x_g) 2)))) WGe (Mul (Mul (Const (1#4)) (Sym x_d))
(Pow (Sym x_L) 2))) (Combination false [((1#1), [Ref 8 0], [])] [])]
  (Ref 9 0).
