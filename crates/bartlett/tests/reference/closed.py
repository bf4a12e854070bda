#!/usr/bin/env python3
"""Reference values of Fisher information, by mpmath alone: E[s s'] with scores by numeric differentiation at 30 digits.

Each row: the model's text, its log-density as a Python function of (datum, parameters), the pieces of its support, and points.
Writes closed.jsonl beside this script; `closed` says whether a closed form is expected.
"""
import json
import pathlib

import mpmath as mp

mp.mp.dps = 30
log, exp, cos, sin, sqrt, pi, gamma, erf = mp.log, mp.exp, mp.cos, mp.sin, mp.sqrt, mp.pi, mp.gamma, mp.erf
INF = mp.inf


def phi_cdf(x):
    return mp.ncdf(x)


def normalized(kernel, pieces):
    """A log-density from a log-kernel, by its numeric integral."""
    return lambda x, *p: kernel(x, *p) - log(mp.quad(lambda y: exp(kernel(y, *p)), pieces(*p) if callable(pieces) else pieces))


LINE, HALF, TURN = [-INF, -2, 0, 2, INF], [0, 0.5, 2, 8, INF], [0, 2, 4, 2 * pi]
ROWS = [
    ("p(x | m, r) = (1+2*r*cos(x-m))/(2*pi); x in (0, 2*pi); 0 < r < 1/2",
     lambda x, m, r: log((1 + 2 * r * cos(x - m)) / (2 * pi)), TURN, ["m", "r"], [(0.7, 0.2), (2, 0.4)], True),
    ("p(t | a, b) = sqrt(1-a^2-b^2)/(2*pi*(1-a*cos(t)-b*sin(t))); t in (-pi, pi); a^2+b^2 < 1",
     lambda t, a, b: log(sqrt(1 - a * a - b * b) / (2 * pi * (1 - a * cos(t) - b * sin(t)))), [-pi, -1, 1, pi], ["a", "b"], [(0.3, 0.2), (-0.4, 0.5)], True),
    ("p(x | r) = (1-r^2)/(pi*(1+r^2-2*r*cos(x))); x in (0, pi); 0 < r < 1",
     lambda x, r: log((1 - r * r) / (pi * (1 + r * r - 2 * r * cos(x)))), [0, 1, pi], ["r"], [(0.3,), (0.6,)], True),
    ("p(x | m, k) ∝ (1+cos(x-m))^k; x in (-pi, pi); k > 0",
     lambda x, m, k: k * log(1 + cos(x - m)) - log(2**(k + 1) * sqrt(pi) * gamma(k + 0.5) / gamma(k + 1)), lambda m, k: [-pi, 0, m - pi if m > 0 else m + pi, m, pi], ["m", "k"], [(0.7, 1.4), (-0.4, 2.5)], True),
    ("p(x | a, l) = 2*a*x/l^2*exp(-(x/l)^2)/(1-(1-a)*exp(-(x/l)^2))^2; x > 0; a, l > 0",
     lambda x, a, l: log(2 * a * x / l**2) - (x / l)**2 - 2 * log(1 - (1 - a) * exp(-(x / l)**2)), HALF, ["a", "l"], [(0.7, 1.3), (2.5, 0.6)], True),
    ("p(x | p, b) = b*(1-p)*exp(-b*x)/(-log(p)*(1-(1-p)*exp(-b*x))); x > 0; 0 < p < 1; b > 0",
     lambda x, p, b: log(b * (1 - p) / -log(p)) - b * x - log(1 - (1 - p) * exp(-b * x)), HALF, ["p", "b"], [(0.3, 0.8), (0.7, 2)], True),
    ("p(x | q, b) = (1-q)*b*exp(-b*x)/(1-q*exp(-b*x))^2; x > 0; 0 < q < 1; b > 0",
     lambda x, q, b: log((1 - q) * b) - b * x - 2 * log(1 - q * exp(-b * x)), HALF, ["q", "b"], [(0.3, 0.8), (0.7, 2)], True),
    ("p(x | a, b) = (x+b)/(2*a*sqrt(2*pi*b)*x^(3/2))*exp(-(x-b)^2/(2*a^2*b*x)); x > 0; a, b > 0",
     lambda x, a, b: log((x + b) / (2 * a * sqrt(2 * pi * b))) - 1.5 * log(x) - (x - b)**2 / (2 * a * a * b * x), [0, 0.3, 1, 3, 10, INF], ["a", "b"], [(0.6, 0.7), (1.5, 1.4)], True),
    ("p(x | a) ∝ exp(-a*x)/(1+x); x > 0; a > 0",
     lambda x, a: -a * x - log(1 + x) - a - log(mp.e1(a)), HALF, ["a"], [(0.7,), (2.5,)], True),
    ("p(x | a, b) ∝ exp(-b*x)/(x+a)^2; x > 0; a, b > 0",
     lambda x, a, b: -b * x - 2 * log(x + a) - log(1 / a - b * exp(a * b) * mp.e1(a * b)), HALF, ["a", "b"], [(0.7, 1.2), (2, 0.6)], True),
    ("p(x | a) ∝ exp(-x^2/2)/(a^2+x^2); x in real; a > 0",
     lambda x, a: -x * x / 2 - log(a * a + x * x) - log(pi / a * exp(a * a / 2) * mp.erfc(a / sqrt(2))), LINE, ["a"], [(0.7,), (1.6,)], True),
    ("p(x | l) ∝ exp(-l*x)*(1+x^2); x > 0; l > 0",
     lambda x, l: -l * x + log(1 + x * x) - log(1 / l + 2 / l**3), HALF, ["l"], [(0.7,), (1.6,)], True),
    ("p(x | m, s) ∝ exp(-(x-m)^2/(2*s^2)); x in (-1, 2); s > 0",
     lambda x, m, s: -(x - m)**2 / (2 * s * s) - log(s * sqrt(2 * pi) * (phi_cdf((2 - m) / s) - phi_cdf((-1 - m) / s))), [-1, 0, 2], ["m", "s"], [(0.3, 0.8), (1.2, 1.5)], True),
    ("p(x | mu, kappa) ∝ exp(kappa*cos(x-mu)); x in (-pi, pi); kappa > 0",
     lambda x, mu, k: k * cos(x - mu) - log(2 * pi * mp.besseli(0, k)), [-pi, 0, pi], ["mu", "kappa"], [(0.3, 0.8), (1.2, 2.5)], True),
    ("p(x | a, b) ∝ x^(a-1)*(1-x)^(b-1)/(1+x)^(a+b); x in (0, 1); a, b > 0",
     lambda x, a, b: (a - 1) * log(x) + (b - 1) * log(1 - x) - (a + b) * log(1 + x) + a * log(2) - log(mp.beta(a, b)), [0, 0.5, 1], ["a", "b"], [(1.3, 2.1), (2.4, 1.6)], True),
    ("p(x | a) = (1+a*x)/2; x in (-1, 1); -1 < a < 1",
     lambda x, a: log((1 + a * x) / 2), [-1, 0, 1], ["a"], [(0.3,), (-0.7,)], True),
    ("p(x | l, b) = l*b*exp(-l*exp(-b*x)-b*x)/(1-exp(-l)); x > 0; l, b > 0",
     lambda x, l, b: log(l * b / (1 - exp(-l))) - l * exp(-b * x) - b * x, HALF, ["l", "b"], [(0.7, 1.2), (2, 0.6)], False),
    ("p(x | a, t) = t^2/(t+a)*(1+a*x)*exp(-t*x); x > 0; t > 0; a > 0",
     lambda x, a, t: log(t * t / (t + a) * (1 + a * x)) - t * x, HALF, ["a", "t"], [(0.7, 1.2), (2, 0.6)], True),
]
COUNTS = [
    ("p(n | t, l) = t*(t+n*l)^(n-1)*exp(-t-n*l)/n!; n in {0, 1, ...}; t > 0; 0 < l < 1",
     lambda n, t, l: log(t) + (n - 1) * log(t + n * l) - t - n * l - mp.loggamma(n + 1), 0, INF, ["t", "l"], [(0.7, 0.2), (2, 0.4)], True),
    ("p(n | l) ∝ l^n/n!; n in {2, 3, ...}; l > 0",
     lambda n, l: n * log(l) - mp.loggamma(n + 1) - log(exp(l) - 1 - l), 2, INF, ["l"], [(0.7,), (2,)], True),
    ("p(n | l) ∝ l^n/n!; n in {0, ..., 5}; l > 0",
     lambda n, l: n * log(l) - mp.loggamma(n + 1) - log(sum(l**k / mp.factorial(k) for k in range(6))), 0, 5, ["l"], [(0.7,), (2,)], True),
    ("p(n | r, p) ∝ gamma(n+r)/n!*p^n; n in {1, 2, ...}; r > 0; 0 < p < 1; known r",
     lambda n, p: mp.loggamma(n + 1.5) - mp.loggamma(n + 1) + n * log(p) - log(gamma(1.5) * ((1 - p)**-1.5 - 1)), 1, INF, ["p"], [(0.3,), (0.6,)], True),
    ("p(n | r, p) = gamma(n+r)/(gamma(r)*n!)*p^r*(1-p)^n; n in {0, 1, ...}; r > 0; 0 < p < 1",
     lambda n, r, p: mp.loggamma(n + r) - mp.loggamma(r) - mp.loggamma(n + 1) + r * log(p) + n * log(1 - p), 0, INF, ["r", "p"], [(1.3, 0.4), (2.5, 0.7)], False),
]
KNOWN = {"p(n | r, p) ∝ gamma(n+r)/n!*p^n; n in {1, 2, ...}; r > 0; 0 < p < 1; known r": {"r": 1.5}}


