"""The whole job in Maxima, Giac and FriCAS: one process a model, one statement an entry and way, each simplified by the program itself.

The ways: −E[H] term by term, then as it stands (FriCAS: as it stands, then E[s sᵀ]); for a law with a kink at a parameter E[s sᵀ] only.
An entry that is free of the data is taken as it is."""
import re, shutil
import sympy as sp
from dialects import ToFricas, ToGiac, ToMaxima, Untold, from_fricas, from_giac, from_maxima, read
from session import Ended, Session


class System:
    """`warm` is a small job that goes before, so that what is loaded at first use counts as start."""

    ways = ("terms", "whole")
    answers = False

    def installed(self):
        return shutil.which(self.command[0]) is not None

    def solve(self, task, limit):
        """({(i, j): expression} or None, seconds of the processor); `self.start` is what its start took."""
        self.task, self.asked, spent = task, False, 0.0
        rename = {s: sp.Symbol(f"pa{k}") for k, s in enumerate(task.names.values())}       # no name of the program's own
        self.back = {str(v): k for k, v in rename.items()}
        self.words = {k: str(v) for k, v in rename.items()}
        told = lambda e: self.dialect().told(e.xreplace(rename))
        try:
            self.told_pieces = [([(rename[x].name, told(lo), told(hi), kind) for x, lo, hi, kind in p.ranges], told(p.log_density), told(p.density)) for p in task.pieces]
            greet = self.assumptions(told)
        except Untold:
            return None, 0.0
        found, session, tries = {}, None, len(self.ways) * len(task.entries)
        try:
            for entry in task.entries:
                for number, way in enumerate(self.ways):
                    if session is None:
                        session = self.session(greet)
                        self.start, before = session.start, session.cpu()
                    value = None
                    try:
                        value = self.value(session.ask(self.statements(entry, "scores" if task.kink else way), (limit - spent) / tries))
                        spent, before = spent + session.cpu() - before, session.cpu()
                    except Ended:
                        spent += (limit - spent) / tries
                        session = None
                    tries -= 1
                    if value is not None:
                        tries -= len(self.ways) - 1 - number
                        break
                if value is None:
                    return None, spent
                found[entry] = value
            return found, spent
        except Ended:       # it did not even start
            return None, spent
        finally:
            if session:
                session.end()

    def session(self, greet):
        return Session(self.command, greet, self.reply if self.answers else None)

    def value(self, text):
        """The answer as an expression of SymPy, or None where it is none."""
        if not text or self.undone.search(text):
            return None
        try:
            e = read(self.read(text), self.back)
        except Exception:       # not a formula that SymPy reads
            return None
        return None if e.has(*self.task.data) or e.free_symbols - set(self.back.values()) else e

    def bounds(self, s, told):
        """The finite ends of a symbol's domain, as inequalities."""
        closed = "=" if s["integer"] else ""
        return [self.words[self.task.names[s["name"]]] + sign + closed + told(sp.sympify(s[end], locals=dict(self.task.names)))
                for end, sign in (("lower", ">"), ("upper", "<")) if s[end]]

    def likelihood_part(self, entry, way, derivative):
        """What is averaged: −∂²ℓ or the product of two scores."""
        a, b = (self.words[self.task.parameters[k]] for k in entry)
        return f"{derivative('L', a)}*{derivative('L', b)}" if way == "scores" else f"-{derivative(derivative('L', a), b)}"


def nested(ranges, inner, words):
    """The integrals and sums over the ranges, in the program's words, innermost last."""
    for x, lower, upper, kind in reversed(ranges):
        inner = words[kind].format(f=inner, x=x, lower=lower, upper=upper)
    return inner


