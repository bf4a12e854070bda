"""Checks every row of the catalogue apart from the program.

For each family: the mass is 1 at several parameter points inside the domains (mpmath quadrature and summation), and the
log-density equals SciPy's where the row says how SciPy spells it.

    cargo run -q -p bartlett-laws --example dump > rows.json
    python sweep.py rows.json [--points 3] [NAME ...]

Needs mpmath and scipy. Exit status 1 if any row fails. A row that sampled no point fails.
"""

import argparse
import ast
import json
import math
import re
import signal
import sys
import time

import mpmath as mp
import scipy.stats

mp.mp.dps = 30
TOLERANCE = mp.mpf("1e-9")


# ---- the language, read as Python -------------------------------------------------------------------------------------

def python_name(name):
    return "lambda_" if name == "lambda" else name


class Lazy(ast.NodeTransformer):
    """`if(c, a, b)` evaluates one branch only; `sum(k, lo, hi, e)` binds k."""

    def visit_Call(self, node):
        self.generic_visit(node)
        name = node.func.id
        if name == "if_":
            condition, yes, no = node.args
            return ast.IfExp(test=condition, body=yes, orelse=no)
        if name in ("sum", "prod", "integral"):
            variable, low, high, body = node.args
            arguments = ast.arguments(posonlyargs=[], args=[ast.arg(arg=variable.id)], kwonlyargs=[], kw_defaults=[], defaults=[])
            return ast.Call(func=node.func, args=[low, high, ast.Lambda(args=arguments, body=body)], keywords=[])
        return node

    def visit_Constant(self, node):
        return ast.Call(func=ast.Name(id="exact", ctx=ast.Load()), args=[ast.Constant(str(node.value))], keywords=[])


def compile_formula(text):
    text = text.replace("^", "**")
    text = re.sub(r"\bif\(", "if_(", text)
    text = text.replace("(1 - exp(", "(-expm1(")  # keeps the digits near 0
    text = re.sub(r"\blambda\b", "lambda_", text)
    tree = ast.fix_missing_locations(Lazy().visit(ast.parse(text.strip(), mode="eval")))
    return compile(tree, text, "eval")


def finite_or_infinite_sum(low, high, term):
    if mp.isinf(high):  # the rows hold only sums that fall faster than geometrically
        total, k = mp.mpf(0), mp.mpf(low)
        while True:
            value = term(k)
            total, k = total + value, k + 1
            if k > low + 20 and abs(value) < abs(total) * mp.eps / 100:
                return total
    return mp.fsum(term(mp.mpf(k)) for k in range(int(low), int(high) + 1))


def bounded_exp(x):
    """exp, held at e^(±1e40): exp(-exp(x)) far out would take for ever."""
    return mp.exp(max(min(x, mp.mpf("1e40")), mp.mpf("-1e40"))) if isinstance(x, mp.mpf) else mp.exp(x)


LANGUAGE = {
    "exact": mp.mpf, "pi": mp.pi, "inf": mp.inf, "EulerGamma": mp.euler, "e": mp.e,
    "exp": bounded_exp, "log": mp.log, "log1p": mp.log1p, "expm1": mp.expm1, "sqrt": mp.sqrt, "abs": abs, "sign": mp.sign,
    "min": min, "max": max, "floor": mp.floor,
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "asin": mp.asin, "acos": mp.acos, "atan": mp.atan,
    "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh, "asinh": mp.asinh, "acosh": mp.acosh, "atanh": mp.atanh,
    "gamma": mp.gamma, "lgamma": mp.loggamma, "digamma": mp.digamma, "trigamma": lambda x: mp.psi(1, x), "polygamma": mp.psi,
    "beta": mp.beta, "lbeta": lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b),
    "choose": mp.binomial, "factorial": mp.factorial,
    "gammainc": lambda a, x: mp.gammainc(a, 0, x), "gammaincc": lambda a, x: mp.gammainc(a, x, mp.inf),
    "erf": mp.erf, "erfc": mp.erfc, "erfi": mp.erfi,
    "Phi": lambda x: mp.erfc(-x / mp.sqrt(2)) / 2, "phi": mp.npdf,
    "Ei": mp.ei, "expint": mp.expint, "besseli": mp.besseli, "besselj": mp.besselj, "besselk": mp.besselk,
    "zeta": mp.zeta, "polylog": mp.polylog,
    "logistic": lambda x: 1 / (1 + mp.exp(-x)), "logit": lambda p: mp.log(p / (1 - p)),
    "softplus": lambda x: mp.log1p(mp.exp(-abs(x))) + max(x, 0),
    "sum": finite_or_infinite_sum,
    "integral": lambda low, high, term: mp.quad(term, [low, (low + high) / 2, high] if not mp.isinf(high) else [low, 1, high]),
    "prod": lambda low, high, term: mp.fprod(term(mp.mpf(k)) for k in range(int(low), int(high) + 1)),
}


