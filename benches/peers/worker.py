"""One peer as a worker: reads `family case size` a line, answers one JSON object a line, as `bartlett-bench` does.

    python worker.py sympy|ring|symengine|casadi|flint|numpy|numba|jax|llvm|scipy
All times are of the processor, all threads together."""
import json, math, os, sys, time
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
HERE = os.path.dirname(os.path.abspath(__file__))
T = time.process_time
PEER = sys.argv[1]


def densities():
    rows = {}
    for line in open(os.path.join(HERE, "..", "densities.tsv")):
        if not line.startswith("#"):
            name, text, parameters, point = line.rstrip("\n").split("\t")
            rows[name] = (text.replace("^", "**"), parameters.split(), {k: float(v) for k, v in (p.split("=") for p in point.split())})
    return rows


DENSITIES = densities()


def mean_of(at_least, work):
    begin, runs = T(), 0
    while True:
        work()
        runs += 1
        if T() - begin >= at_least:
            return (T() - begin) / runs


class Unknown(Exception):
    pass


# B1: read, differentiate once, the lower triangle of the Hessian
def of_density(name, at_least=.005):
    text, parameters, point = DENSITIES[name]
    if PEER == "sympy":
        import sympy as S
        from sympy.core.cache import clear_cache
        from sympy.parsing.sympy_parser import parse_expr
        clear_cache()
        t = T()
        names = {k: S.Symbol(k, real=True) for k in point} | {"lgamma": S.loggamma}
        e = parse_expr(text, local_dict=names)
        g = [e.diff(names[p]) for p in parameters]
        [[d.diff(names[p]) for p in parameters[:i + 1]] for i, d in enumerate(g)]
        return T() - t
    if PEER == "symengine":
        import symengine as S
        read = text.replace("lgamma", "loggamma")

        def work():
            e = S.sympify(read)
            p = [S.Symbol(k) for k in parameters]
            g = [e.diff(v) for v in p]
            return [[d.diff(v) for v in p[:i + 1]] for i, d in enumerate(g)]
        return mean_of(at_least, work)
    if PEER == "casadi":
        import casadi as C
        if "lgamma" in text:
            raise Unknown("no log-gamma")
        functions = {f: getattr(C, f) for f in ("log", "exp", "sqrt", "erf")} | {"pi": math.pi}

        def work():
            names = {k: C.SX.sym(k) for k in point}
            return C.hessian(eval(text, functions, names), C.vertcat(*[names[k] for k in parameters]))
        return mean_of(at_least, work)
    raise Unknown(PEER)


# B2: likelihoods that grow
def growing(case, n, K):
    if case == "nest":
        x, a = K.symbol("x"), K.symbol("a")
        f = x
        for _ in range(n):
            f = K.sin(f) * a + f
        return f, [x]
    if case == "mixtures":
        x, terms, q = K.symbol("x"), [], []
        for k in range(n):
            w, m, s, u, t = v = [K.symbol(c + str(k)) for c in "wmsnt"]
            q += v
            terms.append(K.log(w * K.exp(-((x - m) / s)**2 / 2) / s + (1 - w) * K.exp(-((x - u) / t)**2 / 2) / t))
        return K.add(terms), q
    if case == "determinant":
        entry, q, known = {}, [], {}
        for i in range(n):
            for j in range(i + 1):
                entry[i, j] = entry[j, i] = K.symbol(f"v{i}_{j}")
                q.append(entry[i, j])

        def minor(row, columns):
            if not columns:
                return 1
            if columns not in known:
                r = None
                for c, column in enumerate(columns):
                    u = entry[row, column] * minor(row + 1, columns[:c] + columns[c + 1:])
                    r = u if r is None else (r - u if c & 1 else r + u)
                known[columns] = r
            return known[columns]
        return K.log(minor(0, tuple(range(n)))), q
    raise Unknown(case)


