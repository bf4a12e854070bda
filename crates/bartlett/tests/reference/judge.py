"""Reference numbers for the tests of the judge: textbook formulas evaluated with mpmath at 40 digits.

Run: python3 judge.py
"""
from mpmath import mp, mpf, psi, zeta, gamma, diff, log, quad, sqrt, inf, exp, besseli, nsum, pi

mp.dps = 40


def show(name, *rows):
    print(name, [[mp.nstr(x, 17) for x in row] for row in rows])


a, b = mpf("0.3"), mpf("1.4")
show("gamma 0.3, 1.4", [psi(1, a), -1 / b], [-1 / b, a / b**2])
a, b = mpf("0.4"), mpf("0.7")
t = psi(1, a + b)
show("beta 0.4, 0.7", [psi(1, a) - t, -t], [-t, psi(1, b) - t])
nu, s = mpf("1.2"), mpf("0.7")
n1 = (psi(1, nu / 2) - psi(1, (nu + 1) / 2)) / 4 - (nu + 5) / (2 * nu * (nu + 1) * (nu + 3))
n2 = -2 / (s * (nu + 1) * (nu + 3))
show("student 1.2, scale 0.7", [n1, 0, n2], [0, (nu + 1) / ((nu + 3) * s**2), 0], [n2, 0, 2 * nu / ((nu + 3) * s**2)])
s = mpf("1.3")
show("zeta 1.3", [diff(lambda x: log(zeta(x)), s, 2)])
r = mpf("2.5")
# Γ(x+r)/(Γ(r) x!) p^r (1-p)^x: the size by Σ P(X ≥ k)/(r+k-1)^2 (Fisher 1941)
p = mpf("0.3")
mass = lambda x: gamma(x + r) / gamma(r) / gamma(x + 1) * p**r * (1 - p) ** x
size = sum(mass(mpf(x)) * (psi(0, x + r) - psi(0, r) + log(p)) ** 2 for x in range(900))
show("negative binomial size 2.5, p 0.3", [size, -1 / p], [-1 / p, r / p**2 / (1 - p)])
k = mpf("3.5")
# |z|^k: known as generalized normal; location k² Γ(2 − 1/k)/(s² Γ(1/k)), scale k/s²
show("exponential power 3.5, scale 0.8", [k**2 * gamma(2 - 1 / k) / gamma(1 / k) / mpf("0.8") ** 2], [k / mpf("0.8") ** 2])
# reflected gamma, shape 0.6: density |x|^(-0.4) e^{-|x|/s} / (2 Γ(0.6) s^0.6); scale 0.6/s²
show("mass of exp(-x^4 - 0.7 x^3 - x^2)", [quad(lambda x: exp(-x**4 - mpf("0.7") * x**3 - x**2), [-inf, -1, 0, 1, inf])])