def evaluate(code, values):
    return eval(code, LANGUAGE | values)


# ---- domains and supports ---------------------------------------------------------------------------------------------

class Interval:
    def __init__(self, low, high):
        self.low, self.high = low, high


class Integers:
    def __init__(self, low, high, step):
        self.low, self.high, self.step = low, high, step


def split_top(text, separator):
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        if depth == 0 and text.startswith(separator, i):
            parts.append(text[start:i].strip())
            start = i + len(separator)
    return parts + [text[start:].strip()]


def read_set(statement, name, values):
    """The set of a simple statement about `name`, or None where it is a general inequality."""
    number = lambda text: evaluate(compile_formula(text), values)
    found = re.fullmatch(rf"{name} in (.*)", statement)
    if found:
        body = found[1].strip()
        if body == "real":
            return Interval(-mp.inf, mp.inf)
        if body == "integer":
            return Integers(-mp.inf, mp.inf, 1)
        if body[0] in "([":
            low, high = split_top(body[1:-1], ",")
            return Interval(number(low), number(high))
        terms = split_top(body[1:-1], ",")
        if "..." not in terms:
            return Integers(number(terms[0]), number(terms[-1]), 1)
        dots = terms.index("...")
        low = number(terms[0])
        step = int(number(terms[1]) - low) if dots == 2 else 1
        high = number(terms[-1]) if dots < len(terms) - 1 else mp.inf
        return Integers(low, high, step)
    parts = [part.strip() for part in re.split(r"<=|>=|<|>", statement)]
    signs = re.findall(r"<=|>=|<|>", statement)
    if len(parts) == 2 and parts[0] == name:
        return Interval(number(parts[1]), mp.inf) if ">" in signs[0] else Interval(-mp.inf, number(parts[1]))
    if len(parts) == 3 and parts[1] == name and all("<" in s for s in signs):
        return Interval(number(parts[0]), number(parts[2]))
    return None


def general_inequality(statement, values):
    """The interval on which `left > right` holds, found by scanning and bisection."""
    left, right = re.split(r">", statement)
    code = compile_formula(f"({left}) - ({right})")

    def holds(x):
        value = evaluate(code, dict(values, x=x))
        return isinstance(value, mp.mpf) and value > 0

    grid = [mp.mpf(i) / 8 + mp.mpf("0.0123") for i in range(-1600, 1601)]
    inside = [x for x in grid if holds(x)]
    assert inside, f"no point satisfies {statement}"

    def edge(good, bad):
        for _ in range(120):
            middle = (good + bad) / 2
            good, bad = (middle, bad) if holds(middle) else (good, middle)
        return good

    low = -mp.inf if inside[0] == grid[0] else edge(inside[0], inside[0] - mp.mpf(1) / 8)
    high = mp.inf if inside[-1] == grid[-1] else edge(inside[-1], inside[-1] + mp.mpf(1) / 8)
    return Interval(low, high)


def support_of(row, values):
    low, high, integers = -mp.inf, mp.inf, None
    for statement in split_top(row["data"], ";"):
        found = read_set(statement, "x", values)
        if isinstance(found, Integers):
            integers = found
            continue
        if found is None:
            found = general_inequality(statement, values)
        low, high = max(low, found.low), min(high, found.high)
    return integers or Interval(low, high)


PATTERNS = {  # where in its domain a parameter is put, point after point; neighbouring parameters start at other places
    "real": ["0.3", "-1.2", "2.1", "0.7"],
    "half": ["1.3", "0.6", "2.4", "1.9"],
    "inside": ["0.35", "0.6", "0.8", "0.25"],
    "integer": [3, 5, 2, 6],
}


