"""The process as a whole: start-up, memory, threads, instructions."""
import json, os, shutil, subprocess
from words import bar, say, seconds, table
from workers import BENCH, OURS, PROGRAM, ROOT, Worker, in_turn, spent


NORMAL, GAMMA = "x ~ Normal(mu, sigma)", "x ~ Gamma(alpha, beta)"


def start(options):
    """Start-up, memory, several models at once"""
    rounds = 10 * options.rounds
    empty = spent([shutil.which("true"), "--"], rounds)
    version = spent([PROGRAM, "--version"], rounds)
    normal = spent([PROGRAM, "derive", NORMAL], rounds)
    gamma = spent([PROGRAM, "derive", GAMMA], rounds)
    bar("`bartlett --version`, process time", version[0] * 1e3, 5, " ms", False)
    bar("`bartlett derive` of a normal law, process time", normal[0] * 1e3, 5, " ms", False)
    size = 6
    ar1 = ", ".join("[" + ", ".join("s^2" if i == j else f"s^2*r^{abs(i - j)}" for j in range(size)) + "]" for i in range(size))
    six = f"y ~ MvNormal([{', '.join(['mu'] * size)}], [{ar1}]); s > 0; -1 < r < 1"
    vector = spent([PROGRAM, "derive", six], options.rounds)
    peak = lambda *request: f"{json.loads(subprocess.run([BENCH, *request], capture_output=True, text=True).stdout)['peak']:.0f}"
    text = table(["command", "processor", "wall", "peak MB"], [[c, seconds(t[0]), seconds(t[1]), m] for c, t, m in (
        ("`true`, which does nothing", empty, "—"), ("`bartlett --version`", version, peak("nothing")), ("`derive` of a normal law", normal, peak("derive", NORMAL)), ("`derive` of a gamma law", gamma, peak("derive", GAMMA)), ("`derive` of six normals, AR(1)", vector, peak("derive", six)))])
    text += f"\n\nProcessor: user and system time of the whole release process, median of {rounds}. Peak: of a process that does nothing else."
    corpus = [json.loads(l)["model"] for l in open(os.path.join(ROOT, "tests", "corpus", "rows", "continuous.jsonl"))]
    path = os.path.join(ROOT, "target", "benches-models.bart")
    with open(path, "w") as file:
        file.write("\n---\n".join(corpus) + "\n")
    jobs = {n: spent([PROGRAM, "derive", "-f", path, "--format", "json", "--jobs", str(n)], options.rounds) for n in (1, 2, 4) if n == 1 or n <= (os.cpu_count() or 1)}
    text += "\n\n" + table([f"file of {len(corpus)} models", "processor", "wall"], [[f"`--jobs {n}`", seconds(t[0]), seconds(t[1])] for n, t in jobs.items()])
    if 2 in jobs:
        bar("`--jobs 2`, wall of one job over wall of two", jobs[1][1] / jobs[2][1], 1.6)
    cores = in_turn("threads", [("1", [""]), ("2", [""])], [OURS], options.rounds, 10 * options.limit)
    one, two = cores["1", ""][OURS], cores["2", ""][OURS]
    text += "\n\n" + table(["expressions built and differentiated", "processor a thread", "wall"], [["one thread", seconds(one["t"]), seconds(one["wall"])], ["two threads, twice the work", seconds(two["t"]), seconds(two["wall"])]])
    bar("two threads on expressions, processor a thread over that of one", two["t"] / one["t"], 1.25, "×", False)
    many = Worker(OURS)
    answer = many.ask("many", str(options.derivations), "", 3600)
    many.end()
    resident = answer["resident"]
    text += f"\n\n{options.derivations:,} derivations in one process: {seconds(answer['each'])} each; memory {resident[1]:.1f} MB after a tenth, {resident[-1]:.1f} MB at the end; expressions alive {answer['alive_before']} before, {answer['alive_after']} after."
    bar(f"memory after {options.derivations:,} derivations over that after a tenth of them", resident[-1] / resident[1], 1.05, "×", False)
    return text


def instructions(options):
    """Instructions, by callgrind: they repeat to a few in a million"""
    if subprocess.run(["which", "valgrind"], capture_output=True).returncode:
        return "valgrind is not installed: not counted."
    cases = ["nothing", "densities all", "growth nest 200", "growth mixtures 8", "growth determinant 5", "algebra expand 8", "algebra inverse 4", f"derive {NORMAL}", f"derive {GAMMA}"]
    counts = {f"bartlett-bench {c}": counted([BENCH, *c.split(" ")]) for c in cases}
    counts |= {"bartlett --version": counted([PROGRAM, "--version"]), f"bartlett derive '{NORMAL}'": counted([PROGRAM, "derive", NORMAL]), f"bartlett derive '{GAMMA}'": counted([PROGRAM, "derive", GAMMA])}
    base = counts.pop("bartlett-bench nothing")
    if base is None or None in counts.values():
        return "valgrind did not run here: not counted."
    rows = [[f"`{c}`", f"{(n - (base if c.startswith('bartlett-bench') else 0)) / 1e6:.2f}"] for c, n in counts.items()]
    return table(["command", "million instructions"], rows) + f"\n\nThose of `bartlett-bench` less the {base / 1e6:.2f} million of its start; those of `bartlett` are of the whole process."


def counted(command):
    """Instructions of a process, or None."""
    ran = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], capture_output=True, text=True, env=os.environ | {"BARTLETT_BENCH_ONCE": "1"})
    count = next((int(l.split(":")[1].replace(",", "")) for l in ran.stderr.splitlines() if "Collected" in l), None)
    say(f"instructions {' '.join(command[1:])} {count}")
    return None if ran.returncode else count
