"""Formulas of SymPy in the words of Maxima, Giac and FriCAS, and back."""
import re
import sympy as sp
from sympy.printing.str import StrPrinter


class Untold(Exception):
    """A formula that the language has no word for."""


class Dialect(StrPrinter):
    words, constants = {}, {}

    def told(self, e):
        e = e.rewrite(sp.gamma) if e.has(sp.beta) else e
        return re.sub(r"\s+", "", self.doprint(e)).replace("**", "^")

    def _print_Function(self, e):
        name = type(e).__name__
        if name not in self.words:
            raise Untold(name)
        return self.words[name] + "(" + ",".join(self._print(a) for a in e.args) + ")"

    _print_factorial = _print_Function

    def _print_Abs(self, e):
        return "abs(" + self._print(e.args[0]) + ")"

    def _print_ExpBase(self, e):
        return "exp(" + self._print(e.args[0]) + ")"

    def _print_constant(self, e):
        return self.constants[str(e)]

    _print_Pi = _print_Exp1 = _print_EulerGamma = _print_Infinity = _print_NegativeInfinity = _print_constant

    def _print_Piecewise(self, e):
        raise Untold("cases")

    _print_Sum = _print_Integral = _print_Relational = _print_Indexed = _print_Piecewise


SAME = {f: f for f in ("log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan", "asinh", "acosh", "atanh", "erf")}


class ToMaxima(Dialect):
    words = SAME | {"gamma": "gamma", "loggamma": "log_gamma", "factorial": "factorial", "besseli": "bessel_i", "besselj": "bessel_j",
                    "besselk": "bessel_k", "binomial": "binomial", "erfc": "erfc", "zeta": "zeta", "sign": "signum"}
    constants = {"pi": "%pi", "E": "%e", "EulerGamma": "%gamma", "oo": "inf", "-oo": "minf"}

    def _print_polygamma(self, e):
        return f"psi[{self._print(e.args[0])}]({self._print(e.args[1])})"


class ToGiac(Dialect):      # its Bessel functions have no derivative
    words = SAME | {"log": "ln", "gamma": "Gamma", "factorial": "factorial", "binomial": "binomial", "erfc": "erfc", "zeta": "Zeta", "sign": "sign"}
    constants = {"pi": "pi", "E": "e", "EulerGamma": "euler_gamma", "oo": "inf", "-oo": "(-inf)"}

    def _print_loggamma(self, e):       # its lgamma has no derivative, ln(Gamma) has
        return f"ln(Gamma({self._print(e.args[0])}))"

    def _print_polygamma(self, e):
        return f"Psi({self._print(e.args[1])},{self._print(e.args[0])})"


class ToFricas(Dialect):
    words = SAME | {"gamma": "Gamma", "factorial": "factorial", "besseli": "besselI", "besselj": "besselJ", "besselk": "besselK",
                    "binomial": "binomial", "polygamma": "polygamma", "Abs": "abs"}
    constants = {"pi": "%pi", "E": "%e", "oo": "%plusInfinity", "-oo": "%minusInfinity"}

    def _print_loggamma(self, e):
        return f"log(Gamma({self._print(e.args[0])}))"

    def _print_EulerGamma(self, e):
        raise Untold("EulerGamma")


# --- back --------------------------------------------------------------------------------------------------------------

READ = {name: getattr(sp, name) for name in ("gamma", "loggamma", "polygamma", "zeta", "beta", "besseli", "besselj", "besselk", "uppergamma",
                                             "lowergamma", "polylog", "erf", "erfc", "factorial", "binomial", "E", "I", "pi", "EulerGamma", "Ei", "expint")}


def from_maxima(text):
    text = re.sub(r"psi\[(\d+)\]\(", r"polygamma(\1,", text)
    text = re.sub(r"li\[(\d+)\]\(", r"polylog(\1,", text)
    for a, b in (("%pi", "pi"), ("%e", "E"), ("%gamma", "EulerGamma"), ("%i", "I"), ("log_gamma", "loggamma"), ("gamma_incomplete(", "uppergamma("),
                 ("bessel_i(", "besseli("), ("bessel_j(", "besselj("), ("bessel_k(", "besselk("), ("signum(", "sign(")):
        text = text.replace(a, b)
    return re.sub(r"([A-Za-z_]\w*|\([^()]*\))!", r"factorial(\1)", text)


def from_giac(text):
    text = text.strip('"').replace("euler_gamma", "EulerGamma")
    text = re.sub(r"\bln\(", "log(", text)
    text = swapped(text, "Psi", lambda a: f"polygamma({a[1] if len(a) > 1 else 0},{a[0]})")
    for a, b in (("Gamma", "gamma"), ("Zeta", "zeta"), ("Beta", "beta")):
        text = re.sub(rf"\b{a}\(", b + "(", text)
    return re.sub(r"\bi\b", "I", re.sub(r"\be\b", "E", text))


def from_fricas(text):
    text = re.sub(r"\s+", "", text.strip('"'))       # its lines break inside names
    for a, b in (("%pi", "pi"), ("pi()", "pi"), ("%e", "E"), ("%i", "I"), ("digamma(", "polygamma(0,"), ("Gamma(", "gamma("), ("besselI(", "besseli("), ("besselK(", "besselk(")):
        text = text.replace(a, b)
    return text


def swapped(text, name, make):
    """Each `name(…)` replaced by what `make` says of its arguments."""
    out = ""
    while (found := re.search(rf"\b{name}\(", text)):
        depth, at, parts = 1, found.end(), [""]
        while depth and at < len(text):
            c = text[at]
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(c, 0)
            if depth:
                if c == "," and depth == 1:
                    parts.append("")
                else:
                    parts[-1] += c
            at += 1
        out += text[:found.start()]
        text = make([swapped(p, name, make) for p in parts]) + text[at:]
    return out + text


def read(text, names):
    return sp.sympify(text.replace("^", "**"), locals=READ | names)