def parameter_points(row, count):
    for point in range(count):
        values = {}
        for position, parameter in enumerate(row["parameters"]):
            name = parameter["name"]
            choice = (point + position) % 4
            found = read_set(parameter["domain"], name, values)
            assert found is not None, f"domain not read: {parameter['domain']}"
            if isinstance(found, Integers):
                low = 0 if mp.isinf(found.low) else found.low
                value = mp.mpf(min(low + PATTERNS["integer"][choice], found.high))
            elif mp.isinf(found.low) and mp.isinf(found.high):
                value = mp.mpf(PATTERNS["real"][choice])
            elif mp.isinf(found.high):
                value = found.low + mp.mpf(PATTERNS["half"][choice])
            elif mp.isinf(found.low):
                value = found.high - mp.mpf(PATTERNS["half"][choice])
            else:
                value = found.low + (found.high - found.low) * mp.mpf(PATTERNS["inside"][choice])
            values[python_name(name)] = value
        yield values


# ---- the checks -------------------------------------------------------------------------------------------------------

def kinks(row, values, low, high):
    """Points at which the integrand may break or peak: parameters, and the sides of the conditions of `if`."""
    points = [v for v in values.values()]
    for condition in re.findall(r"if\(x [<>]=? ([^,]+),", row["log_density"]):
        points.append(evaluate(compile_formula(condition), values))
    return sorted({p for p in points if low < p < high})


def infinite_sum(term, low, step):
    """Direct summation; a tail that does not fall geometrically by the Euler-Maclaurin formula."""
    total, k = mp.mpf(0), 0
    while k < 3000:
        value = term(low + step * k)
        total += value
        k += 1
        if k >= 60 and k % 20 == 0:
            ratio = term(low + step * k) / value if value else 0
            if ratio < mp.mpf("0.98") and value < mp.mpf("1e-16"):
                return total
            if k == 120 and ratio > mp.mpf("0.9"):
                break
    tail = lambda t: term(low + step * t)
    k = mp.mpf(k)
    total += mp.quad(tail, [k, 2 * k, 8 * k, 64 * k, mp.inf]) + tail(k) / 2
    return total - mp.diff(tail, k) / 12 + mp.diff(tail, k, 3) / 720 - mp.diff(tail, k, 5) / 30240


def mass(row, code, support, values):
    density = lambda x: bounded_exp(evaluate(code, dict(values, x=x)))
    if isinstance(support, Integers):
        if not mp.isinf(support.high):
            return mp.fsum(density(mp.mpf(k)) for k in range(int(support.low), int(support.high) + 1, support.step))
        if mp.isinf(support.low):
            return density(mp.mpf(0)) + infinite_sum(lambda k: density(k) + density(-k), mp.mpf(1), 1)
        return infinite_sum(density, support.low, support.step)
    low, high = support.low, support.high
    if mp.isinf(low) and mp.isinf(high):
        point, slope, back = mp.sinh, mp.cosh, mp.asinh
    elif mp.isinf(high):
        point, slope, back = lambda t: low + mp.exp(t), mp.exp, lambda x: mp.log(x - low)
    elif mp.isinf(low):
        point, slope, back = lambda t: high - mp.exp(t), mp.exp, lambda x: mp.log(high - x)
    else:
        width = high - low
        point = lambda t: low + width / (1 + mp.exp(-t))
        slope = lambda t: width / (2 * mp.cosh(t / 2)) ** 2
        back = lambda x: mp.log((x - low) / (high - x))

    def integrand(t):
        x = point(t)
        if not low < x < high:
            return mp.mpf(0)
        try:
            return density(x) * slope(t)
        except ZeroDivisionError:  # a removable gap: a single point
            return mp.mpf(0)

    # Far enough for a tail x^(-1.6) and a pole x^(-0.8): e^(-0.6*90) and e^(-0.2*200) are below the tolerance.
    breaks = {mp.mpf(b) for b in (-90, -30, -12, -4, -1, 0, 1, 4, 12, 30, 90)}
    if not mp.isinf(low):
        breaks.add(mp.mpf(-200))
    return mp.quad(integrand, sorted(breaks | {back(p) for p in kinks(row, values, low, high)}), maxdegree=6)


