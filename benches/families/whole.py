"""B6: the whole job, models of the corpus and of textbooks derived here and by SymPy, Maxima, Giac and FriCAS."""
import json, math, os, select, statistics, subprocess
from concurrent.futures import ThreadPoolExecutor
from words import bar, say, seconds, table
from workers import BENCH, OURS, PEERS, PROGRAM, PYTHON, ROOT, spent

SYSTEMS = {"sympy": "SymPy", "maxima": "Maxima", "giac": "Giac", "fricas": "FriCAS"}
COPIES = 10
SCRATCH = os.path.join(ROOT, "target", "benches-model.bart")


class Peer:
    """A program that answers [row, description] a line; one that hangs is ended and started again."""

    def __init__(self, name, limit):
        self.name, self.limit, self.process, self.starts = name, limit, None, []
        self.installed = self.start()

    def start(self):
        command = [PYTHON, os.path.join(PEERS, "whole_job.py"), self.name, str(self.limit)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        return bool(line) and json.loads(line)["installed"]

    def ask(self, *line):
        if self.process is None:
            self.start()
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], 30 * self.limit + 60)
        answer = self.process.stdout.readline() if ready else ""
        if not answer:
            self.end()
            return {"state": "hangs"}
        answer = json.loads(answer)
        if answer.get("start"):
            self.starts.append(answer["start"])
        return answer

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process = None


def models(options):
    """[(list, row, description)]: what has a closed form, lives in one observation, and can be told to the others."""
    found = []
    for name, path in (("corpus", "tests/corpus/rows/continuous.jsonl"), ("corpus", "tests/corpus/rows/discrete_joint.jsonl"), ("textbook", "benches/textbook.jsonl")):
        for row in map(json.loads, open(os.path.join(ROOT, path))):
            if row.get("closed") and all(row["fisher"]):
                described = json.loads(subprocess.run([BENCH, "describe", row["model"].replace("\n", "\\n")], capture_output=True, text=True).stdout or "null")
                if described and (name == "textbook" or len(described["data"]) == 1):
                    found.append((name, row, described))
    share = min(1, options.models / len(found))
    return [m for k, m in enumerate(found) if math.floor((k + 1) * share) > math.floor(k * share)]


def ours(row, described, judge):
    """Is the answer closed and right; processor seconds of the whole process, and of one more model in a process that runs."""
    answer = json.loads(subprocess.run([PROGRAM, "derive", "--format", "json", row["model"]], capture_output=True, text=True).stdout or "{}")
    fisher = answer.get("fisher") or {}
    done = fisher.get("status") == "closed" and judge.ask(row, described, [[e["sympy"] for e in line] for line in fisher["matrix"]])["state"] == "right"
    whole = spent([PROGRAM, "derive", row["model"]], 5)[0]
    times = {}
    for copies in (1, 1 + COPIES):
        with open(SCRATCH, "w") as file:
            file.write("\n---\n".join([row["model"]] * copies) + "\n")
        times[copies] = spent([PROGRAM, "derive", "-f", SCRATCH, "--jobs", "1"], 3)[0]
    return {"state": "right" if done else "not closed" if fisher.get("status") != "closed" else "wrong", "t": (times[1 + COPIES] - times[1]) / COPIES, "whole": whole}


def whole(options):
    """B6: the whole job, against SymPy, Maxima, Giac and FriCAS"""
    peers = {name: Peer(name, options.model_limit) for name in SYSTEMS}
    peers = {name: peer for name, peer in peers.items() if peer.installed}
    judge, rows = Peer("judge", 10), []
    if not judge.installed:
        return "SymPy is not installed, which judges the answers: not measured."
    with ThreadPoolExecutor(min(len(peers), os.cpu_count() or 1)) as pool:
        for group, row, described in models(options):
            answers = {OURS: ours(row, described, judge)}
            answers |= zip(peers, pool.map(lambda peer: peer.ask(row, described), peers.values()))
            rows.append((group, row["id"], answers))
            say(f"whole job {row['id']}: " + ", ".join(f"{p} {cell(a)}" for p, a in answers.items()))
    starts = {name: statistics.median(peer.starts) if peer.starts else math.nan for name, peer in peers.items()}
    for peer in (*peers.values(), judge):
        if peer.process:
            peer.end()
    for _, _, answers in rows:
        for name in peers:
            if answers[name]["state"] == "right":
                answers[name]["whole"] = answers[name]["t"] + starts[name]
    return words(rows, starts, options)


