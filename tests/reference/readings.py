"""Reference numbers for `tests/corpus/derived.jsonl`, from densities alone: divergences by quadrature or summation, distances by the
length of a discrete geodesic or by quadrature of sqrt(I), curvature by the Brioschi formula from numeric derivatives of the metric.

Run: python3 tests/reference/readings.py > tests/corpus/derived.jsonl (the rows of the acceptance corpus that the file also holds are
kept as they are and written first).
"""

import json
import pathlib
import sys

from mpmath import mp, mpf, diff, exp, fabs, gamma, inf, log, loggamma, nsum, pi, psi, quad, sqrt, beta as euler_beta, binomial

mp.dps = 30

FILE = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "derived.jsonl"


def row(name, model, command, points, value, source):
    values = [float(value(**{k: mpf(str(v)) for k, v in point.items()})) for point in points]
    return {"id": name, "model": model, "command": command, "points": points, "values": values, "source": source}


def kl(log_p, log_q, support):
    """E[log p - log q] by quadrature over the cuts of `support`, or by a sum where it is `None`."""
    def value(**at):
        if support is None:
            return nsum(lambda k: exp(log_p(k, **at)) * (log_p(k, **at) - log_q(k, **at)), [0, inf])
        cuts = support(**at)
        return quad(lambda x: exp(log_p(x, **at)) * (log_p(x, **at) - log_q(x, **at)), cuts)
    return value


def normal(x, m, s):
    return -((x - m) ** 2) / (2 * s**2) - log(s * sqrt(2 * pi))


def gamma_law(x, a, b):
    return a * log(b) + (a - 1) * log(x) - b * x - loggamma(a)


def beta_law(x, a, b):
    return (a - 1) * log(x) + (b - 1) * log(1 - x) - log(euler_beta(a, b))


def weibull(x, k, s):
    return log(k / s) + (k - 1) * log(x / s) - (x / s) ** k


def laplace(x, m, b):
    return -fabs(x - m) / b - log(2 * b)


def gumbel(x, m, s):
    z = (x - m) / s
    return -z - exp(-z) - log(s)


def line(m, s):
    return [m + s * k for k in (-40, -8, -3, -1, 0, 1, 3, 8, 40)]


def half(scale):
    return [0] + [scale * k for k in (mpf("0.01"), mpf("0.1"), mpf("0.5"), 1, 2, 4, 8, 16, 40, 90)]


def curvature(metric):
    """Scalar curvature of a diagonal or full 2x2 metric g(x, y) -> (E, F, G), by Brioschi's formula."""
    def value(**at):
        x0, y0 = at.values()
        d = lambda k, i, j: diff(lambda x, y: metric(x, y)[k], (x0, y0), (i, j)) if i + j else metric(x0, y0)[k]
        e, f, g = (d(k, 0, 0) for k in range(3))
        a = [[-d(0, 0, 2) / 2 + d(1, 1, 1) - d(2, 2, 0) / 2, d(0, 1, 0) / 2, d(1, 1, 0) - d(0, 0, 1) / 2],
             [d(1, 0, 1) - d(2, 1, 0) / 2, e, f],
             [d(2, 0, 1) / 2, f, g]]
        b = [[0, d(0, 0, 1) / 2, d(2, 1, 0) / 2], [d(0, 0, 1) / 2, e, f], [d(2, 1, 0) / 2, f, g]]
        det = mp.matrix(a), mp.matrix(b)
        return 2 * (mp.det(det[0]) - mp.det(det[1])) / (e * g - f * f) ** 2
    return value


def arc(information, name, other):
    """The length of a one-parameter family between two points."""
    def value(**at):
        return fabs(quad(lambda t: sqrt(information(t, **at)), [at[name], at[other]]))
    return value


two = lambda a, b, c, d, names: [dict(zip(names, a)), dict(zip(names, b)), dict(zip(names, c))] + ([dict(zip(names, d))] if d else [])

