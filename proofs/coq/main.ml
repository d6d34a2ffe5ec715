(* referee CERTIFICATE.json [STATEMENT.json]: reads the file, runs the extracted checker, prints what it proves; with a
   second file it refuses unless that is what is proved. This file is outside the proof: it parses and prints.
   referee --lines: from standard input one [certificate] or [certificate, statement] a line, and one line of answer to
   each: checked, REFUSED and why, or LIMIT (of time or memory; nothing is said of that one). *)

module J = Yojson.Safe
module Big = Z
module Ratio = Q
open Checker

exception Refused of string

let need b message = if not b then raise (Refused message)

(* ------------------------------------------------------------------------------------------------ numbers, names *)

let rec nat n = if n <= 0 then O else S (nat (n - 1))
let rec pos z = if Big.equal z Big.one then XH else if Big.is_even z then XO (pos (Big.shift_right z 1)) else XI (pos (Big.shift_right z 1))
let int_ z = if Big.sign z = 0 then Z0 else if Big.sign z > 0 then Zpos (pos z) else Zneg (pos (Big.neg z))
let rec of_pos = function XH -> Big.one | XO p -> Big.shift_left (of_pos p) 1 | XI p -> Big.succ (Big.shift_left (of_pos p) 1)
let of_int = function Z0 -> Big.zero | Zpos p -> of_pos p | Zneg p -> Big.neg (of_pos p)
let rec of_nat = function O -> 0 | S n -> 1 + of_nat n

let is_letter c = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
let is_digit c = c >= '0' && c <= '9'
let for_all f s = List.for_all f (List.of_seq (String.to_seq s))
let is_name s =
  s <> "" && is_letter s.[0] && for_all (fun c -> is_letter c || is_digit c || c = '_') s
  && not (List.mem s [ "next"; "first"; "last"; "limsup" ])

let numbers : (string, int) Hashtbl.t = Hashtbl.create 100
let texts : (int, string) Hashtbl.t = Hashtbl.create 100
let name s =
  need (is_name s) ("not a name: " ^ String.escaped s);
  let n = match Hashtbl.find_opt numbers s with
    | Some n -> n
    | None -> let n = Hashtbl.length numbers + 1 in Hashtbl.add numbers s n; Hashtbl.add texts n s; n in
  pos (Big.of_int n)
let text p = Hashtbl.find texts (Big.to_int (of_pos p))

let rational s =
  let digits t = t <> "" && for_all is_digit t in
  need (String.length s <= 4096) "a number is too long";
  let sign, rest = if s <> "" && s.[0] = '-' then (Big.minus_one, String.sub s 1 (String.length s - 1)) else (Big.one, s) in
  let top, bottom = match String.split_on_char '/' rest with
    | [ a ] -> (a, "1") | [ a; b ] -> (a, b) | _ -> raise (Refused "not a rational number") in
  need (digits top && digits bottom) ("not a rational number: " ^ String.escaped s);
  let a = Big.mul sign (Big.of_string top) and b = Big.of_string bottom in
  need (Big.sign b > 0) "a denominator is zero";
  let q = Ratio.make a b in
  { qnum = int_ (Ratio.num q); qden = pos (Ratio.den q) }

(* ----------------------------------------------------------------------------------------------------------- JSON *)

