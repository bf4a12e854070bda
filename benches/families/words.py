"""Numbers in words, tables, and the bars that are noted on the way."""
import math, sys

OURS = "bartlett"


def say(text):
    print(text, file=sys.stderr, flush=True)


def seconds(t):
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if t >= unit:
            return f"{t / unit:.3g} {name}"
    return f"{t * 1e9:.3g} ns"


def shown(answer):
    if "fail" in answer:
        return answer["fail"] if answer["fail"].startswith((">", "ended")) else "—"
    return seconds(answer["t"])


def ratio(answers, peer):
    ours, theirs = answers[OURS], answers.get(peer, {"fail": ""})
    return "—" if "fail" in ours or "fail" in theirs else f"{theirs['t'] / ours['t']:.3g}×"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows])


def growth(found, case, sizes, peer):
    points = [(math.log(s), math.log(found[case, s][peer]["t"])) for s in sizes if s and "fail" not in found[case, s][peer]][-3:]
    if len(points) < 2:
        return "—"
    mx, my = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    return f"{sum((x - mx) * (y - my) for x, y in points) / sum((x - mx)**2 for x, _ in points):.2f}"


BARS = []


def bar(what, value, limit, unit="×", at_least=True, why=""):
    """Notes a bar; `value` None means that there was nothing to compare with."""
    met = None if value is None else (value >= limit if at_least else value <= limit)
    number = "not measured" if value is None else f"{value:.3g}{unit}"
    BARS.append((what, ("at least " if at_least else "at most ") + f"{limit:g}{unit}", number, "—" if met is None else "met" if met else "**missed**", why))


def times(answers, peer):
    ours, theirs = answers[OURS], answers.get(peer, {"fail": ""})
    return None if "fail" in ours or "fail" in theirs else theirs["t"] / ours["t"]


