"""Reference values for the special functions, by mpmath at 40 digits.

    python3 make.py            writes functions.csv next to this file: name,arguments…,value

Arguments are exact doubles. Regions are the hard ones: poles, zeros, tails, near-integer orders.
"""
import os
import random

import mpmath as mp

mp.mp.dps = 40
random.seed(1925)
HERE = os.path.dirname(os.path.abspath(__file__))


def log_uniform(lo, hi):
    return float(mp.mpf(10) ** random.uniform(lo, hi))


def uniform(lo, hi):
    return random.uniform(lo, hi)


def off_integer(lo, hi):
    while True:
        x = uniform(lo, hi)
        if abs(x - round(x)) > 1e-3:
            return x


def near(center, lo=-14, hi=-0.5):
    return center + random.choice([-1, 1]) * log_uniform(lo, hi)


def many(n, *makers):
    return [tuple(m() for m in makers) for _ in range(n)]


DIGITS = {"hurwitz_zeta": 160, "log_bessel_k": 300, "expint": 160}
rows = []


def add(name, function, points):
    for point in points:
        try:
            # mpmath's working precision is absolute for some functions: two precisions must agree
            value = function(*[mp.mpf(p) for p in point])
            with mp.workdps(DIGITS.get(name, 80)):
                finer = function(*[mp.mpf(p) for p in point])
            if abs(value - finer) > mp.mpf(10) ** -20 * abs(finer):
                with mp.workdps(400):
                    value = function(*[mp.mpf(p) for p in point])
                if abs(value - finer) > mp.mpf(10) ** -20 * abs(value):
                    continue
        except (ZeroDivisionError, ValueError, mp.libmp.NoConvergence):
            continue
        if isinstance(value, mp.mpc):
            if abs(value.imag) > mp.mpf(10) ** -30 * abs(value.real):
                continue
            value = value.real
        if not mp.isfinite(value) or (value != 0 and not 1e-300 < abs(value) < 1e300):
            continue
        rows.append(",".join([name] + [repr(float(p)) for p in point] + [mp.nstr(value, 22)]))


def log_b(a, b):
    with mp.workdps(60):
        return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def log_phi(x):
    with mp.workdps(60):
        return mp.log(mp.erfc(-x / mp.sqrt(2)) / 2) if x < 5 else mp.log1p(-mp.erfc(x / mp.sqrt(2)) / 2)


def quantile(p):
    with mp.workdps(330 if p < 1e-20 else 60):
        start = -mp.sqrt(-2 * mp.log(p)) if p < mp.mpf("0.02") else mp.sqrt(-2 * mp.log1p(-p)) if p > mp.mpf("0.98") else mp.mpf(0)
        f = lambda x: mp.log(mp.erfc(-x / mp.sqrt(2)) / 2) - mp.log(p)
        if p > mp.mpf("0.5"):
            f = lambda x: mp.log(mp.erfc(x / mp.sqrt(2)) / 2) - mp.log1p(-p)
        return mp.findroot(f, start)


def li(s, z):
    """Integral representations are slow; mpmath's polylog at 50 digits agrees and is enough."""
    with mp.workdps(50):
        return mp.polylog(s, z)