def yule_simon(a):
    """1/a² − ψ′(a+1) + E[ψ′(n+a+1)], the mean from ψ′(z) = ∫ −log(u) u^(z−1)/(1−u) du and the generating function of n."""
    generating = lambda u: a / (a + 1) * u * mp.hyp2f1(1, 1, a + 2, u)
    mean = mp.quad(lambda u: -log(u) * u**a * generating(u) / (1 - u), [0, 0.5, 0.9, 0.99, 1])
    return 1 / a**2 - mp.psi(1, a + 1) + mean


def zeta(s):
    """The second derivative of log ζ."""
    return mp.zeta(s, 1, 2) / mp.zeta(s) - (mp.zeta(s, 1, 1) / mp.zeta(s))**2


# Heavy tails, where a plain sum would never end: the model, the parameter, points, the information.
HEAVY = [
    ("p(n | a) = a*beta(n, a+1); n in {1, 2, ...}; a > 0", "a", [1.3, 2.5], yule_simon),
    ("p(n | s) = n^(-s)/zeta(s); n in {1, 2, ...}; s > 1", "s", [1.7, 3.5], zeta),
]


def score(f, x, p):
    return [mp.diff(lambda v: f(x, *p[:i], v, *p[i + 1:]), p[i]) for i in range(len(p))]