class Maxima(System):
    command, dialect, read, answers = ["maxima", "--very-quiet"], ToMaxima, staticmethod(from_maxima), True
    undone = re.compile(r"integrate\(|\bsum\(|\blimit\(|\bund\b|\binf\b|\bminf\b|\bind\b|'at\(|simplify_sum|'diff|failed")
    over = {"int": "integrate({f},{x},{lower},{upper})", "sum": "simplify_sum(sum({f},{x},{lower},{upper}))", "at": "subst({x}={lower},{f})"}

    warm = "assume(warm>0)$ errcatch(slength(string(factor(radcan(ratsimp(minfactorial(makegamma(integrate(exp(-warm*x),x,0,inf)))))))))$ forget(warm>0)$"

    def assumptions(self, told):
        out = ['display2d:false$ ratprint:false$ linel:100000$ load("simplify_sum")$ load("stringproc")$', self.warm]
        for s in self.task.symbols:
            name = self.words[self.task.names[s["name"]]]
            out.append(f"declare({name},{'integer' if s['integer'] else 'real'})$")
            out += [f"assume({bound})$" for bound in self.bounds(s, told)]
        for x, lower, upper, kind in self.told_pieces[0][0]:
            out.append(f"declare({x},{'real' if kind == 'int' else 'integer'})$")
            if len(self.told_pieces) == 1:
                if lower != "minf":
                    out.append(f"assume({x}{'>' if kind == 'int' else '>='}{lower})$")
                if kind == "int" and upper != "inf":
                    out.append(f"assume({x}<{upper})$")
        out.append('print(concat("@@","RES"),concat("@@","END"))$')
        return " ".join(out)

    def statements(self, entry, way):
        steps = ["acc:0"]
        for ranges, log_density, density in self.told_pieces:
            g = self.likelihood_part(entry, way, "diff({0},{1})".format)
            steps += [f"L:{log_density}", f"P:{density}", f"G:{g}" if way == "whole" else f"G:expand({g})"]
            data = ",".join(r[0] for r in ranges)
            term = nested(ranges, "(T_*P)", self.over)
            parts = f'(if atom(G) or op(G)#"+" then block([T_:G],{term}) else xreduce("+",map(lambda([T_],{term}),args(G))))'
            value = nested(ranges, "(G*P)", self.over) if way == "whole" else parts
            steps.append(f"acc:acc+(if freeof({data},G) then G else {value})" if len(self.told_pieces) == 1 else f"acc:acc+{value}")
        steps += ["acc:makegamma(acc)", "R:ratsimp(minfactorial(acc))"]
        for simplifier in ("radcan", "factor"):
            steps.append(f"Q:errcatch({simplifier}(R)), if Q#[] and slength(string(Q[1]))<slength(string(R)) then R:Q[1]")
        return f'(W:errcatch({", ".join(steps)}), print(concat("@@","RES"), if W=[] then "failed" else string(R), concat("@@","END")))$'

    def reply(self, question):
        """The truth at the first point: what a person at the keyboard would say."""
        self.asked = True
        kinds = r"positive, negative or zero|positive or negative|positive or zero|zero or nonzero|negative or zero|an integer|an even number|an odd number|equal to|greater than"
        found = re.search(rf"(?:Is|is|Does)\s+(.*?)\s+({kinds})", question, re.S)
        try:
            v = read(from_maxima(found.group(1)), self.back).subs(self.task.point())
            v = float(v.subs({s: 0.37 for s in v.free_symbols}))
            kind = found.group(2)
            if kind in ("an integer", "an even number", "an odd number", "equal to", "greater than"):
                return "yes;" if kind == "an integer" and abs(v - round(v)) < 1e-9 else "no;"
            if "nonzero" in kind:
                return "zero;" if abs(v) < 1e-12 else "nonzero;"
            return "zero;" if abs(v) < 1e-12 else "positive;" if v > 0 else "negative;"
        except Exception:
            return "positive;" if "positive" in question else "no;"


