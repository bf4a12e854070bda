#!/usr/bin/env python3
"""Reads lines `sympy text TAB name=value,...` and prints the value of each by SymPy and mpmath, or what went wrong.

Exits 77 where SymPy is missing. Names that SymPy reserves come with a trailing underscore.
"""
import signal, sys

try:
    import sympy as sp
except ImportError:
    sys.exit(77)


def expired(*_):
    raise TimeoutError


signal.signal(signal.SIGALRM, expired)
for line in sys.stdin:
    signal.alarm(5)
    text, _, point = line.rstrip("\n").partition("\t")
    try:
        values = dict(p.split("=") for p in point.split(",") if p)
        e = sp.sympify(text)
        if e.atoms(sp.Float):
            raise ValueError("a decimal number")
        symbols = {sp.Symbol(k): v for k, v in values.items()}
        known = {s: symbols.get(s, symbols.get(sp.Symbol(s.name[:-1]))) for s in e.free_symbols}
        if None in known.values():
            raise ValueError(f"unknown symbols in {known}")
        value = complex(sp.N(e.subs({s: sp.Float(v, 40) if float(v) != int(float(v)) else sp.Integer(int(float(v))) for s, v in known.items()}).doit(), 25))
        if abs(value.imag) > 1e-12 * max(1.0, abs(value.real)):
            raise ValueError(f"complex value {value}")
        print(repr(value.real))
    except Exception as error:  # each line is judged on its own
        print(f"{type(error).__name__}: {error}".replace("\n", " ")[:200])
