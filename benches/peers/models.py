"""A model as the other programs get it: log-density, density, supports, what is assumed; and whether an answer is right.

The description is that of `bartlett-bench describe`. What a person would do by hand before asking is done here, for all alike and not
counted: a constant that the typed formula lacks, the density as a product instead of exp(log), factorials for the gamma functions of counts,
and a law with a kink or single points of its own cut there into pieces."""
import re
import sympy as sp
from sympy.parsing.sympy_parser import parse_expr


class Piece:
    """Part of the support: `ranges` of (datum, lower, upper, "int" | "sum" | "at"), outermost first, and what holds there."""

    def __init__(self, ranges, log_density):
        self.ranges, self.log_density = ranges, sp.expand_log(log_density)
        self.density = product_of(log_density)


class Task:
    def __init__(self, row, d):
        d = plain(d)
        self.row, self.symbols = row, d["symbols"]
        self.names = {s["name"]: sp.Symbol(s["name"], **assumed(s)) for s in d["symbols"]}
        self.parameters = [self.names[p] for p in d["parameters"]]
        read = lambda text: parse_expr(text, local_dict=dict(self.names))
        ranges = []
        for v in d["data"]:
            lower = read(v["lower"])
            facts = {"integer": True} if v["discrete"] else {"real": True}
            if lower.is_positive or lower.is_zero and not v["discrete"]:
                facts |= {"positive": True}
            elif lower.is_nonnegative:
                facts |= {"nonnegative": True}
            x = self.names[v["name"]] = sp.Symbol(v["name"], **facts)
            ranges.append((x, lower, read(v["upper"]), "sum" if v["discrete"] else "int"))
        log_density = read(d["log_density"])
        if not d["normalized"]:
            x, lower, upper, kind = ranges[-1]
            log_density -= sp.log((sp.integrate if kind == "int" else sp.summation)(product_of(log_density), (x, lower, upper)))
        self.pieces, self.kink = pieces(ranges, log_density, self.parameters)
        self.data = [r[0] for r in ranges]
        self.entries = [(i, j) for i in range(len(self.parameters)) for j in range(i + 1)]

    def point(self, number=0):
        typed = {s["typed"]: self.names[s["name"]] for s in self.symbols}
        return {typed[k]: sp.Float(v, 20) for k, v in self.row["points"][number].items() if k in typed}

    def is_right(self, found, points=None):
        """Every entry at every point (or the first ones only), to 1e-7 of the diagonal's scale; None where one is no number; `found` maps (i, j) with j <= i to expressions."""
        for number, truth in enumerate(self.row["fisher"][:points]):
            at = {k.name: v for k, v in self.point(number).items()}
            for (i, j), entry in found.items():
                here = {s: at[s.name] for s in entry.free_symbols if s.name in at}
                try:
                    value = complex(entry.evalf(15, subs=here, maxn=200))
                except (TypeError, ValueError):
                    return None
                scale = abs(truth[i][i] * truth[j][j])**.5
                if not abs(value - truth[i][j]) <= 1e-7 * max(scale, 1e-300):
                    return False
        return True


def plain(d):
    """`Indexed('x', 1)` as a name."""
    if isinstance(d, str):
        return re.sub(r"Indexed\('(\w+)', (\w+)\)", r"\1_\2", d)
    if isinstance(d, dict):
        return {k: plain(v) for k, v in d.items()}
    return [plain(v) for v in d] if isinstance(d, list) else d


def assumed(s):
    facts = {"positive": True} if s["positive"] else {"negative": True} if s["negative"] else {"real": True}
    return facts | ({"integer": True} if s["integer"] else {})


