"""Reference products, gcds, quotients in lowest terms and factorisations, made with SymPy 1.14 (fixed seed).

Writes polynomial.json beside this file. A polynomial is a list of [coefficient, exponents] with the coefficient as text
("p" or "p/q") and one exponent for each of the generators 0, 1, 2, ...
"""
import json
import pathlib
import random

from sympy import Poly, Rational, cancel, factor_list, gcd, prod, symbols

random.seed(20250101)
x = symbols("x0:6")


def rows(e, n):
    return [[str(c), [int(e) for e in m]] for m, c in Poly(e, *x[:n]).terms() if c != 0]


def sparse(n, terms, degree, size, rational=False):
    e = 0
    while e == 0:
        for _ in range(terms):
            c = random.choice([-1, 1]) * random.randint(1, size)
            if rational:
                c = Rational(c, random.randint(1, 6))
            e += c * prod(v ** random.randint(0, degree) for v in x[:n])
    return e


def factors(e, n):
    unit, parts = factor_list(e, *x[:n])
    out = []
    for p, k in parts:
        poly = Poly(p, *x[:n])
        if poly.terms()[0][1] < 0:
            p, unit = -p, unit * (-1) ** k
        out.append([rows(p, n), int(k)])
    return {"unit": str(unit), "factors": out}


cases = {"gcd": [], "cancel": [], "product": [], "factor": []}
for n, t, d in [(1, 4, 6), (1, 6, 12), (2, 3, 3), (2, 6, 4), (3, 4, 2), (3, 6, 3), (4, 4, 2), (5, 3, 2), (6, 4, 1)]:
    for _ in range(4):
        g, a, b = (sparse(n, t, d, 50) for _ in range(3))
        k = random.randint(1, 12)
        a, b = k * a * g, b * g ** random.randint(1, 2)
        cases["gcd"].append({"n": n, "a": rows(a, n), "b": rows(b, n), "gcd": rows(gcd(a.expand(), b.expand()), n)})
    for _ in range(2):
        a, b = sparse(n, t, d, 2**40, True), sparse(n, t, d, 2**40, True)
        cases["product"].append({"n": n, "a": rows(a, n), "b": rows(b, n), "product": rows(a * b, n)})
    if t <= 4:
        for _ in range(3):
            fs = [sparse(n, 2, 2, 5, True) for _ in range(4)]
            e = fs[0] / fs[1] + fs[2] / (fs[1] * fs[3])
            top, below = cancel(e.together()).as_numer_denom()
            parts = [[rows(fs[0], n), rows(fs[1], n)], [rows(fs[2], n), rows((fs[1] * fs[3]).expand(), n)]]
            cases["cancel"].append({"n": n, "parts": parts, "top": rows(top, n), "below": rows(below, n)})

y = x[0]
univariate = [
    y**4 + 1, y**8 - 1, y**12 - y**6 + 1, y**15 - 1, y**16 + 4, y**4 - 10 * y**2 + 1, (y**2 - 2) * (y**2 - 3) * (y**4 + 4),
    y**8 - 40 * y**6 + 352 * y**4 - 960 * y**2 + 576, (2 * y + 3) ** 3 * (5 * y**2 - 7), 12 * y**3 - 12 * y,
    (y**3 + 10**12 * y + 7) * (y**2 - 10**15), y**24 - 1, (y**5 - y - 1) * (y**7 + 3 * y + 2) * (3 * y**4 - y + 9),
    y**20 + y**10 + 1, (10**9 * y**2 + y - 10**9 + 1) * (y**6 + y + 10**10),
]
cases["factor"] += [{"n": 1, **{"input": rows(e, 1)}, **factors(e, 1)} for e in univariate]
a, b, c, d = x[:4]
multivariate = [
    a**2 - b**2, a**4 - 4 * b**4, a**2 - 2 * b**2, (a**2 + b**2 - 1) * (a * b + 2) ** 2 * (a - b), a**6 - b**6, a * b * c + a * b,
    (a + b + c) ** 3 - (a**3 + b**3 + c**3), a**3 + b**3 + c**3 - 3 * a * b * c, (a * b - c**2) * (a * c + b) * (b * c + a + 1),
    ((a + b) * c + 1) * ((a - b) * d + 2), (a**2 + b * c) * (b**2 - c * d) * (a * d + 3), a**2 * b**2 - 1, (a * b + c * d) * (a * d - b * c),
    (a - 1) * (b - 1) * (c - 1) * (d - 1), a**2 + b**2 + c**2 + d**2, (a + 2 * b + 3 * c + 4 * d + 5) ** 2 * (a * b * c * d - 1),
    (7 * a * b - 5) * (a**3 * b**2 + 11) * (a + b**4), (a**2 * b + a + b) * (a * b**2 - a - b), 6 * (a + b) * (2 * a - 3 * b) * (a + c),
]
cases["factor"] += [{"n": 4, **{"input": rows(e, 4)}, **factors(e.expand(), 4)} for e in multivariate]
for n, k, t, deg in [(1, 2, 4, 5), (1, 3, 3, 4), (2, 2, 3, 2), (2, 3, 3, 2), (3, 2, 3, 2), (3, 3, 3, 1), (4, 2, 3, 1)]:
    for _ in range(3):
        e = prod(sparse(n, t, deg, 9) for _ in range(k)).expand()
        cases["factor"].append({"n": n, **{"input": rows(e, n)}, **factors(e, n)})

path = pathlib.Path(__file__).with_suffix(".json")
text = ",\n".join(
    f'"{kind}": [\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases[kind]) + "\n]" for kind in cases
)
path.write_text("{\n" + text + "\n}\n")