def matrix(f, expectation, p):
    d = len(p)
    return [[float(expectation(lambda x: (lambda s: s[i] * s[j])(score(f, x, p)) * exp(f(x, *p)))) if i <= j else None
             for j in range(d)] for i in range(d)]


def mirrored(m):
    return [[m[min(i, j)][max(i, j)] for j in range(len(m))] for i in range(len(m))]


def main():
    out = []
    for model, f, pieces, names, points, closed in ROWS:
        matrices = []
        for p in points:
            p = [mp.mpf(str(v)) for v in p]
            where = pieces(*p) if callable(pieces) else pieces
            where = sorted(where)
            matrices.append(mirrored(matrix(f, lambda g: mp.quad(g, where), p)))
        out.append((model, names, points, matrices, closed))
        print(model, matrices, flush=True)
    for model, f, low, high, names, points, closed in COUNTS:
        matrices = []
        for p in points:
            p = [mp.mpf(str(v)) for v in p]
            if high == INF:
                total = lambda g: mp.fsum(g(k) for k in range(low, 160))
            else:
                total = lambda g: mp.fsum(g(k) for k in range(low, high + 1))
            matrices.append(mirrored(matrix(f, total, p)))
        out.append((model, names, points, matrices, closed))
        print(model, matrices, flush=True)
    for model, name, points, information in HEAVY:
        matrices = [[[float(information(mp.mpf(str(p))))]] for p in points]
        out.append((model, [name], [(p,) for p in points], matrices, False))
        print(model, matrices, flush=True)
    lines = []
    for model, names, points, matrices, closed in out:
        at = [dict(zip(names, p)) | KNOWN.get(model, {}) for p in points]
        lines.append(json.dumps({"model": model, "parameters": names, "points": at, "fisher": matrices, "closed": closed}, ensure_ascii=False))
    pathlib.Path(__file__).with_name("closed.jsonl").write_text("\n".join(lines) + "\n")


main()