def growth(case, n):
    class K:
        pass
    if PEER in ("sympy", "symengine"):
        S = __import__(PEER)
        K.symbol, K.log, K.exp, K.sin = S.Symbol, S.log, S.exp, S.sin
        K.add = staticmethod(lambda terms: S.Add(*terms))
        t = T()
        e, q = growing(case, n, K)
        g = [e.diff(v) for v in q]
        h = [d.diff(v) for i, d in enumerate(g) for v in q[:i + 1]]
        return T() - t
    if PEER == "casadi":
        import casadi as C
        K.symbol, K.log, K.exp, K.sin = C.SX.sym, C.log, C.exp, C.sin
        K.add = staticmethod(lambda terms: sum(terms[1:], terms[0]))
        t = T()
        e, q = growing(case, n, K)
        C.hessian(e, C.vertcat(*q))        # gives the gradient, too
        return T() - t
    raise Unknown(PEER)


# B3: polynomials, fractions, inverses
def algebra(case, n):
    if PEER == "flint":
        import flint
        if case.startswith("inverse"):
            return flint_inverse(flint, case, n)
        ctx = flint.fmpz_mpoly_ctx.get(("x", "y", "z"), "degrevlex")
        x, y, z = ctx.gens()
        if case in ("expand", "expand-tree"):
            def work():
                e = (x + y + z + 1)**n
                return e * (e + 1)
            return mean_of(.02, work)
        if case == "gcd":
            g = (x + 2 * y - z + 3)**n
            a, b = g * (x * y + z + 1)**n, g * (x - y * z + 2)**n
            return mean_of(.02, lambda: a.gcd(b))
        if case in ("cancel", "cancel-tree"):
            def work():
                N, D = 0 * x, 1 + 0 * x
                for k in range(1, n + 1):
                    for p, q in ((x, y + k * z), (z**2, x + k * y)):
                        N, D = N * q + p * D, D * q
                        g = N.gcd(D)
                        N, D = N // g, D // g
                return N
            return mean_of(.02, work)
    if PEER == "ring":
        from sympy.polys import ring, ZZ
        R, x, y, z = ring("x,y,z", ZZ)
        if case in ("expand", "expand-tree"):
            t = T()
            e = (x + y + z + 1)**n
            e * (e + 1)
            return T() - t
        if case == "gcd":
            g = (x + 2 * y - z + 3)**n
            a, b = g * (x * y + z + 1)**n, g * (x - y * z + 2)**n
            t = T()
            a.gcd(b)
            return T() - t
        if case in ("cancel", "cancel-tree"):
            F = R.to_field()
            x, y, z = F.gens
            t = T()
            sum((x / (y + k * z) + z**2 / (x + k * y) for k in range(1, n + 1)), F(0))
            return T() - t
        if case.startswith("inverse"):
            import sympy as S
            from sympy.polys.matrices import DomainMatrix
            A = matrix(S, case, n)
            t = T()
            DomainMatrix.from_Matrix(A).to_field().inv().to_Matrix()
            return T() - t
    if PEER in ("sympy", "symengine"):
        S = __import__(PEER)
        x, y, z = S.symbols("x y z")
        if case in ("expand", "expand-tree"):
            t = T()
            e = (x + y + z + 1)**n
            S.expand(e * (e + 1))
            return T() - t
        if PEER == "symengine":
            raise Unknown("no cancellation in its Python")
        if case == "gcd":
            g = S.expand((x + 2 * y - z + 3)**n)
            a, b = S.expand(g * (x * y + z + 1)**n), S.expand(g * (x - y * z + 2)**n)
            t = T()
            S.gcd(a, b)
            return T() - t
        if case in ("cancel", "cancel-tree"):
            t = T()
            S.cancel(S.together(sum(x / (y + k * z) + z**2 / (x + k * y) for k in range(1, n + 1))))
            return T() - t
        if case.startswith("inverse"):
            A = matrix(S, case, n)
            t = T()
            A.inv().applyfunc(S.cancel)
            return T() - t
    raise Unknown(PEER)


