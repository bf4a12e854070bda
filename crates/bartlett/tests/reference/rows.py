"""Fisher informations of models over rows, added row by row with mpmath: python3 rows.py > rows.json

Each row's information is written down from the mean (or rate, or scale) of the row, whose derivatives are taken numerically;
nothing here sums anything in closed form."""

import json

from mpmath import cos, diff, exp, erfc, euler, loggamma, matrix, mp, mpf, pi, psi, quad, sqrt, log, inf

mp.dps = 30


def gradient(f, theta):
    return [diff(lambda x: f(*theta[:k], x, *theta[k + 1:]), theta[k]) for k in range(len(theta))]


def outer(g, weight):
    return [[a * b * weight for b in g] for a in g]


def normal(mean):
    """Parameters of the mean, then the standard deviation."""

    def row(theta, **known):
        *inner, s = theta
        g = gradient(lambda *t: mean(*t, **known), inner)
        out = [r + [mpf(0)] for r in outer(g, 1 / s**2)]
        return out + [[mpf(0)] * len(g) + [2 / s**2]]

    return row


def one_parameter(value, information):
    """A law with one parameter, itself a function of the model's parameters."""

    def row(theta, **known):
        f = lambda *t: value(*t, **known)
        return outer(gradient(f, theta), information(f(*theta)))

    return row


bernoulli = lambda value: one_parameter(value, lambda p: 1 / (p * (1 - p)))
poisson = lambda value: one_parameter(value, lambda m: 1 / m)


def by_integration(log_density, support):
    def row(theta, **known):
        p = len(theta)
        score = lambda y: gradient(lambda *t: log_density(y, *t, **known), theta)
        density = lambda y: exp(log_density(y, *theta, **known))
        entry = lambda i, j: quad(lambda y: (lambda s: s[i] * s[j])(score(y)) * density(y), support)
        upper = {(i, j): entry(i, j) for i in range(p) for j in range(i, p)}
        return [[upper[min(i, j), max(i, j)] for j in range(p)] for i in range(p)]

    return row


Phi = lambda x: erfc(-x / sqrt(2)) / 2
logistic = lambda x: 1 / (1 + exp(-x))
T = [mpf("0.5"), mpf("-1"), mpf("2"), mpf("0.25"), mpf("1.5")]
U = [mpf("1"), mpf("3"), mpf("-0.5"), mpf("2"), mpf("0.75")]
POSITIVE = [mpf("0.5"), mpf("1"), mpf("2"), mpf("0.25"), mpf("4")]

