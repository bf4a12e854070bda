"""Makes forms.jsonl: closed forms of information matrices with SymPy's operation counts, before and after `simplify`.

Run: python3 forms.py CORPUS.jsonl... > forms.jsonl
Each input line holds `id`, `formula` (a SymPy matrix) and `points` (values of the symbols). SymPy 1.14.
"""
import json
import signal
import sys

from sympy import Rational, Symbol, count_ops, simplify, sympify
from sympy.parsing.sympy_parser import parse_expr


def too_slow(*_):
    raise TimeoutError


signal.signal(signal.SIGALRM, too_slow)
for path in sys.argv[1:]:
    for line in open(path):
        row = json.loads(line)
        if not row.get("formula"):
            continue
        points = row["points"]
        names = set().union(*points)
        positive = sorted(n for n in names if all(p.get(n, 0) > 0 for p in points))
        scope = {"Rational": Rational}
        for name in names:
            symbol = Symbol(name, positive=True) if name in positive else Symbol(name, real=True)
            scope |= {name: symbol, name + "_": symbol}
            if name == "lambda":
                scope["lamda"] = symbol
        matrix = parse_expr(row["formula"], local_dict=scope)
        for i, entries in enumerate(matrix):
            for j, entry in enumerate(entries):
                if j < i:
                    continue
                entry = sympify(entry)
                signal.alarm(20)
                try:
                    short = simplify(entry)
                except TimeoutError:
                    short = entry
                finally:
                    signal.alarm(0)
                print(json.dumps({
                    "id": f"{row['id']}[{i},{j}]",
                    "text": str(entry).replace("Abs(", "abs("),
                    "simplified": str(short),
                    "typed_operations": int(count_ops(entry)),
                    "simplified_operations": int(count_ops(short)),
                    "positive": positive,
                    "points": [{k: v for k, v in p.items()} for p in points],
                }))