def matrix(S, case, n):
    s, r = S.symbols("s r")
    if case == "inverse-ar1":
        return S.Matrix(n, n, lambda i, j: s**2 * r**abs(i - j) / (1 - r**2))
    if case == "inverse-cs":
        return S.Matrix(n, n, lambda i, j: s**2 if i == j else r * s**2)
    return S.Matrix(n, n, lambda i, j: S.Symbol(f"v{max(i, j)}_{min(i, j)}"))


def flint_inverse(flint, case, n):
    """Minors, each once, and one gcd an entry; FLINT has no matrices over its multivariate polynomials in Python."""
    if case == "inverse":
        names = [f"v{i}_{j}" for i in range(n) for j in range(i + 1)]
        ctx = flint.fmpz_mpoly_ctx.get(tuple(names), "degrevlex")
        g = dict(zip(names, ctx.gens()))
        A = [[g[f"v{max(i, j)}_{min(i, j)}"] for j in range(n)] for i in range(n)]
    else:
        ctx = flint.fmpz_mpoly_ctx.get(("s", "r"), "degrevlex")
        s, r = ctx.gens()
        # the factor 1/(1 - r^2) is taken out by hand: polynomials only
        A = [[s**2 * (r**abs(i - j) if case == "inverse-ar1" else (1 if i == j else r)) for j in range(n)] for i in range(n)]
    t, known = T(), {}

    def minor(rows, columns):
        if not rows:
            return 1
        if (rows, columns) not in known:
            q = 0
            for i, c in enumerate(columns):
                u = A[rows[0]][c] * minor(rows[1:], columns[:i] + columns[i + 1:])
                q = q - u if i & 1 else q + u
            known[rows, columns] = q
        return known[rows, columns]
    every = tuple(range(n))
    d = minor(every, every)
    for i in range(n):
        for j in range(i + 1):
            m = minor(tuple(a for a in every if a != i), tuple(b for b in every if b != j))
            if m != 0:
                g = m.gcd(d)
                m // g, d // g
    return T() - t


# B4: scores over columns; parameters are numbers
compiled = {}


def columns(name, n):
    import numpy as np
    key = (name, n)
    prepared = 0
    if key not in compiled:
        t = T()
        import sympy as S
        x, scores = score_of(S, name)
        X = .05 + 4. * ((np.arange(n) * 0.618033988749895) % 1.)
        compiled[key] = column_program(S, np, x, scores, X)
        compiled[key]()
        prepared = T() - t
    t = T()
    out = compiled[key]()
    seconds = T() - t
    return seconds, prepared, [float(np.sum(np.broadcast_to(np.asarray(c), (n,)))) for c in out]


def score_of(S, name, digits=15):
    from sympy.parsing.sympy_parser import parse_expr
    text, parameters, point = DENSITIES[name]
    names = {k: S.Symbol(k, positive=True) for k in parameters + ["x"]} | {"lgamma": S.loggamma}
    e = parse_expr(text, local_dict=names)
    at = {names[k]: S.Float(point[k], digits) for k in parameters}
    return names["x"], [S.N(e.diff(names[p]).subs(at), digits) for p in parameters]


