"""Fisher information of joint, truncated and censored models, from their densities alone.

E[s s^T] by mpmath: scores by numeric differentiation of a log-density that is written here apart from the program, integrals by
Gauss-Legendre on pieces, sums term by term. Prints the rows of tests/joint/table.rs.
"""

from mpmath import mp, mpf, diff, quad, exp, log, sqrt, pi, erfc, gamma, inf, matrix, nsum, factorial, gammainc

mp.dps = 25


def cdf(x):
    return erfc(-x / sqrt(2)) / 2


def scores(log_density, theta, *x):
    def along(i):
        return lambda t: log_density([t if j == i else v for j, v in enumerate(theta)], *x)

    return [diff(along(i), theta[i], h=mpf(10) ** -8) for i in range(len(theta))]


def product(log_density, theta, *x):
    s = scores(log_density, theta, *x)
    w = exp(log_density(theta, *x))
    return [w * a * b for i, a in enumerate(s) for b in s[i:]]


def information(log_density, theta, pieces, points=()):
    """Over pieces (lists of integration limits a datum) and single points."""
    p = len(theta)
    count = p * (p + 1) // 2
    total = [mpf(0)] * count
    for limits in pieces:
        for k in range(count):
            total[k] += quad(lambda *x: product(log_density, theta, *x)[k], *limits, maxdegree=7)
    for x in points:
        for k, v in enumerate(product(log_density, theta, *x)):
            total[k] += v
    return total


def show(name, values):
    print(name, ", ".join(mp.nstr(v, 15) for v in values))


def normal(x, m, s):
    return -((x - m) ** 2) / (2 * s**2) - log(s) - log(2 * pi) / 2


def tobit(t, y):
    return log(cdf(-t[0] / t[1])) if y == 0 else normal(y, *t)


show("tobit", information(tobit, [mpf("0.3"), mpf("1.2")], [[[0, 1, 3, 6, 12]]], [(0,)]))


def truncated(t, y):
    return normal(y, *t) - log(cdf((2 - t[0]) / t[1]) - cdf((-1 - t[0]) / t[1]))


show("truncated normal", information(truncated, [mpf("0.3"), mpf("1.2")], [[[-1, 0, 1, 2]]]))


def competing(t, y, d):
    return d * log(t[0]) + (1 - d) * log(t[1]) - (t[0] + t[1]) * y


a, b = mpf("0.7"), mpf("1.3")
total = [mpf(0)] * 3
for d in (0, 1):
    part = information(lambda t, y: competing(t, y, d), [a, b], [[[0, 1, 4, 10, 40]]])
    total = [u + v for u, v in zip(total, part)]
show("competing risks", total)


def topcoded(t, k):
    m = t[0]
    if k < 3:
        return k * log(m) - m - log(factorial(k))
    return log(1 - exp(-m) * (1 + m + m**2 / 2))


show("top-coded Poisson", information(topcoded, [mpf("1.7")], [], [(k,) for k in range(4)]))


def from_two(t, k):
    m = t[0]
    return k * log(m) - m - log(factorial(k)) - log(1 - exp(-m) * (1 + m))


show("Poisson from 2", information(from_two, [mpf("1.7")], [], [(k,) for k in range(2, 60)]))


def probit(t, k):
    below = [mpf(0), cdf(t[0] - mpf("0.2")), cdf(t[1] - mpf("0.2")), mpf(1)]
    return log(below[k] - below[k - 1])


show("ordered probit", information(probit, [mpf("-0.4"), mpf("0.9")], [], [(1,), (2,), (3,)]))


def autoregressive(t, x, y):
    r = t[0]
    return -(x**2 - 2 * r * x * y + y**2) / (2 * (1 - r**2)) - log(2 * pi) - log(1 - r**2) / 2


mp.dps = 18
wide = [-8, -2, 0, 2, 8]
show("binormal", information(autoregressive, [mpf("0.4")], [[wide, wide]]))


# multivariate t, scale matrix [[a, c], [c, 1]], 5 degrees of freedom: Lange, Little & Taylor (1989), appendix B
def trace(m):
    return m[0, 0] + m[1, 1]


mp.dps = 25
nu, k, a, c = mpf(5), 2, mpf("1.5"), mpf("0.5")
inverse = matrix([[a, c], [c, 1]]) ** -1
u = inverse * matrix([[1, 0], [0, 0]])
v = inverse * matrix([[0, 1], [1, 0]])
share = (nu + k) / (nu + k + 2)


def scale(x, y):
    return share * trace(x * y) / 2 - trace(x) * trace(y) / (2 * (nu + k + 2))


show("bivariate t (mm, aa, ac, cc)", [share * inverse[0, 0], scale(u, u), scale(u, v), scale(v, v)])
