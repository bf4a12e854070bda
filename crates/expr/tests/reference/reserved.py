#!/usr/bin/env python3
"""Names that SymPy's `sympify` does not read as a symbol of that name: printed as src/print/reserved.rs.

usage: python3 reserved.py > ../../src/print/reserved.rs      (needs sympy)
"""
import builtins, contextlib, io, keyword, textwrap, warnings
import sympy
from sympy import Symbol, sympify

warnings.simplefilter("ignore")
names = {}
exec("from sympy import *", names)
candidates = set(names) | set(keyword.kwlist) | set(keyword.softkwlist) | set(dir(builtins)) | set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
reserved = []
for name in sorted(n for n in candidates if not n.startswith("_")):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            plain = sympify(name) == Symbol(name)
    except BaseException:
        plain = False
    if not plain:
        reserved.append(name)
print(f"""//! Rows: names that Python or SymPy {sympy.__version__} reads as something else than a symbol. Made by tests/reference/reserved.py.
//! In: nothing. Out: the names. Never: a line written by hand.

/// Reserved names, separated by spaces.
pub(super) static RESERVED: &str = "\\""")
print(textwrap.fill(" ".join(reserved), 140, break_long_words=False, break_on_hyphens=False))
print('";')