let str what = function `String s -> s | _ -> raise (Refused (what ^ " is a text"))
let bool_ what = function `Bool b -> b | _ -> raise (Refused (what ^ " is true or false"))
let list what = function `List l -> l | _ -> raise (Refused (what ^ " is a list"))
let small = function `Int n when n >= 0 && n <= 5000 -> n | _ -> raise (Refused "a number from 0 to 5000 is meant")
let fields what required optional = function
  | `Assoc l ->
      let keys = List.map fst l in
      need (List.length (List.sort_uniq compare keys) = List.length keys) "a key is repeated";
      need (List.for_all (fun k -> List.mem k keys) required
            && List.for_all (fun k -> List.mem k required || List.mem k optional) keys) (what ^ " has other keys");
      l
  | _ -> raise (Refused (what ^ " is an object"))
let rec no_repeats = function
  | `Assoc l -> ignore (fields "an object" [] (List.map fst l) (`Assoc l)); List.iter (fun (_, x) -> no_repeats x) l
  | `List l -> List.iter no_repeats l
  | _ -> ()

let left f = function [] -> raise (Refused "nothing to add") | x :: r -> List.fold_left f x r
let rec expr depth (j : J.t) =
  need (depth < 120) "an expression is nested too deep";
  let sub = expr (depth + 1) in
  match j with
  | `String s -> if s <> "" && is_letter s.[0] then Sym (name s) else Const (rational s)
  | `List (`String "+" :: (_ :: _ :: _ as l)) -> left (fun a b -> Add (a, b)) (List.map sub l)
  | `List (`String "*" :: (_ :: _ :: _ as l)) -> left (fun a b -> Mul (a, b)) (List.map sub l)
  | `List [ `String "^"; a; `Int n ] -> need (1 <= n && n <= 64) "exponents are 1 to 64"; Pow (sub a, nat n)
  | `List [ `String "next"; `String t; a ] -> Shift (Next, name t, sub a)
  | `List [ `String "first"; `String t; a ] -> Shift (First, name t, sub a)
  | `List [ `String "last"; `String t; a ] -> Shift (Last, name t, sub a)
  | `List [ `String "limsup"; `String k; a ] -> Limsup (name k, sub a)
  | `List [ `String f; a ] -> App (name f, sub a)
  | _ -> raise (Refused "not an expression")

let relation_ = function
  | `String ">=" -> WGe | `String ">" -> WGt | `String "=" -> WEq | `String "<=" -> WLe | `String "<" -> WLt
  | _ -> raise (Refused "not a relation")
let formula = function
  | `List [ a; r; b ] -> { left_side = expr 0 a; relation = relation_ r; right_side = expr 0 b }
  | _ -> raise (Refused "not a formula")

let reference = function
  | `List [ i; j ] -> Ref (nat (small i), nat (small j))
  | `String "previous" -> Previous
  | `String "denied" -> Denied
  | `String s when String.length s > 4 && String.sub s 0 4 = "case" ->
      let rest = String.sub s 4 (String.length s - 4) in
      need (String.length rest <= 2 && for_all is_digit rest && string_of_int (int_of_string rest) = rest) "no such fact";
      Case (nat (int_of_string rest))
  | _ -> raise (Refused "not a reference")

let rec recipe depth (j : J.t) =
  need (depth <= 12) "cases are nested too deep";
  match j with
  | `Assoc l when List.mem_assoc "both" l -> (
      match List.assoc "both" (fields "a recipe" [ "both" ] [] j) with
      | `List [ a; b ] -> Both (recipe (depth + 1) a, recipe (depth + 1) b)
      | _ -> raise (Refused "both has two items"))
  | `Assoc l when List.mem_assoc "split" l -> (
      let l = fields "a recipe" [ "split"; "cases" ] [] j in
      match List.assoc "cases" l with
      | `List [ a; b; c ] ->
          Split (expr 0 (List.assoc "split" l), recipe (depth + 1) a, recipe (depth + 1) b, recipe (depth + 1) c)
      | _ -> raise (Refused "a split has three cases"))
  | _ ->
      let l = fields "a recipe" [] [ "terms"; "equations"; "refute" ] j in
      let get k none = Option.value (List.assoc_opt k l) ~default:none in
      let term = function
        | `List [ c; refs; squares ] ->
            ((rational (str "a coefficient" c), List.map reference (list "references" refs)),
             List.map (expr 0) (list "squares" squares))
        | _ -> raise (Refused "a term has three items")
      and equation = function
        | `List [ r; e ] -> (reference r, expr 0 e)
        | _ -> raise (Refused "an equation has two items") in
      Combination (bool_ "refute" (get "refute" (`Bool false)), List.map term (list "terms" (get "terms" (`List []))),
                   List.map equation (list "equations" (get "equations" (`List []))))

let kind_of_definition = function
  | `String "quotient" -> Quotient | `String "root" -> Root | `String "absolute" -> Absolute | `String "sign" -> Sign
  | `String "maximum" -> Maximum | _ -> raise (Refused "no such definition")

let step (j : J.t) =
  let rule = match j with `Assoc l -> (match List.assoc_opt "rule" l with Some (`String r) -> r | _ -> "") | _ -> "" in
  let has keys = let l = fields "a step" ("rule" :: keys) [] j in fun k -> List.assoc k l in
  let named get k = name (str "a name" (get k)) and ex get k = expr 0 (get k) in
  match rule with
  | "hypothesis" -> let g = has [ "fact" ] in SHypothesis (formula (g "fact"))
  | "combination" -> let g = has [ "fact"; "by" ] in SCombination (formula (g "fact"), recipe 0 (g "by"))
  | "definition" ->
      let g = has [ "symbol"; "kind"; "bodies"; "because" ] in
      SDefinition (named g "symbol", kind_of_definition (g "kind"), List.map (expr 0) (list "bodies" (g "bodies")),
                   match g "because" with `Null -> None | r -> Some (reference r))
  | "functional" -> let g = has [ "functional"; "of" ] in SFunctional (named g "functional", reference (g "of"))
  | "member" -> let g = has [ "functional"; "of" ] in SMember (named g "functional", reference (g "of"))
  | "interchange" -> let g = has [ "outer"; "inner"; "body" ] in SInterchange (named g "outer", named g "inner", ex g "body")
  | "tower" -> let g = has [ "outer"; "inner"; "body" ] in STower (named g "outer", named g "inner", ex g "body")
  | "average" -> let g = has [ "functional"; "sum"; "body" ] in SAverage (named g "functional", named g "sum", ex g "body")
  | "telescoping" -> let g = has [ "functional"; "body" ] in STelescoping (named g "functional", ex g "body")
  | "induction" ->
      let g = has [ "time"; "fact"; "base"; "by" ] in
      SInduction (named g "time", formula (g "fact"), reference (g "base"), recipe 0 (g "by"))
  | "integrality" -> let g = has [ "body" ] in SIntegrality (ex g "body")
  | "limit" ->
      let g = has [ "horizon"; "body"; "numerator"; "denominator"; "floor"; "upper"; "lower"; "leading" ] in
      SLimit (named g "horizon", ex g "body", ex g "numerator", ex g "denominator", ex g "floor", reference (g "upper"),
              reference (g "lower"), reference (g "leading"))
  | r -> raise (Refused ("there is no rule " ^ String.escaped r))

(* --------------------------------------------------------------------------------------------------- declarations *)

let rec limsups (j : J.t) = match j with
  | `List (`String "limsup" :: `String k :: _) -> [ k ]
  | `List l -> List.concat_map limsups l
  | `Assoc l -> (match List.assoc_opt "rule" l, List.assoc_opt "horizon" l with
      | Some (`String "limit"), Some (`String k) -> [ k ] | _ -> []) @ List.concat_map (fun (_, x) -> limsups x) l
  | _ -> []

type scopes = { table : (positive * scope) list; random : string option; random_times : string list }

let read_scopes js =
  let one acc j =
    let l = match j with `Assoc l -> l | _ -> raise (Refused "a scope is an object") in
    let kind = match List.assoc_opt "kind" l with Some (`String k) -> k | _ -> "" in
    let keys = match kind with
      | "index" -> [ "length" ] | "time" -> [ "length"; "variable"; "start"; "random" ] | "random" -> []
      | "unit" -> [ "variable" ] | _ -> raise (Refused "no such kind of scope") in
    let l = fields "a scope" ("name" :: "kind" :: keys) [] j in
    let get k = str k (List.assoc k l) in
    let s = get "name" in
    let add scope = { acc with table = acc.table @ [ (name s, scope) ] } in
    match kind with
    | "index" -> add (Index (name (get "length")))
    | "unit" -> add (Unit (name (get "variable")))
    | "random" -> need (acc.random = None) "one random scope"; ignore (name s); { acc with random = Some s }
    | _ ->
        let start = rational (get "start") in
        need (start.qden = XH) "a time starts at an integer";
        let random = bool_ "random" (List.assoc "random" l) in
        let acc' = add (Time (name (get "length"), name (get "variable"), start.qnum, random)) in
        if random then { acc' with random_times = acc.random_times @ [ s ] } else acc' in
  List.fold_left one { table = []; random = None; random_times = [] } js

let element sc s =
  if s <> "" && s.[0] = '~' then
    let rec place n = function
      | [] -> raise (Refused "unknown at what?")
      | t :: r -> if t = String.sub s 1 (String.length s - 1) then n else place (n + 1) r in
    Unk (nat (place 1 sc.random_times))
  else if sc.random = Some s then Rnd
  else At (name s)

let read_symbol sc j =
  let l = fields "a symbol" [ "name"; "scopes" ] [ "integer"; "sequence" ] j in
  let over = List.map (fun x -> element sc (str "a scope" x)) (list "scopes" (List.assoc "scopes" l)) in
  let sequence = match List.assoc_opt "sequence" l with
    | None | Some `Null -> None | Some x -> Some (name (str "a sequence's time" x)) in
  let integer = match List.assoc_opt "integer" l with None -> false | Some x -> bool_ "integer" x in
  (name (str "a name" (List.assoc "name" l)), { over; integer; sequence; parts_of = [] })

let read_functional j =
  let l = match j with `Assoc l -> l | _ -> raise (Refused "a functional is an object") in
  let kind = match List.assoc_opt "kind" l with Some (`String k) -> k | _ -> "" in
  let l = fields "a functional" [ "name"; "kind"; (if kind = "expectation" then "given" else "over") ] [] j in
  let over () = name (str "over" (List.assoc "over" l)) in
  ( name (str "a name" (List.assoc "name" l)),
    match kind with
    | "sum" -> Sum (over ())
    | "average" -> Average (over ())
    | "integral" -> Integral (over ())
    | "expectation" -> Expect (List.map (fun x -> name (str "given" x)) (list "given" (List.assoc "given" l)))
    | _ -> raise (Refused "no such functional") )

let certificate (j : J.t) =
  no_repeats j;
  let l = fields "a certificate" [ "format"; "scopes"; "symbols"; "functionals"; "steps"; "conclusion" ] [ "claim" ] j in
  need (List.assoc "format" l = `String "convbound-certificate/2") "not a convbound-certificate/2";
  let claim = match List.assoc_opt "claim" l with None -> "" | Some c -> str "a claim's name" c in
  need (String.length claim <= 200 && for_all (fun c -> c >= ' ' && c <> '\127') claim) "a claim's name is a short text";
  let part k = list k (List.assoc k l) in
  let sc = read_scopes (part "scopes") in
  need (part "steps" <> [] && List.length (part "steps") <= 5000) "1 to 5000 steps";
  let horizon = match limsups (`List (part "steps")) with [] -> None | k :: _ -> Some (name k) in
  let symbols = List.map (read_symbol sc) (part "symbols") in
  let functionals = List.map read_functional (part "functionals") in
  let declared = { scopes = sc.table; noise = Option.map name sc.random; symbols; functionals; definitions = []; horizon } in
  ({ declared; steps = List.map step (part "steps"); conclusion = reference (List.assoc "conclusion" l) }, sc)

(* -------------------------------------------------------------------------------------------------------- printing *)

let number q =
  let a = of_int q.qnum and b = of_pos q.qden in
  if Big.equal b Big.one then Big.to_string a else Big.to_string a ^ "/" ^ Big.to_string b
let rec sum = function Add (a, b) -> sum a @ [ b ] | e -> [ e ]
let rec product = function Mul (a, b) -> product a @ [ b ] | e -> [ e ]
let minus s = Str.global_replace (Str.regexp_string " + -") " - " s
let rec spell rank e =
  let brackets own s = if own <= rank then "(" ^ s ^ ")" else s in
  match e with
  | Sym x -> text x
  | Const q -> if rank = 2 then "(" ^ number q ^ ")" else number q
  | Add _ -> brackets 0 (minus (String.concat " + " (List.map (spell 0) (sum e))))
  | Mul _ -> brackets 1 (minus (String.concat "*" (List.map (spell 1) (product e))))
  | Pow (a, n) -> brackets 2 (spell 2 a ^ "^" ^ string_of_int (of_nat n))
  | App (f, a) -> text f ^ "[" ^ spell (-1) a ^ "]"
  | Shift (h, t, a) ->
      (match h with Next -> "next" | First -> "first" | Last -> "last") ^ "[" ^ text t ^ ": " ^ spell (-1) a ^ "]"
  | Limsup (k, a) -> "limsup[" ^ text k ^ ": " ^ spell (-1) a ^ "]"
let say word f =
  let r = match f.relation with WGe -> ">=" | WGt -> ">" | WEq -> "=" | WLe -> "<=" | WLt -> "<" in
  Printf.printf "%-10s %s %s %s\n" word (spell (-1) f.left_side) r (spell (-1) f.right_side)
let kind_text = function
  | Quotient -> "quotient" | Root -> "root" | Absolute -> "absolute" | Sign -> "sign" | Maximum -> "maximum"

(* Whether a statement as the kernel writes it is what is proved: the same formulas; its declarations and definitions
   among those of the certificate. *)
let compare_statement sc t (j : J.t) =
  no_repeats j;
  let l = fields "a statement" [ "scopes"; "symbols"; "functionals"; "definitions"; "hypotheses"; "conclusion" ] [] j in
  let part k = list k (List.assoc k l) in
  let among what table x = need (List.mem x table) (what ^ " of the statement is another one in the certificate") in
  let stated = read_scopes (part "scopes") in
  List.iter (among "a scope" t.about.scopes) stated.table;
  need (stated.random = None || stated.random = sc.random) "a scope of the statement is another one";
  let plain (x, s) = (x, List.sort compare s.over, s.integer, s.sequence) in
  let symbols = List.map plain t.about.symbols in
  List.iter (fun j -> among "a symbol" symbols (plain (read_symbol sc j))) (part "symbols");
  List.iter (fun j -> among "a functional" t.about.functionals (read_functional j)) (part "functionals");
  (match List.assoc "definitions" l with
   | `Assoc ds ->
       let define (x, d) = match d with
         | `List (kind :: bodies) -> (
             match List.assoc_opt (name x) t.about.definitions with
             | Some (k, es) when k = kind_of_definition kind && List.length es = List.length bodies ->
                 let equal a b = match read t.about a, read t.about (expr 0 b) with
                   | Some p, Some q -> same p q | _ -> false in
                 need (List.for_all2 equal es bodies) ("the definition of " ^ x ^ " is another one")
             | _ -> raise (Refused ("the definition of " ^ x ^ " is another one")))
         | _ -> raise (Refused "a definition is a list") in
       List.iter define ds
   | _ -> raise (Refused "definitions are an object"));
  need (List.map formula (part "hypotheses") = t.hypotheses) "it supposes something else than stated";
  let side a b = a = b || match read t.about a, read t.about b with Some p, Some q -> same p q | _ -> false in
  let stated = formula (List.assoc "conclusion" l) in  (* not as written where no step wrote it *)
  need (stated.relation = t.proves.relation && side stated.left_side t.proves.left_side
        && side stated.right_side t.proves.right_side) "it proves something else than stated"

let judge certificate_ expected =
  Hashtbl.reset numbers;
  Hashtbl.reset texts;
  let c, sc = certificate certificate_ in
  match check c with
  | None -> raise (Refused "a step or a declaration is refused")
  | Some t -> Option.iter (compare_statement sc t) expected; t

let run path expected =
  let t = judge (J.from_file path) (Option.map J.from_file expected) in
  List.iter (fun (x, (k, es)) ->
      Printf.printf "where      %s = %s of %s\n" (text x) (kind_text k) (String.concat ", " (List.map (spell (-1)) es)))
    (List.rev t.about.definitions);
  List.iter (say "hypothesis") t.hypotheses;
  say "proves" t.proves;
  print_endline ("checked" ^ match expected with Some f -> "    as stated in " ^ f | None -> "")

exception Too_long

let answer line =
  ignore (Unix.alarm 20);
  let said =
    try
      match J.from_string line with
      | `List [ c ] -> ignore (judge c None); "checked"
      | `List [ c; t ] -> ignore (judge c (Some t)); "checked"
      | _ -> "REFUSED a line is [certificate] or [certificate, statement]"
    with
    | Refused message -> "REFUSED " ^ message
    | Yojson.Json_error _ | Failure _ -> "REFUSED not readable"
    | Too_long | Stack_overflow | Out_of_memory -> "LIMIT" in
  ignore (Unix.alarm 0);
  print_endline (String.map (fun c -> if c < ' ' then ' ' else c) said)

let lines () =
  Sys.set_signal Sys.sigalrm (Sys.Signal_handle (fun _ -> raise Too_long));
  try while true do answer (input_line stdin) done with End_of_file -> exit 0

let () =
  if Array.to_list Sys.argv = [ Sys.argv.(0); "--lines" ] then lines ();
  let path, expected = match Array.to_list Sys.argv with
    | [ _; a ] -> (a, None) | [ _; a; b ] -> (a, Some b)
    | _ -> prerr_endline "usage: referee CERTIFICATE.json [STATEMENT.json], or referee --lines"; exit 2 in
  try run path expected with
  | Refused message -> Printf.printf "REFUSED %s: %s\n" path message; exit 1
  | Yojson.Json_error _ | Sys_error _ | Failure _ | Stack_overflow -> Printf.printf "REFUSED %s: not readable\n" path; exit 1