CASES = [
    # model, parameters, one row at index i, indices of n rows, lists
    ("known n, t; for i in 1..n: y[i] ~ Normal(a + b*t[i], s)", dict(a=0.4, b=-1.2, s=0.7),
     normal(lambda a, b, i, t: a + b * t), 1, dict(t=T)),
    ("known n; for i in 1..n: y[i] ~ Normal(a + b*i + c*i^2, s)", dict(a=0.4, b=-1.2, c=0.3, s=0.7),
     normal(lambda a, b, c, i: a + b * i + c * i**2), 1, {}),
    ("known n; for i in 0..n-1: y[i] ~ Normal(A*cos(w*i + phi), s); A > 0", dict(A=1.3, w=0.9, phi=-0.4, s=0.7),
     normal(lambda A, w, phi, i: A * cos(w * i + phi)), 0, {}),
    ("known n; for i in 0..n-1: y[i] ~ Normal(A*exp(-k*i), s); A, k > 0", dict(A=1.3, k=0.3, s=0.7),
     normal(lambda A, k, i: A * exp(-k * i)), 0, {}),
    ("known n; for i in 0..n-1: y[i] ~ Normal(A*exp(-g*i)*cos(w*i + phi), s); A, g > 0",
     dict(A=1.3, g=0.2, w=0.9, phi=-0.4, s=0.7),
     normal(lambda A, g, w, phi, i: A * exp(-g * i) * cos(w * i + phi)), 0, {}),
    ("known n, t; for i in 1..n: y[i] ~ Normal(V*t[i]/(K + t[i]), s); V, K > 0", dict(V=2.1, K=0.6, s=0.7),
     normal(lambda V, K, i, t: V * t / (K + t)), 1, dict(t=POSITIVE)),
    ("known n, t; for i in 1..n: y[i] ~ Normal(A*exp(-(t[i] - tau)^2), s)", dict(A=1.5, tau=0.3, s=0.7),
     normal(lambda A, tau, i, t: A * exp(-(t - tau) ** 2)), 1, dict(t=T)),
    ("known n, t, u; for i in 1..n: r[i] ~ Normal(sqrt((x - t[i])^2 + (y - u[i])^2), s)", dict(x=0.2, y=0.1, s=0.7),
     normal(lambda x, y, i, t, u: sqrt((x - t) ** 2 + (y - u) ** 2)), 1, dict(t=T, u=U)),
    ("known n, t; for i in 1..n: y[i] ~ Bernoulli(logistic(a + b*t[i]))", dict(a=0.4, b=-1.2),
     bernoulli(lambda a, b, i, t: logistic(a + b * t)), 1, dict(t=T)),
    ("known n, t; for i in 1..n: y[i] ~ Bernoulli(Phi(a + b*t[i]))", dict(a=0.4, b=-1.2),
     bernoulli(lambda a, b, i, t: Phi(a + b * t)), 1, dict(t=T)),
    ("known n, t; for i in 1..n: y[i] ~ Bernoulli(1 - exp(-exp(a + b*t[i])))", dict(a=0.4, b=-0.6),
     bernoulli(lambda a, b, i, t: 1 - exp(-exp(a + b * t))), 1, dict(t=T)),
    ("known n, t; for i in 1..n: y[i] ~ Poisson(exp(a + b*t[i]))", dict(a=0.4, b=-0.6),
     poisson(lambda a, b, i, t: exp(a + b * t)), 1, dict(t=T)),
    ("known n; for i in 1..n: y[i] ~ Poisson(a*q^i); a, q > 0", dict(a=1.4, q=0.6),
     poisson(lambda a, q, i: a * q**i), 1, {}),
    ("known n, t, phi; phi > 0; for i in 1..n: y[i] ~ NegBinomial2(exp(a + b*t[i]), phi)", dict(a=0.4, b=-0.6),
     lambda theta, i, t: one_parameter(lambda a, b, i, t: exp(a + b * t), lambda m: 1 / (m + m**2 / mpf("1.5")))(theta, i=i, t=t),
     1, dict(t=T)),
    ("known n, t; for i in 1..n: y[i] ~ Gamma(k, k*exp(-a - b*t[i]))", dict(k=1.7, a=0.4, b=-0.6),
     by_integration(lambda y, k, a, b, i, t: k * log(k) - k * (a + b * t) + (k - 1) * log(y) - k * y * exp(-a - b * t) - loggamma(k), [0, 1, 5, 20, inf]),
     1, dict(t=T)),
    ("known n, t; for i in 1..n: y[i] ~ Weibull(k, exp(a + b*t[i]))", dict(k=1.7, a=0.4, b=-0.6),
     by_integration(lambda y, k, a, b, i, t: log(k) - k * (a + b * t) + (k - 1) * log(y) - (y * exp(-a - b * t)) ** k, [0, 1, 5, 20, inf]),
     1, dict(t=T)),
    ("known n, t; for i in 1..n: y[i] ~ Beta(phi*logistic(a + b*t[i]), phi*(1 - logistic(a + b*t[i])))", dict(phi=4.5, a=0.4, b=-0.6),
     by_integration(lambda y, phi, a, b, i, t: loggamma(phi) - loggamma(phi * logistic(a + b * t)) - loggamma(phi * (1 - logistic(a + b * t)))
                    + (phi * logistic(a + b * t) - 1) * log(y) + (phi * (1 - logistic(a + b * t)) - 1) * log(1 - y), [0, 0.5, 1]),
     1, dict(t=T)),
    ("known n; for i in 1..n: for j in 1..i: y[i,j] ~ Normal(a + b*i, s)", dict(a=0.4, b=-1.2, s=0.7),
     lambda theta, i: [[i * x for x in row] for row in normal(lambda a, b, i: a + b * i)(theta, i=i)], 1, {}),
]


def main():
    out = []
    for model, parameters, row, first, lists in CASES:
        slow = "Gamma" in model or "Weibull" in model or "Beta" in model
        mp.dps = 15 if slow else 30
        for n in ([2] if slow else [2, 5]):
            theta = [mpf(str(v)) for v in parameters.values()]
            total = None
            for k in range(n):
                known = {name: values[k] for name, values in lists.items()}
                added = row(theta, i=mpf(first + k), **known)
                total = added if total is None else [[a + b for a, b in zip(r, s)] for r, s in zip(total, added)]
            at = dict(parameters, n=n)
            if "phi;" in model:
                at["phi"] = 1.5
            out.append(dict(model=model, parameters=list(parameters), at=at,
                            lists={name: [float(v) for v in values[:n]] for name, values in lists.items()},
                            fisher=[[float(x) for x in r] for r in total]))
    print("[\n" + ",\n".join(json.dumps(case) for case in out) + "\n]")


main()