def column_program(S, np, x, scores, X):
    if PEER == "numpy":
        f = S.lambdify(x, scores, "numpy", cse=True)
        return lambda: [np.array(np.broadcast_to(v, X.shape)) for v in f(X)]
    if PEER == "numba":
        import inspect, numba
        lines = inspect.getsource(S.lambdify(x, scores, "math", cse=True)).rstrip().splitlines()
        last = lines[-1].strip().removeprefix("return [").removesuffix("]")
        code = ["def k(x_, o):", "    for i in range(x_.size):", f"        {x} = x_[i]"] + ["    " + l for l in lines[1:-1]]
        code += [f"        r = ({last},)"] + [f"        o[{j}, i] = r[{j}]" for j in range(len(scores))]
        space = dict(log=math.log, exp=math.exp, sqrt=math.sqrt, pi=math.pi)
        exec("\n".join(code), space)
        k, o = numba.njit(space["k"], fastmath=True), np.empty((len(scores), X.size))

        def run():
            k(X, o)
            return o
        return run
    if PEER == "llvm":
        import symengine as E
        f = E.Lambdify([E.sympify(x)], [E.sympify(v) for v in scores], backend="llvm", cse=True, opt_level=3)
        return lambda: np.reshape(f(X[:, None]), (X.size, len(scores))).T
    if PEER == "jax":
        import jax, jax.numpy as J
        jax.config.update("jax_enable_x64", True)
        f = S.lambdify(x, scores, "jax", cse=True)
        h, v = jax.jit(lambda v: tuple(J.broadcast_to(q, v.shape) for q in f(v))), J.asarray(X)
        return lambda: jax.block_until_ready(h(v))
    raise Unknown(PEER)


# B5: the numeric information
LOWER = {"gamma": 0., "weibull": 0., "lognormal": 0., "inv_gaussian": 0., "gev": .2 - 1.3 / .15}


def numbers(name):
    import sympy as S
    from scipy import integrate
    from sympy.parsing.sympy_parser import parse_expr
    text, parameters, point = DENSITIES[name]
    names = {k: S.Symbol(k, positive=True) for k in parameters} | {"x": S.Symbol("x"), "lgamma": S.loggamma}
    e = parse_expr(text, local_dict=names)
    at = {names[k]: S.Rational(str(point[k])) for k in parameters}
    f = S.lambdify(names["x"], [S.N(v.subs(at), 17) for v in [e] + [e.diff(names[p]) for p in parameters]], "math", cse=True)
    lower, p = LOWER.get(name, -math.inf), len(parameters)

    def integrand(v, i, j):
        try:
            w = f(v)
            return math.exp(w[0]) * w[1 + i] * w[1 + j] if w[0] > -700 else 0.
        except (OverflowError, ZeroDivisionError, ValueError):
            return 0.

    def work():
        h = [[0.] * p for _ in range(p)]
        for i in range(p):
            for j in range(i + 1):
                h[i][j] = h[j][i] = integrate.quad(integrand, lower, math.inf, args=(i, j), epsabs=1e-12, epsrel=1e-12, limit=200)[0]
        return h
    h = work()
    return mean_of(.01, work), [v for row in h for v in row]


def peak():
    return next(int(l.split()[1]) / 1024 for l in open("/proc/self/status") if l.startswith("VmHWM"))


def answer(line):
    family, case, size = (line.split() + ["", "", ""])[:3]
    if family == "densities":
        return {"t": of_density(case)}
    if family == "densities-once":
        return {"t": of_density(case, 0)}
    if family == "growth":
        return {"t": growth(case, int(size))}
    if family == "algebra":
        return {"t": algebra(case, int(size))}
    if family == "columns":
        t, prepared, sums = columns(case, int(size))
        return {"t": t, "prepared": prepared, "sums": sums}
    if family == "numbers":
        t, entries = numbers(case)
        return {"t": t, "entries": entries}
    raise Unknown(family)


if __name__ == "__main__":
    import warnings
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(100_000)
    for line in sys.stdin:
        try:
            with open("/proc/self/clear_refs", "w") as f:
                f.write("5")
        except OSError:
            pass
        try:
            result = answer(line)
        except Unknown as e:
            result = {"fail": "cannot: " + str(e)}
        except (ImportError, AttributeError) as e:
            result = {"fail": f"not installed: {e}"}
        except Exception as e:
            result = {"fail": f"{type(e).__name__}: {e}"[:100]}
        result["peak"] = peak()
        print(json.dumps(result), flush=True)
