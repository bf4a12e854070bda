"""The whole job in one program: reads [row of the corpus, description] as JSON a line, answers {"state", "t", "start"} a line.

    python whole_job.py sympy|maxima|giac|fricas SECONDS
    python whole_job.py judge 0        reads [row, description, matrix in SymPy's words]

`t` is processor time from the model to the simplified matrix, `start` that of the program's start. An answer is `right` where it agrees with
the row's numbers to 1e-7 at every point. The first line says whether the program is installed."""
import json, sys, time
import sympy as sp
from models import Task, plain
from systems import SYSTEMS
from whole_sympy import SymPy, within

READY = time.process_time()


def judged(task, found, points=None):
    """Right, wrong, or not even a number within the time that it takes to look."""
    return {True: "right", False: "wrong", None: "no number"}[within(20, lambda: task.is_right(found, points))]


def answer(peer, name, limit, line):
    row, description, *matrix = json.loads(line)
    try:
        task = Task(row, description)
    except Exception as e:
        return {"state": "cannot read: " + type(e).__name__}
    if name == "judge":
        found = {(i, j): sp.sympify(plain(matrix[0][i][j]), locals=dict(task.names)) for i, j in task.entries}
        return {"state": judged(task, found)}
    found, t = peer.solve(task, limit)
    points = 1 if getattr(peer, "asked", False) else None       # it asked for a sign, and was told that at the first point
    return {"state": judged(task, found, points) if found else "not done", "t": t, "start": READY if name == "sympy" else getattr(peer, "start", None),
            "matrix": [str(found[e]) for e in task.entries] if found else None}


def main():
    name, limit = sys.argv[1], float(sys.argv[2])
    peer = None if name == "judge" else SymPy() if name == "sympy" else SYSTEMS[name]()
    installed = name in ("sympy", "judge") or peer.installed()
    print(json.dumps({"installed": installed}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(peer, name, limit, line)), flush=True)


if __name__ == "__main__":
    main()
