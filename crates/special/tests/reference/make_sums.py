"""Reference values of sums and integrals, by mpmath at 30 digits.

    python3 make_sums.py       writes sums.csv next to this file: name,value
"""
import os

import mpmath as mp

mp.mp.dps = 30
HERE = os.path.dirname(os.path.abspath(__file__))
rows = []


def add(name, value):
    rows.append(f"{name},{mp.nstr(value, 22)}")


add("power_1.2", mp.zeta(mp.mpf("1.2")))
add("power_1.05", mp.zeta(mp.mpf("1.05")))
for s in ("1.2", "1.5", "3"):
    s_ = mp.mpf(s)
    # the zeta density k^-s/ζ(s): E log k and E log² k
    add(f"zeta_log_{s}", -mp.zeta(s_, 1, 1) / mp.zeta(s_))
    add(f"zeta_log2_{s}", mp.zeta(s_, 1, 2) / mp.zeta(s_))


for rho in ("0.3", "1.7"):
    # the rest by an integral in log k, Euler–Maclaurin with mpmath's derivatives
    r = mp.mpf(rho)
    n = 200

    def term(k, r=r):
        return r * mp.beta(k, r + 1) * (1 / r + mp.digamma(r + 1) - mp.digamma(k + r + 1)) ** 2

    head = mp.fsum(term(mp.mpf(k)) for k in range(1, n))
    with mp.workdps(150):  # B(k, ρ+1) cancels in the log-gammas of a huge k
        tail = mp.quad(lambda u: term(mp.e ** u) * mp.e ** u, mp.linspace(mp.log(n), mp.log(n) + 60 / r, 30))
    odd = mp.diff(term, n) / 12 - mp.diff(term, n, 3) / 720 + mp.diff(term, n, 5) / 30240
    add(f"yule_score2_{rho}", head + tail + term(mp.mpf(n)) / 2 - odd)

add("alternating_log2", mp.log(2))
add("alternating_root", mp.altzeta(mp.mpf("0.5")))
add("logarithmic_0.99", mp.polylog(0, mp.mpf("0.99")) / -mp.log(mp.mpf("0.01")))
add("lerch", mp.polylog(mp.mpf("0.5"), mp.mpf("0.999")))
add("theta", mp.jtheta(3, 0, mp.e ** (-mp.mpf("0.5"))))
add("basel_two_sided", mp.pi / mp.tanh(mp.pi))  # Σ 1/(1+k²) over all k

with open(os.path.join(HERE, "sums.csv"), "w") as out:
    out.write("# written by make_sums.py with mpmath " + mp.__version__ + ": name,value\n")
    out.write("\n".join(rows) + "\n")
print("\n".join(rows))
