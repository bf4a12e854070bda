"""B1 to B5: the expression core, the polynomials, columns and the numeric information, beside other engines."""
import json, math, os, statistics
from words import bar, growth, ratio, say, seconds, shown, table, times
from workers import BENCH, DENSITIES, GINAC, OURS, PEERS, PYTHON, ROOT, in_turn, spent


def densities(options):
    """B1: read a log-density, its score, its Hessian's lower triangle"""
    peers = [OURS, "symengine", "ginac", "casadi", "sympy"]
    names = [l.split("\t")[0] for l in open(DENSITIES) if not l.startswith("#")]
    found = in_turn("densities", [(n, [""]) for n in names], peers, options.rounds, options.limit)
    rows = [[n] + [shown(found[n, ""][p]) for p in peers] + [ratio(found[n, ""], "symengine"), ratio(found[n, ""], "ginac")] for n in names]
    means = {p: [found[n, ""][p]["t"] for n in names if "fail" not in found[n, ""][p]] for p in peers}
    rows.append(["**mean**"] + [f"**{seconds(statistics.mean(means[p]))}**" + ("" if len(means[p]) == len(names) else f" ({len(means[p])})") if means[p] else "—" for p in peers] + ["", ""])
    for peer, least in (("symengine", 5), ("ginac", 1)):
        ratios = [r for r in (times(found[n, ""], peer) for n in names) if r]
        bar(f"B1: one density, median ratio to {'GiNaC' if peer == 'ginac' else peer}", statistics.median(ratios) if ratios else None, least)
    code = f"import sys; sys.argv=['worker.py','{{}}']; sys.path.insert(0,{PEERS!r}); import worker\nfor n in worker.DENSITIES:\n    try: worker.answer('densities-once '+n)\n    except worker.Unknown: pass"
    whole = {OURS: spent([BENCH, "densities", "all"], 4 * options.rounds)}
    if os.path.exists(GINAC):
        whole["ginac"] = spent([GINAC, DENSITIES, "all"], 4 * options.rounds)
    whole |= {p: spent([PYTHON, "-c", code.format(p)], 2) for p in ("symengine", "casadi", "sympy")}
    rows.append(["whole process, all"] + [seconds(whole[p][0]) if p in whole else "—" for p in peers] + [f"{whole[p][0] / whole[OURS][0]:.3g}×" if p in whole else "—" for p in ("symengine", "ginac")])
    rows.append(["peak MB"] + [f"{max(found[n, ''][p].get('peak', 0) for n in names):.0f}" for p in peers] + ["", ""])
    bar("B1: whole process, all densities, our time over GiNaC's", whole[OURS][0] / whole["ginac"][0] if "ginac" in whole else None, 1, "×", False)
    return table(["density"] + peers + ["symengine / bartlett", "GiNaC / bartlett"], rows) + "\n\nIn “whole process” each reads and differentiates all densities that it has the functions for, once, start-up included."


def nest(options):
    """B2: score and Hessian of likelihoods that grow"""
    peers = [OURS, "casadi", "symengine", "ginac", "sympy"]
    cases = [("nest", [10, 50, 200, 1000, 10000]), ("mixtures", [2, 8, 32]), ("determinant", [4, 5, 6, 7])]
    found = in_turn("growth", cases, peers, options.rounds, options.limit)
    label = {"nest": "f = a·sin f + f, nested {}", "mixtures": "product of {} mixtures of two normals", "determinant": "log-determinant, symmetric {0} × {0}"}
    rows = []
    for case, sizes in cases:
        for size in sizes:
            answers = found[case, size]
            rows.append([label[case].format(size)] + [shown(answers[p]) for p in peers] + [ratio(answers, "casadi"), f"{answers[OURS].get('peak', 0):.0f} / {answers['casadi'].get('peak', 0):.0f}"])
        rows.append(["growth"] + [growth(found, case, sizes, p) for p in peers] + ["", ""])
    at = found["nest", 200][OURS]
    bar("B2: nested 200 deep, score and Hessian", None if "fail" in at else at["t"] * 1e3, 2, " ms", False)
    slope = growth(found, "nest", cases[0][1], OURS)
    bar("B2: growth with depth", None if slope == "—" else float(slope), 1.1, "", False)
    bar("B2: 10,000 deep is done", float("fail" not in found["nest", 10000][OURS]), 1, "")
    bar("B2: 32 mixtures, 160 parameters, CasADi's time over ours", times(found["mixtures", 32], "casadi"), 1)
    bar("B2: log-determinant 7 × 7, CasADi's time over ours", times(found["determinant", 7], "casadi"), 1)
    text = table(["case"] + peers + ["CasADi / bartlett", "peak MB, bartlett / CasADi"], rows)
    counts = [100, 10000, 1000000]
    repeated = in_turn("rows", [("0", [""])] + [(str(n), [""]) for n in counts], [OURS], options.rounds, options.limit)
    rows = [["a symbol"] + [shown(repeated["0", ""][OURS])]] + [[f"{n:,}", shown(repeated[str(n), ""][OURS])] for n in counts]
    slope = growth({("rows", n): repeated[str(n), ""] for n in counts}, "rows", counts, OURS)
    bar("B2: logistic likelihood, growth with the number of rows", None if slope == "—" else float(slope), 0.1, "", False)
    return text + "\n\nScore and Hessian of a logistic likelihood of n rows, read from text, cost the same for every n:\n\n" + table(["rows", "bartlett"], rows)


