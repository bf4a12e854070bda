"""How long our matrices read beside a reference: SymPy's `count_ops` of what `fisher` prints against that of `simplify` of the
reference formula, summed over the entries on and above the diagonal, a row of the corpus each.

Run: python3 tests/reference/presentation.py --bin target/release/bartlett [--all] [--json counts.json]

`formulas.jsonl` holds a formula for each row that has one, as SymPy reads it. `simplify` may take minutes: its counts are kept in
`formula_counts.json`, which `--count` makes anew. Exit status 1 if the median is above 1 or a ratio above 2 is not in `REASONS`.
"""

import argparse
import json
import pathlib
import signal
import statistics
import subprocess
import sys

import sympy

HERE = pathlib.Path(__file__).resolve().parent
ROWS = HERE.parent / "corpus" / "rows"
COUNTS = HERE / "formula_counts.json"

# Rows that may read more than twice as long as the reference, and why.
REASONS = {}


# Names that are symbols here, not SymPy's.
SYMBOLS = {name: sympy.Symbol(name) for name in ("beta", "lamda", "S", "N", "Q", "E1", "zeta_")}


def read(text):
    return sympy.sympify(text, locals=SYMBOLS)


def upper(matrix):
    rows = [list(row) for row in matrix]
    return [entry for i, row in enumerate(rows) for j, entry in enumerate(row) if j >= i]


def simplified(e, seconds=40):
    def stop(*_):
        raise TimeoutError
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        return sympy.simplify(e)
    except (TimeoutError, RecursionError, NotImplementedError):
        return e
    finally:
        signal.alarm(0)


def references():
    return {row["id"]: row["formula"] for row in map(json.loads, (HERE / "formulas.jsonl").read_text().splitlines())}


def count_references():
    """For each formula the operations of its entries: simplified, as the issue has it."""
    counts = {}
    for name, text in references().items():
        entries = upper(read(text)) if text.startswith("[[") else [read(text)]
        counts[name] = [int(sympy.count_ops(simplified(sympy.sympify(e)))) for e in entries]
        print(name, counts[name], file=sys.stderr, flush=True)
    COUNTS.write_text(json.dumps(counts, indent=0) + "\n")


def ours(program, model):
    answer = subprocess.run([program, "fisher", model, "--format", "json"], capture_output=True, text=True, timeout=60)
    try:
        fisher = json.loads(answer.stdout)["fisher"]
    except (json.JSONDecodeError, KeyError):
        return None
    if fisher is None or fisher["status"] != "closed":
        return None
    return [(e["text"], e["sympy"]) for e in upper(fisher["matrix"])]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", default="target/release/bartlett")
    options.add_argument("--all", action="store_true", help="print every row, not only those above 1.2")
    options.add_argument("--count", action="store_true", help="count the references anew")
    options = options.parse_args()
    if options.count:
        count_references()
    counts = json.loads(COUNTS.read_text())
    ratios = []
    for path in sorted(ROWS.glob("*.jsonl")):
        for row in map(json.loads, path.read_text().splitlines()):
            if row["id"] not in counts:
                continue
            found = ours(options.bin, row["model"])
            if found is None:
                print(f"{row['id']}: no closed matrix")
                continue
            mine = [int(sympy.count_ops(sympy.sympify(text))) for _, text in found]
            theirs = counts[row["id"]]
            ratio = (sum(mine) + 1) / (sum(theirs) + 1)
            ratios.append((ratio, row["id"], mine, theirs, [text for text, _ in found]))
    ratios.sort(reverse=True)
    for ratio, name, mine, theirs, texts in ratios:
        if options.all or ratio > 1.2:
            print(f"{ratio:.2f} {name}: {mine} against {theirs}")
            for text, a, b in zip(texts, mine, theirs):
                if a > b:
                    print(f"        {text}")
    values = [ratio for ratio, *_ in ratios]
    above = [name for ratio, name, *_ in ratios if ratio > 2 and name not in REASONS]
    print(f"{len(values)} rows: median {statistics.median(values):.2f}, mean {statistics.mean(values):.2f}, largest {max(values):.2f}; "
          f"at most 1: {sum(v <= 1 for v in values)}, above 1.2: {sum(v > 1.2 for v in values)}, above 2: {sum(v > 2 for v in values)}")
    sys.exit(statistics.median(values) > 1 or bool(above))


if __name__ == "__main__":
    main()