class Giac(System):
    command, dialect, read = ["giac"], ToGiac, staticmethod(from_giac)
    undone = re.compile(r"integrate\(|\bint\(|\bsum\(|\blimit\(|undef|\binf\b|infinity|\bV\d|error", re.I)
    over = {"int": "integrate({f},{x},{lower},{upper})", "sum": "sum({f},{x},{lower},{upper})", "at": "subst({f},{x}={lower})"}
    warm = "factor(simplify(normal(integrate(exp(-2*x),x,0,inf))));"

    def assumptions(self, told):
        out = []
        for s in self.task.symbols:
            name = self.words[self.task.names[s["name"]]]
            ends = self.bounds(s, told)
            out.append(f"assume({name},{'integer' if s['integer'] else 'real'});" if s["integer"] or not ends else f"assume({' and '.join(ends)});")
            if s["integer"] and ends:
                out.append(f"additionally({' and '.join(ends)});")
        return "\n".join([*out, self.warm, 'print("@@"+"RES @@"+"END");'])

    def statements(self, entry, way):
        lines = [f"purge(V{k});" for k in range(len(self.told_pieces))]
        for k, (ranges, log_density, density) in enumerate(self.told_pieces):       # an error leaves V0, V1, … without a value
            g = self.likelihood_part(entry, way, "diff({0},{1})".format)
            lines += [f"P:={density};", f"L:={log_density};", f"G:=simplify({g});"]
            if way == "whole":
                value = nested(ranges, "simplify(G*P)", self.over)
            else:
                lines.append("G:=expand(G);")
                lines.append("if (string(sommet(G))==\"'+'\" or string(sommet(G))==\"+\") { T:=[op(G)]; } else { T:=[G]; };")
                term = nested(ranges, "(u_*P)", self.over)
                if ranges[0][3] == "sum":       # its sum depends on the order of the factors: what is free of the datum goes out
                    x = ranges[0][0]
                    term = f"(c_->c_*{nested(ranges, 'expand(simplify(u_/c_)*P)', self.over)})(subst(u_,{x}=1))"
                value = f"sum(map(T,u_->{term}))"
            free = " and ".join(f"has(G,{r[0]})==0" for r in ranges)
            lines.append(f"if ({free}) {{ V{k}:=G; }} else {{ V{k}:={value}; }};" if len(self.told_pieces) == 1 else f"V{k}:={value};")
        lines.append("R:=" + "+".join(f"V{k}" for k in range(len(self.told_pieces))) + ";")
        closed = 'inString(string(R),"integrate(")<0 and inString(string(R),"sum(")<0'
        at = "[" + ",".join(f"{self.words[s]}={v}" for s, v in self.task.point().items()) + "]"
        for simplifier in ("normal", "simplify", "factor"):      # its `simplify` changes the value of some: only where it does not
            lines.append(f"if ({closed}) {{ Q:={simplifier}(R); if (size(string(Q))<size(string(R)) and abs(evalf(subst(Q-R,{at})))<1e-8) {{ R:=Q; }} }};")
        lines.append('print("@@"+"RES "+string(R)+" @@"+"END");')
        return "\n".join(lines)


class Fricas(System):
    command, dialect, read, ways = ["fricas", "-nosman"], ToFricas, staticmethod(from_fricas), ("whole", "scores")
    undone = re.compile(r"failed|integral|potentialPole|Infinity|sum")
    warm = """warm : Expression Integer := exp(-u)*u
warm := retract((integrate(warm, u=0..%plusInfinity, "noPole")).f1)@Expression(Integer)
unparse((simplify(normalize(warm-D(D(warm,u),u))))::InputForm)"""

    def assumptions(self, told):
        return "\n".join((")set output algebra off", ")set message type off", ")set breakmode resume", self.warm, 'output(concat("@@RES"," @@END"))'))

    def statements(self, entry, way):
        lines = ["acc : Expression Integer := 0", "good := 0"]
        for ranges, log_density, density in self.told_pieces:      # `good` counts the pieces that came out: an error leaves it behind
            g = self.likelihood_part(entry, way, "D({0},{1})".format)
            lines += [f"P : Expression Integer := {density}", f"L : Expression Integer := {log_density}", f"G := {g}"]
            free = " and ".join(f"freeOf?(G,'{r[0]})" for r in ranges) if len(self.told_pieces) == 1 else "false"
            lines.append(f"if {free} then (acc := acc + G; good := good + 1)")
            x, lower, upper, kind = ranges[-1]
            if len(ranges) > 1:
                continue        # it has no iterated improper integrals
            if kind == "at":
                lines += [f"acc := acc + eval(G*P,{x}={lower})", "good := good + 1"]
            elif kind == "sum" and "Infinity" in upper:
                lines.append(f"if not({free}) then F := sum(G*P,{x})")
                lines.append(f"if not({free}) then U := limit(F,{x}={upper})")
                lines.append(f"if not({free}) and U case OrderedCompletion(Expression Integer) then (acc := acc + retract(U) - eval(F,{x}={lower}); good := good + 1)")
            elif kind == "sum":
                lines.append(f"if not({free}) then (acc := acc + sum(G*P,{x}={lower}..{upper}); good := good + 1)")
            else:
                lines.append(f'W := integrate(G*P, {x}={lower}..{upper}, "noPole")')
                lines.append(f"if W case f1 and not({free}) then (acc := acc + retract(W.f1)@Expression(Integer); good := good + 1)")
        lines += [f"bad := good < {len(self.told_pieces)}", "R := simplify(normalize(acc))"]
        lines.append('if bad then output(concat("@@RES"," failed @@END")) else output(concat(["@@RE","S ",unparse(R::InputForm)," @@END"]))')
        return "\n".join(lines)


SYSTEMS = {"maxima": Maxima, "giac": Giac, "fricas": Fricas}