positive = many(100, lambda: log_uniform(-300, 2)) + many(60, lambda: uniform(0, 20))
add("gamma", mp.gamma, positive + many(100, lambda: uniform(20, 170)) + many(100, lambda: off_integer(-160, 0)))
add("lgamma", lambda x: mp.loggamma(x).real, positive + many(60, lambda: near(1.0)) + many(60, lambda: near(2.0)) + many(60, lambda: log_uniform(2, 300)))
add("lgamma_negative", lambda x: mp.log(abs(mp.gamma(x))), many(120, lambda: off_integer(-60, 0)))
add("digamma", mp.psi0 if hasattr(mp, "psi0") else mp.digamma, positive + many(60, lambda: near(1.4616321449683622)) + many(60, lambda: log_uniform(2, 100)))
add("digamma_negative", mp.digamma, many(120, lambda: off_integer(-60, 0)))
add("trigamma", lambda x: mp.psi(1, x), many(100, lambda: log_uniform(-100, 2)) + many(60, lambda: log_uniform(2, 100)) + many(100, lambda: off_integer(-60, 0)) + many(20, lambda: off_integer(-500, -100)))
add("polygamma", mp.psi, many(250, lambda: float(random.randint(2, 20)), lambda: log_uniform(-3, 4)) )
add("polygamma_high", mp.psi, many(60, lambda: float(random.randint(60, 200)), lambda: uniform(1, 60)))
add("polygamma_negative", mp.psi, many(80, lambda: float(random.randint(1, 8)), lambda: off_integer(-300, 0)))
add("factorial", mp.factorial, many(60, lambda: uniform(-0.99, 169)))
add("beta", mp.beta, many(200, lambda: log_uniform(-5, 2), lambda: log_uniform(-5, 2)) + many(60, lambda: uniform(0.1, 3), lambda: uniform(0.1, 3)))
add("beta_large", mp.beta, many(120, lambda: log_uniform(-3, 2.5), lambda: log_uniform(2, 6)))
add("lbeta", log_b, many(200, lambda: log_uniform(-8, 8), lambda: log_uniform(-8, 8)) + many(100, lambda: uniform(0.1, 20), lambda: uniform(0.1, 20)) + many(50, lambda: uniform(0, 12), lambda: log_uniform(3, 15)))
add("choose", mp.binomial, many(100, lambda: float(random.randint(0, 1000)), lambda: float(random.randint(0, 400))) + many(100, lambda: uniform(0, 200), lambda: float(random.randint(0, 100))) + many(100, lambda: uniform(20, 900), lambda: uniform(0, 20)) + many(50, lambda: off_integer(-20, 0), lambda: float(random.randint(0, 20))))
add("gammainc_lower", lambda a, x: mp.gammainc(a, 0, x), many(200, lambda: log_uniform(-3, 2.2), lambda: log_uniform(-3, 2.5)) + many(60, lambda: uniform(1, 160), lambda: uniform(1, 200)))
add("gammainc_upper", lambda a, x: mp.gammainc(a, x), many(200, lambda: log_uniform(-3, 2.2), lambda: log_uniform(-3, 2.5)) + many(60, lambda: uniform(1, 160), lambda: uniform(1, 200)) + many(60, lambda: log_uniform(-10, -2), lambda: log_uniform(-8, 1.5)))
add("gammainc_upper_negative", lambda a, x: mp.gammainc(a, x), many(80, lambda: uniform(-20, 0), lambda: log_uniform(-2, 2)) + many(60, lambda: -float(random.randint(0, 20)), lambda: log_uniform(-3, 2)) + many(60, lambda: near(float(random.randint(-8, -1)), -12, -1), lambda: log_uniform(-2, 1)))
add("gammainc_lower_regularized", lambda a, x: mp.gammainc(a, 0, x, regularized=True), many(150, lambda: log_uniform(-2, 3), lambda: log_uniform(-2, 3)))
add("gammainc_upper_regularized", lambda a, x: mp.gammainc(a, x, regularized=True), many(150, lambda: log_uniform(-2, 2.5), lambda: log_uniform(-2, 2.5)))
add("erf", mp.erf, many(60, lambda: log_uniform(-300, 1)) + many(60, lambda: uniform(-4, 4)))
add("erfc", mp.erfc, many(150, lambda: uniform(-6, 26)))
add("erfcx", lambda x: mp.exp(x * x) * mp.erfc(x), many(200, lambda: uniform(-25, 26)) + many(60, lambda: log_uniform(1, 8)) + many(30, lambda: near(10.0, -6, 0)))
add("erfi", mp.erfi, many(100, lambda: uniform(-26, 26)) + many(60, lambda: log_uniform(-100, 1)))
add("normal_cdf", mp.ncdf, many(200, lambda: uniform(-37, 8)))
add("normal_density", mp.npdf, many(100, lambda: uniform(-36, 36)))
add("log_normal_cdf", log_phi, many(200, lambda: uniform(-60, 15)) + many(40, lambda: -log_uniform(1, 4)))
add("normal_quantile", quantile, many(60, lambda: log_uniform(-280, -1)) + many(60, lambda: uniform(0, 1)) + many(40, lambda: 1 - log_uniform(-14, -1)) + many(20, lambda: near(0.5, -10, -1)))
add("ei", mp.ei, many(80, lambda: log_uniform(-30, 2.8)) + many(80, lambda: uniform(0.1, 60)) + many(80, lambda: near(0.3725074107813666, -14, -1)) + many(60, lambda: -log_uniform(-10, 2.5)))
add("expint", mp.expint, many(150, lambda: float(random.randint(0, 60)), lambda: log_uniform(-10, 2.5)) + many(100, lambda: uniform(-10, 60), lambda: log_uniform(-3, 2)) + many(100, lambda: near(float(random.randint(1, 12)), -14, -1), lambda: log_uniform(-3, 1)) + many(30, lambda: uniform(60, 200), lambda: log_uniform(-3, 2)))
order = lambda: random.choice([float(random.randint(0, 30)), uniform(0, 60)])
add("bessel_i", mp.besseli, many(150, order, lambda: log_uniform(-2, 2.77)))
add("bessel_i_scaled", lambda v, x: mp.exp(-x) * mp.besseli(v, x), many(60, order, lambda: log_uniform(-1, 4)))
add("bessel_k", mp.besselk, many(150, order, lambda: log_uniform(-2, 2.77)))
add("bessel_k_scaled", lambda v, x: mp.exp(x) * mp.besselk(v, x), many(60, order, lambda: log_uniform(-1, 4)))
add("bessel_j", mp.besselj, many(150, order, lambda: log_uniform(-1, 4)))
add("log_bessel_i", lambda v, x: mp.log(mp.besseli(v, x)), many(100, lambda: log_uniform(-1, 3.3), lambda: log_uniform(-2, 4)) + many(30, lambda: uniform(100, 900), lambda: log_uniform(-300, 0)))
add("log_bessel_k", lambda v, x: mp.log(mp.besselk(v, x)), many(100, lambda: log_uniform(-1, 3.3), lambda: log_uniform(-2, 4)) + many(30, lambda: uniform(2, 59), lambda: log_uniform(-300, -8)))
add("zeta", mp.zeta, many(100, lambda: uniform(0, 50)) + many(60, lambda: near(1.0, -12)))
add("zeta_negative", mp.zeta, many(100, lambda: uniform(-60, 0)))
add("hurwitz_zeta", mp.zeta, many(150, lambda: 1 + log_uniform(-6, 1.5), lambda: log_uniform(-2, 4)))
add("hurwitz_zeta_low", mp.zeta, many(80, lambda: uniform(0, 0.99), lambda: log_uniform(-2, 2)))
add("hurwitz_zeta_derivative", lambda n, s, a: mp.zeta(s, a, int(n)), many(60, lambda: float(random.randint(0, 4)), lambda: 1 + log_uniform(-2, 1.2), lambda: 1.0) + many(60, lambda: float(random.randint(0, 3)), lambda: 1 + log_uniform(-2, 1.2), lambda: 1 + log_uniform(-2, 2)))
add("dilogarithm", lambda z: mp.polylog(2, z).real, many(80, lambda: uniform(-1, 1)) + many(60, lambda: -log_uniform(-300, 10)) + many(60, lambda: log_uniform(-300, 0)) + many(60, lambda: 1 - log_uniform(-15, -1)))
unit = lambda: random.choice([uniform(-1, 1), uniform(-1, 1), 1 - log_uniform(-12, -1), log_uniform(-10, 0)])
add("polylog_integer", li, many(120, lambda: float(random.randint(3, 8)), unit) + many(60, lambda: float(random.randint(-6, -1)), lambda: uniform(0, 0.999)) + many(40, lambda: float(random.randint(-1, 6)), lambda: -log_uniform(0, 6)))
add("polylog_real", li, many(150, lambda: uniform(-4, 10), unit) + many(80, lambda: near(float(random.randint(1, 6)), -13, -1), lambda: uniform(0.5, 1)) + many(40, lambda: uniform(-10, 50), lambda: uniform(-1, 1)) + many(60, lambda: uniform(-3, 6), lambda: -log_uniform(-2, 0.8)))
add("logistic", lambda x: 1 / (1 + mp.exp(-x)), many(60, lambda: uniform(-700, 40)))
add("logit", lambda p: mp.log(p / (1 - p)), many(60, lambda: uniform(0, 1)) + many(40, lambda: near(0.5, -14, -1)) + many(40, lambda: log_uniform(-300, 0)))
add("softplus", lambda x: mp.log1p(mp.exp(x)), many(60, lambda: uniform(-600, 60)))

with open(os.path.join(HERE, "functions.csv"), "w") as out:
    out.write("# written by make.py with mpmath " + mp.__version__ + ": name,arguments,value\n")
    out.write("\n".join(rows) + "\n")
print(len(rows), "rows")