def product_of(log_density):
    """exp of it, its logarithms taken back: x^a·exp(-b·x) instead of exp(a·log(x) - b·x)."""
    factors, rest = [], []
    for term in sp.Add.make_args(log_density):
        for part in sp.Add.make_args(sp.expand_mul(term, deep=False) if term.has(sp.log, sp.loggamma) else term):
            logs = [f for f in sp.Mul.make_args(part) if isinstance(f, (sp.log, sp.loggamma))]
            if len(logs) == 1:
                inner = logs[0].args[0] if isinstance(logs[0], sp.log) else sp.gamma(logs[0].args[0])
                factors.append(inner**(part / logs[0]))
            else:
                rest.append(part)
    return counted(sp.Mul(*factors) * sp.exp(sp.Add(*rest)))


def counted(e):
    """Factorials for the gamma functions of counts, and binomial coefficients for three of them."""
    e = e.replace(lambda g: isinstance(g, sp.gamma) and g.args[0].is_integer, lambda g: sp.factorial(g.args[0] - 1))
    above, below = ({f.args[0] for f in sp.Mul.make_args(part) if isinstance(f, sp.factorial)} for part in e.as_numer_denom())
    for n in above:
        for k in sorted(below, key=sp.count_ops):
            if k != n and n - k in below - {k}:
                return e * sp.factorial(k) * sp.factorial(n - k) / sp.factorial(n) * sp.binomial(n, k)
    return e


def pieces(ranges, log_density, parameters):
    """The pieces, and whether they meet at a place that depends on the parameters: there second derivatives do not tell all."""
    whole = [Piece(ranges, log_density)]
    if len(ranges) != 1:
        return whole, False
    x, lower, upper, kind = ranges[0]
    if kind == "sum":
        return atoms(x, lower, upper, log_density) or whole, False
    places = set()
    for e in log_density.atoms(sp.Abs, sp.sign):
        if e.has(x):
            places |= set(sp.solve(e.args[0], x)) or {None}
    for p in log_density.atoms(sp.Piecewise):
        for _, condition in p.args:
            if isinstance(condition, sp.core.relational.Relational) and condition.has(x):
                places.add(condition.rhs if condition.lhs == x else condition.lhs if condition.rhs == x else None)
            elif condition.has(x):
                places.add(None)
    if len(places) != 1 or None in places:
        return whole, False
    place = places.pop()
    found = [Piece([(x, lower, place, kind)], on_one_side(log_density, x, place, -1)), Piece([(x, place, upper, kind)], on_one_side(log_density, x, place, 1))]
    return found, any(place.has(p) for p in parameters)


def on_one_side(e, x, place, side):
    def directed(u):
        slope = sp.diff(u, x)
        return side if slope.is_positive else -side if slope.is_negative else None
    e = e.replace(lambda u: isinstance(u, sp.Abs) and u.has(x) and directed(u.args[0]), lambda u: directed(u.args[0]) * u.args[0])
    e = e.replace(lambda u: isinstance(u, sp.sign) and u.has(x) and directed(u.args[0]), lambda u: sp.Integer(directed(u.args[0])))
    return e.replace(lambda c: isinstance(c, sp.core.relational.Relational) and c.has(x), lambda c: c.subs(x, place + side))


def atoms(x, lower, upper, log_density):
    """Points of a count that have a case of their own; every point of a short range where there are cases."""
    if not log_density.has(sp.Piecewise):
        return None
    at = lambda k: Piece([(x, sp.Integer(k), sp.Integer(k), "at")], log_density.subs(x, k))
    if lower.is_Integer and upper.is_Integer and upper - lower < 20:
        return [at(k) for k in range(lower, upper + 1)]
    is_case = lambda c: isinstance(c, sp.Eq) and c.has(x)
    cases = {c.rhs if c.lhs == x else c.lhs for c in log_density.atoms(sp.Eq) if c.has(x)}
    if not lower.is_Integer or cases != set(range(lower, lower + len(cases))):
        return None
    rest = log_density.replace(is_case, lambda c: sp.false)
    return [at(k) for k in sorted(cases)] + [Piece([(x, lower + len(cases), upper, "sum")], rest)]
