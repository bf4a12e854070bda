"""Writes information.json: E[s s^T] of ten densities, by composite Gauss-Legendre rules at 25 digits and two widths that must agree.
Needs sympy and mpmath; takes minutes."""
import json, os
import mpmath as mp
import sympy as S
from sympy.parsing.sympy_parser import parse_expr

HERE = os.path.dirname(os.path.abspath(__file__))
LOWER = {"gamma": 0, "weibull": 0, "lognormal": 0, "inv_gaussian": 0, "gev": mp.mpf(1) / 5 - mp.mpf(26) / 3}
NAMES = ["normal", "gamma", "student_t", "weibull", "gev", "mixture2", "lognormal", "logistic", "gumbel", "inv_gaussian"]
mp.mp.dps = 25
NODES = mp.calculus.quadrature.GaussLegendre(mp.mp).calc_nodes(4, 110)


def information(scores, lower, p, h):
    total = [[mp.mpf(0)] * p for _ in range(p)]
    for k in range(int(-40 / h), int(40 / h)):
        for a, weight in NODES:
            u = h * (k + (a + 1) / 2)
            x, slope = (mp.sinh(u), mp.cosh(u)) if lower is None else (lower + mp.exp(u), mp.exp(u))
            try:
                v = scores(x)
            except (ZeroDivisionError, ValueError, OverflowError):
                continue
            if any(mp.im(q) for q in v) or v[0] < -150:
                continue
            d = mp.exp(v[0]) * slope * weight * h / 2
            for i in range(p):
                for j in range(i + 1):
                    total[i][j] += d * v[1 + i] * v[1 + j]
    return total


rows = {l.split("\t")[0]: l.rstrip("\n").split("\t") for l in open(os.path.join(HERE, "..", "densities.tsv"))}
found = {}
for name in NAMES:
    _, text, parameters, point = rows[name]
    parameters, point = parameters.split(), dict(p.split("=") for p in point.split())
    symbols = {k: S.Symbol(k, positive=True) for k in parameters} | {"x": S.Symbol("x"), "lgamma": S.loggamma}
    e = parse_expr(text.replace("^", "**"), local_dict=symbols)
    at = {symbols[k]: S.Rational(point[k]) for k in parameters}
    scores = S.lambdify(symbols["x"], [S.N(v.subs(at), 30) for v in [e] + [e.diff(symbols[k]) for k in parameters]], "mpmath", cse=True)
    h = mp.mpf(1) / (16 if name == "gev" else 1)
    a, b = (information(scores, LOWER.get(name), len(parameters), w) for w in (h, h / 2))
    worst = max(abs(a[i][j] - b[i][j]) for i in range(len(parameters)) for j in range(i + 1))
    print(name, "the two widths agree to", mp.nstr(worst, 3), flush=True)
    found[name] = [[float(b[i][j]) for j in range(i + 1)] for i in range(len(parameters))]
json.dump(found, open(os.path.join(HERE, "..", "information.json"), "w"))