def sample(support):
    if isinstance(support, Integers):
        low, high, step = support.low, support.high, support.step
        if mp.isinf(low):
            return [mp.mpf(k) for k in (-4, -1, 0, 2, 5)]
        points = [low + step * k for k in (0, 1, 2, 4, 9)]
        return [p for p in points if p <= high]
    low, high = support.low, support.high
    if mp.isinf(low) and mp.isinf(high):
        return [mp.mpf(p) for p in ("-3.1", "-0.9", "0.2", "1.7", "4.3")]
    if mp.isinf(high):
        return [low + mp.mpf(p) for p in ("0.07", "0.4", "1.1", "2.6", "5.9")]
    if mp.isinf(low):
        return [high - mp.mpf(p) for p in ("0.07", "0.4", "1.1", "2.6", "5.9")]
    return [low + (high - low) * mp.mpf(p) for p in ("0.04", "0.31", "0.5", "0.77", "0.93")]


def scipy_law(call, values):
    family = getattr(scipy.stats, call[: call.index("(")])
    arguments = re.sub(r"\blambda\b", "lambda_", call[call.index("(") :])
    names = {name: getattr(math, name) for name in ("exp", "sqrt", "log", "pi")}
    names["int"] = int
    names.update({name: float(value) for name, value in values.items()})
    return eval("family_" + arguments, {"family_": family}, names)


def check(row, count):
    code = compile_formula(row["log_density"])
    faults, sampled, compared = [], 0, 0
    calls = [call for software, call in row["elsewhere"] if software == "scipy"]
    for values in parameter_points(row, count if row["parameters"] else 1):
        at = ", ".join(f"{k}={mp.nstr(v, 6)}" for k, v in values.items())
        support = support_of(row, values)
        total = mass(row, code, support, values)
        sampled += 1
        if not abs(total - 1) < TOLERANCE:
            faults.append(f"mass {mp.nstr(total, 15)} at {at}")
        for call in calls:
            law = scipy_law(call, values)
            for x in sample(support):
                ours = evaluate(code, dict(values, x=x))
                theirs = law.logpmf(int(x)) if isinstance(support, Integers) else law.logpdf(float(x))
                if math.isnan(theirs) or (math.isinf(theirs) and ours < -600):
                    continue  # SciPy refuses these arguments, or underflows
                compared += 1
                if not abs(ours - theirs) <= 1e-8 * (1 + abs(ours)):
                    faults.append(f"scipy {call}: {mp.nstr(ours, 12)} here, {theirs:.12g} there, x={mp.nstr(x, 6)}, {at}")
    if sampled == 0:
        faults.append("no point sampled")
    return faults, compared


class OutOfTime(BaseException):
    pass


def out_of_time(number, frame):
    raise OutOfTime("no answer in the time for one row")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rows")
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("--points", type=int, default=3)
    arguments.add_argument("--seconds", type=int, default=200, help="time for one row")
    arguments.add_argument("--verbose", action="store_true")
    options = arguments.parse_intermixed_args()
    signal.signal(signal.SIGALRM, out_of_time)
    rows = json.load(open(options.rows))
    failed = compared_rows = checked = 0
    for row in rows:
        if options.names and row["name"] not in options.names:
            continue
        checked += 1
        signal.alarm(options.seconds)
        started = time.perf_counter()
        try:
            faults, compared = check(row, options.points)
        except (Exception, OutOfTime) as problem:
            faults, compared = [f"{type(problem).__name__}: {problem}"], 0
        signal.alarm(0)
        if options.verbose:
            print(f"{row['name']}: {time.perf_counter() - started:.1f} s, {compared} comparisons", flush=True)
        if not compared and any(software == "scipy" for software, _ in row["elsewhere"]):
            print(f"SKIP {row['name']}: scipy gives no number at these points")
        compared_rows += compared > 0
        for fault in faults:
            print(f"FAIL {row['name']}: {fault}", flush=True)
        failed += bool(faults)
    print(f"{checked} rows, {failed} failed, {compared_rows} compared with scipy {scipy.__version__}")
    sys.exit(1 if failed or not checked else 0)


if __name__ == "__main__":
    main()
