"""The whole job in SymPy: `integrate` and `summation` over the support, then `simplify`."""
import signal, time
import sympy as sp
from sympy.core.cache import clear_cache

UNDONE = (sp.Integral, sp.Sum, sp.Limit, sp.Product, sp.nan, sp.zoo, sp.oo, -sp.oo)


class Cut(BaseException):
    pass


def cut(*_):
    raise Cut


signal.signal(signal.SIGPROF, cut)


def within(seconds, work):
    """The result, or None where it takes longer than so many seconds of the processor."""
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.05))
    try:
        return work()
    except Cut:
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def first_branch(e):
    """The first branch that was evaluated: what a person who knows the domain takes."""
    def pick(p):
        good = [v for v, _ in p.args if not v.has(*UNDONE)]
        return good[0] if good else p.args[0][0]
    return sp.sympify(e).replace(lambda v: isinstance(v, sp.Piecewise), pick)


def total(f, ranges):
    for x, lower, upper, kind in reversed(ranges):
        if kind == "at":
            f = f.subs(x, lower)
        elif kind == "sum":
            f = first_branch(sp.summation(f, (x, lower, upper)))
        else:
            f = first_branch(sp.integrate(f, (x, lower, upper), conds="none"))
        if f.has(*UNDONE):
            return None
    return f


def mean(task, piece, g, term_by_term):
    if len(task.pieces) == 1 and not g.has(*task.data):
        return g
    parts = sp.Add.make_args(sp.expand(g)) if term_by_term else [sp.simplify(g)]
    found = sp.Integer(0)
    for part in parts:
        c, rest = part.as_independent(*task.data, as_Add=False)
        value = total(sp.powsimp(rest * piece.density), piece.ranges)
        if value is None or value.has(*task.data):
            return None
        found += c * value
    return found


def entry(task, i, j, term_by_term):
    a, b = task.parameters[i], task.parameters[j]
    found = sp.Integer(0)
    for piece in task.pieces:
        f = piece.log_density
        part = mean(task, piece, sp.diff(f, a) * sp.diff(f, b) if task.kink else -sp.diff(f, a, b), term_by_term)
        if part is None:
            return None
        found += part
    return found


class SymPy:
    def solve(self, task, limit):
        """({(i, j): expression} or None, seconds of the processor)"""
        clear_cache()
        begin, found, tries = time.process_time(), {}, 2 * len(task.entries)
        for i, j in task.entries:
            for term_by_term in (True, False):
                left = limit - (time.process_time() - begin)
                try:
                    value = within(left / tries, lambda: entry(task, i, j, term_by_term))
                except Exception:       # what it raises is its own affair: it has no answer
                    value = None
                tries -= 1
                if value is not None:
                    tries -= term_by_term
                    break
            if value is None:
                return None, time.process_time() - begin
            try:
                found[i, j] = within(1, lambda: sp.simplify(value)) or value
            except Exception:
                found[i, j] = value
        return found, time.process_time() - begin