def algebra(options):
    """B3: expansion, common divisors, cancellation, inverses"""
    peers = [OURS, "flint", "ring", "symengine", "ginac", "sympy"]
    cases = [("expand", [8, 15, 20]), ("expand-tree", [8, 15, 20]), ("gcd", [3, 5, 8]), ("cancel", [2, 4]), ("cancel-tree", [2, 4]), ("inverse", [4, 5, 6]), ("inverse-ar1", [6]), ("inverse-cs", [6])]
    found = in_turn("algebra", cases, peers, options.rounds, options.limit)
    label = {"expand": "(x+y+z+1)^{0} · (same + 1), polynomials", "expand-tree": "(x+y+z+1)^{0} · (same + 1), expressions", "gcd": "gcd, three variables, {0} factors", "cancel": "sum of {1} fractions, polynomials", "cancel-tree": "sum of {1} fractions, expressions", "inverse": "inverse, symmetric {0} × {0}", "inverse-ar1": "inverse, AR(1) {0} × {0}", "inverse-cs": "inverse, equal correlations {0} × {0}"}
    rows = [[label[c].format(s, 2 * s)] + [shown(found[c, s][p]) for p in peers] + [ratio(found[c, s], "flint"), ratio(found[c, s], "ring"), f"{found[c, s][OURS].get('peak', 0):.0f}"] for c, ss in cases for s in ss]
    like = [r for r in (times(found["expand-tree", n], "symengine") for n in cases[1][1]) if r]
    bar("B3: (x+y+z+1)^n · (same + 1), expressions, smallest ratio to symengine over n", min(like) if like else None, 5)
    for case, size, peer in (("expand", 20, "ring"), ("expand-tree", 20, "ring"), ("gcd", 8, "ring"), ("cancel", 4, "ring")):
        bar(f"B3: {label[case].format(size, 2 * size)}, over SymPy’s sparse ring", times(found[case, size], peer), 5)
    for case, size in (("expand", 20), ("gcd", 8)):
        r = times(found[case, size], "flint")
        bar(f"B3: {label[case].format(size)}, our time over FLINT's", None if r is None else 1 / r, 5, "×", False)
    for case, limit in (("inverse", 20), ("inverse-ar1", 100), ("inverse-cs", 100)):
        a = found[case, 6][OURS]
        bar(f"B3: {label[case].format(6)}, in lowest terms", None if "fail" in a else a["t"] * 1e3, limit, " ms", False)
    return table(["case"] + peers + ["FLINT / bartlett", "ring / bartlett", "peak MB"], rows) + "\n\nFLINT's inverses are ours in Python over its polynomials (minors, one gcd an entry), with 1/(1 − r²) taken out by hand. “polynomials” leave and arrive as polynomials, “expressions” as trees."


def columns(options):
    """B4: score columns over 2^20 rows, one core"""
    peers = [OURS, "numpy", "numba", "jax", "llvm"]
    n = 1 << 20
    names = ["normal", "gamma", "student_t", "mixture2"]
    found = in_turn("columns", [(x, [n]) for x in names], peers, max(options.rounds, 5), 4 * options.limit)
    rows = []
    for p in peers:
        shown_ns = [f"{found[x, n][p]['t'] / n * 1e9:.2f}" if "fail" not in found[x, n][p] else "—" for x in names]
        peak = found["mixture2", n][p].get("peak")
        rows.append([{"llvm": "symengine, LLVM", "numba": "numba, fastmath"}.get(p, p)] + shown_ns + [f"{peak:.0f}" if peak else "—"])
    for x in names[1:]:
        others = [times(found[x, n], p) for p in peers[1:]]
        others = [o for o in others if o]
        bar(f"B4: {x}, the fastest other over ours", min(others) if others else None, 1)
        sums = {p: found[x, n][p].get("sums") for p in peers}
        for p in peers[1:]:
            if sums[p] and any(abs(a - b) > 1e-9 * max(abs(b), n * 1e-6) for a, b in zip(sums[p], sums[OURS])):
                say(f"the columns of {p} for {x} differ: {sums[p]} {sums[OURS]}")
    return table(["ns a row", "normal", "gamma", "Student t", "mixture", "peak MB"], rows) + "\n\nThe sums of the columns agree to 1e-9."


def numbers(options):
    """B5: the numeric information of ten densities"""
    truth = json.load(open(os.path.join(ROOT, "benches", "information.json")))
    found = in_turn("numbers", [(x, [""]) for x in truth], [OURS, "scipy"], options.rounds, 2 * options.limit)

    def error(name, answer):
        p = len(truth[name])
        entries = answer.get("entries", [])
        return max((abs(entries[i * p + j] - truth[name][i][j]) / max(1, abs(truth[name][i][j])) for i in range(p) for j in range(i + 1)), default=math.nan)
    rows = [[x] + [v for p in (OURS, "scipy") for v in (shown(found[x, ""][p]), f"{error(x, found[x, '']['' or p]):.0e}")] + [ratio(found[x, ""], "scipy")] for x in truth]
    totals = {p: sum(found[x, ""][p].get("t", math.nan) for x in truth) for p in (OURS, "scipy")}
    rows.append(["**all**", seconds(totals[OURS]), f"{max(error(x, found[x, ''][OURS]) for x in truth):.0e}", seconds(totals["scipy"]), f"{max(error(x, found[x, '']['scipy']) for x in truth):.0e}", f"{totals['scipy'] / totals[OURS]:.3g}×"])
    bar("B5: ten matrices, scipy.quad's time over ours", totals["scipy"] / totals[OURS], 50)
    bar("B5: largest error", max(error(x, found[x, ""][OURS]) for x in truth), 1e-12, "", False)
    return table(["density", "bartlett", "error", "scipy.quad", "error", "scipy / bartlett"], rows) + "\n\nErrors are relative to max(1, entry), against 25 digits. scipy.quad is asked for 1e-12, an entry at a time, of scores that SymPy compiled beforehand."