ROWS = [
    row("kl_gamma", "x ~ Gamma(a, b)", "divergence --versus 'a = c; b = d'",
        two((1.7, 1.3, 2.2, 0.8), (0.8, 0.7, 1.5, 1.9), (3, 2, 0.9, 0.4), None, "abcd"),
        kl(lambda x, a, b, c, d: gamma_law(x, a, b), lambda x, a, b, c, d: gamma_law(x, c, d), lambda a, b, c, d: half(a / b)), "quadrature"),
    row("kl_weibull", "x ~ Weibull(k, s)", "divergence --versus 'k = h; s = t'",
        two((1.7, 1.3, 2.2, 0.8), (0.8, 0.7, 1.5, 1.9), (3, 2, 0.9, 1.4), None, "ksht"),
        kl(lambda x, k, s, h, t: weibull(x, k, s), lambda x, k, s, h, t: weibull(x, h, t), lambda k, s, h, t: half(s)), "quadrature"),
    row("kl_beta", "x ~ Beta(a, b)", "divergence --versus 'a = c; b = d'",
        two((1.7, 1.3, 2.2, 0.8), (2.8, 1.7, 1.5, 1.9), (3, 2, 0.9, 1.4), None, "abcd"),
        kl(lambda x, a, b, c, d: beta_law(x, a, b), lambda x, a, b, c, d: beta_law(x, c, d), lambda a, b, c, d: [0, 0.1, 0.5, 0.9, 1]), "quadrature"),
    row("kl_laplace", "x ~ Laplace(m, b)", "divergence --versus 'm = n; b = d'",
        two((0.3, 1.3, 2.2, 0.8), (-0.8, 0.7, -1.5, 1.9), (1, 2, 1, 0.4), None, "mbnd"),
        kl(lambda x, m, b, n, d: laplace(x, m, b), lambda x, m, b, n, d: laplace(x, n, d), lambda m, b, n, d: sorted(line(m, b) + [n])), "quadrature"),
    row("kl_gumbel", "x ~ Gumbel(m, s)", "divergence --versus 'm = n; s = t'",
        two((0.3, 1.3, 2.2, 1.8), (-0.8, 0.7, -1.5, 1.9), (1, 1.2, 1.4, 0.9), None, "msnt"),
        kl(lambda x, m, s, n, t: gumbel(x, m, s), lambda x, m, s, n, t: gumbel(x, n, t), lambda m, s, n, t: [m - 6 * s, m - 3 * s] + line(m, s)[3:] + [m + 90 * s]), "quadrature"),
    row("kl_normal_one", "x ~ Normal(m, s)", "divergence --versus 'm = 0; s = 1'",
        two((0.3, 1.3), (-0.8, 0.7), (1, 2), None, "ms"),
        kl(lambda x, m, s: normal(x, m, s), lambda x, m, s: normal(x, 0, 1), line), "quadrature"),
    row("kl_weibull_gamma", "x ~ Weibull(k, s)", "divergence --versus 'x ~ Gamma(a, b)'",
        two((1.7, 1.3, 2.2, 0.8), (0.8, 0.7, 1.5, 1.9), (3, 2, 0.9, 1.4), None, "ksab"),
        kl(lambda x, k, s, a, b: weibull(x, k, s), lambda x, k, s, a, b: gamma_law(x, a, b), lambda k, s, a, b: half(s)), "quadrature"),
    row("kl_geometric", "x ~ Geometric(p)", "divergence --versus 'p = q'",
        two((0.3, 0.6), (0.62, 0.2), (0.25, 0.9), None, "pq"),
        kl(lambda k, p, q: log(p) + k * log(1 - p), lambda k, p, q: log(q) + k * log(1 - q), None), "summation (x - 1 counts from 0)"),
    row("kl_poisson_number", "x ~ Poisson(l)", "divergence --versus 'l = 5/2'",
        two((0.3,), (2.2,), (4,), None, "l"),
        kl(lambda k, l: k * log(l) - l - loggamma(k + 1), lambda k, l: k * log(mpf(5) / 2) - mpf(5) / 2 - loggamma(k + 1), None), "summation"),
    row("curvature_gamma", "x ~ Gamma(a, b)", "geometry",
        two((1.7, 1.3), (0.8, 0.7), (3, 2), None, "ab"),
        curvature(lambda a, b: (psi(1, a), -1 / b, a / b**2)), "Brioschi's formula"),
    row("curvature_beta", "x ~ Beta(a, b)", "geometry",
        two((1.7, 1.3), (0.8, 0.7), (3, 2), None, "ab"),
        curvature(lambda a, b: (psi(1, a) - psi(1, a + b), -psi(1, a + b), psi(1, b) - psi(1, a + b))), "Brioschi's formula"),
    row("curvature_weibull", "x ~ Weibull(k, s)", "geometry",
        two((1.7, 1.3), (0.8, 0.7), (3, 2), None, "ks"),
        curvature(lambda k, s: ((pi**2 / 6 + (1 - mp.euler) ** 2) / k**2, -(1 - mp.euler) / s, k**2 / s**2)), "Brioschi's formula"),
    row("curvature_trinomial", "x ~ Categorical([p, q, 1-p-q])", "geometry",
        two((0.2, 0.3), (0.5, 0.4), (0.1, 0.05), None, "pq"),
        curvature(lambda p, q: (1 / p + 1 / (1 - p - q), 1 / (1 - p - q), 1 / q + 1 / (1 - p - q))), "Brioschi's formula"),
    row("distance_poisson", "x ~ Poisson(l)", "geometry --distance --versus 'l = k'",
        two((0.3, 2), (2.2, 0.5), (4, 7), None, "lk"), arc(lambda t, l, k: 1 / t, "l", "k"), "quadrature of sqrt(I)"),
    row("distance_geometric", "x ~ Geometric(p)", "geometry --distance --versus 'p = q'",
        two((0.3, 0.6), (0.62, 0.2), (0.25, 0.9), None, "pq"), arc(lambda t, p, q: 1 / (t**2 * (1 - t)), "p", "q"), "quadrature of sqrt(I)"),
    row("distance_negative_binomial", "x ~ NegBinomial2(m, f); known f", "geometry --distance --versus 'm = n'",
        two((0.3, 2, 1.5), (2.2, 0.5, 0.7), (4, 7, 3), None, "mnf"), arc(lambda t, m, n, f: f / (t * (t + f)), "m", "n"), "quadrature of sqrt(I)"),
    row("distance_gamma_shape", "x ~ Gamma(a, b); known b", "geometry --distance --versus 'a = c'",
        two((0.3, 2, 1.5), (2.2, 0.5, 0.7), (4, 7, 3), None, "acb"), arc(lambda t, a, c, b: psi(1, t), "a", "c"), "quadrature of sqrt(I)"),
]

if __name__ == "__main__":
    names = {r["id"] for r in ROWS}
    for kept in FILE.read_text().splitlines() if FILE.exists() else []:
        if json.loads(kept)["id"] not in names:
            print(kept)
    for r in ROWS:
        print(json.dumps(r))
    print(f"{len(ROWS)} rows", file=sys.stderr)