def right(answers, name):
    return answers[name]["state"] == "right"


def cell(answer):
    return seconds(answer["t"]) if answer["state"] == "right" else answer["state"]


def ratios(rows, name, what):
    return [answers[name][what] / answers[OURS][what] for _, _, answers in rows if right(answers, name) and right(answers, OURS)]


def middle(values, form):
    return form(statistics.median(values)) if values else "—"


def words(rows, starts, options):
    times = "{:.0f}×".format
    columns = [OURS, *starts]
    union = lambda chosen: sum(any(right(a, p) for p in starts) for _, _, a in chosen)
    count = lambda chosen, name: sum(right(a, name) for _, _, a in chosen)
    summary = []
    for group in ("corpus", "textbook"):
        chosen = [r for r in rows if r[0] == group]
        if chosen:
            summary.append([f"done of the {len(chosen)} of the {group}"] + [count(chosen, c) for c in columns] + [union(chosen)])
    summary.append(["wrong answers"] + [sum(a[c]["state"] == "wrong" for _, _, a in rows) for c in columns] + [""])
    for what, name in (("t", "in the process"), ("whole", "whole process")):
        summary.append([f"median, {name}"] + [middle([a[c][what] for _, _, a in rows if right(a, c)], seconds) for c in columns] + [""])
    summary.append(["slowest, in the process"] + [seconds(max((a[c]["t"] for _, _, a in rows if right(a, c)), default=math.nan)) for c in columns] + [""])
    summary.append(["start of the program"] + ["in the whole"] + [seconds(starts[c]) for c in starts] + [""])
    for what, name in (("t", "in the process"), ("whole", "whole process")):
        summary.append([f"median ratio to ours on its own models, {name}", ""] + [middle(ratios(rows, c, what), times) for c in starts] + [""])
    if "sympy" in starts:
        inside, outside = ratios(rows, "sympy", "t"), ratios(rows, "sympy", "whole")
        bar(f"B6: median ratio to SymPy on the models that it does, in the process (whole process beside whole process: {middle(outside, times)})", statistics.median(inside) if inside else None, 500)
    bar("B6: models done, ours less those of all the others together", count(rows, OURS) - union(rows), 1, "")
    head = ["", OURS, *(SYSTEMS[s] for s in starts)]
    text = f"""{len(rows)} models that have a closed form: those of the corpus with one datum, and textbook tasks. Each other program has {options.model_limit:g} s of the processor a model, an even
share for each entry and way, what is left going to the next: −E[H] term by term, then at once (FriCAS: at once, then E[s sᵀ]), E[s sᵀ] for a law with a kink at a parameter; entries
free of the data are taken as they are. Domains are assumed, Maxima's questions answered, laws with cases cut into pieces by hand, the answer simplified by the program's own simplifier.
An answer counts where it is right at the row's points.

“In the process”: from the model as text to the printed page, checks included, of one more model in a program that runs ({COPIES} more in a file; nothing is kept from one to the next);
for the others from the model to the simplified matrix, in a session that runs (SymPy's caches cleared). “Whole process”: with the start-up, which is measured in this run.

"""
    text += table(head + ["all others together"], summary)
    each = [[i] + [cell(a[c]) for c in columns] + [times(a["sympy"]["t"] / a[OURS]["t"]) if "sympy" in starts and right(a, "sympy") else "—"] for _, i, a in rows]
    return text + "\n\n<details><summary>Each model</summary>\n\n" + table(["model", OURS, *(SYSTEMS[s] for s in starts), "SymPy / bartlett"], each) + "\n\n</details>"
