"""Programs that are asked in turn, and processes that are timed as a whole."""
import json, os, select, statistics, subprocess, time
from words import say, shown

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PYTHON = os.path.join(ROOT, "target", "benches-python", "bin", "python")
GINAC = os.path.join(ROOT, "target", "benches-native", "ginac")
BENCH = os.path.join(ROOT, "target", "release", "bartlett-bench")
PROGRAM = os.path.join(ROOT, "target", "release", "bartlett")
DENSITIES = os.path.join(ROOT, "benches", "densities.tsv")
PEERS = os.path.join(ROOT, "benches", "peers")
OURS = "bartlett"
TICK = os.sysconf("SC_CLK_TCK")


class Worker:
    """A program that answers one request a line. One that is too slow is ended, and asked no larger size of the same case."""

    def __init__(self, peer):
        self.peer, self.process, self.given_up = peer, None, set()

    def start(self):
        command = {OURS: [BENCH], "ginac": [GINAC, DENSITIES]}.get(self.peer, [PYTHON, os.path.join(PEERS, "worker.py"), self.peer])
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
        self.rest = b""

    def ask(self, family, case, size, limit):
        if (family, case) in self.given_up:
            return {"fail": f"> {limit:g} s"}
        if self.process is None:
            try:
                self.start()
            except FileNotFoundError:
                return {"fail": "not installed"}
        before, begin = self.cpu(), time.monotonic()
        try:
            self.process.stdin.write(f"{family} {case} {size}\n".encode())
        except BrokenPipeError:
            self.end()
            return {"fail": "ended"}
        while b"\n" not in self.rest:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.25)
            if ready:
                part = os.read(self.process.stdout.fileno(), 1 << 16)
                if not part:
                    self.end()
                    self.given_up.add((family, case))
                    return {"fail": "ended"}
                self.rest += part
            elif self.cpu() - before > limit or time.monotonic() - begin > 20 * limit:
                self.end()
                self.given_up.add((family, case))
                return {"fail": f"> {limit:g} s"}
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line)

    def cpu(self):
        try:
            fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / TICK
        except (OSError, AttributeError):
            return 0.0

    def end(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


def in_turn(family, cases, peers, rounds, limit):
    """{(case, size): {peer: answer with the median of t}}; cases: [(case, [sizes])]."""
    workers, found = {p: Worker(p) for p in peers}, {}
    for case, sizes in cases:
        for size in sizes:
            answers = {p: [] for p in peers}
            for number in range(rounds):
                for peer in peers:
                    if answers[peer] and ("fail" in answers[peer][-1] or number and answers[peer][-1]["t"] > limit / 2):
                        continue        # what fails, fails again; what is slow is asked once
                    answers[peer].append(workers[peer].ask(family, case, size, limit))
            found[case, size] = {p: median(a) for p, a in answers.items()}
            say(f"{family} {case} {size}: " + ", ".join(f"{p} {shown(a)}" for p, a in found[case, size].items()))
    for worker in workers.values():
        worker.end()
    return found


def median(answers):
    good = [a for a in answers if "fail" not in a]
    if not good:
        return answers[-1]
    result = dict(good[-1])
    for key in ("t", "wall", "prepared"):
        if key in result:
            result[key] = statistics.median(a[key] for a in good)
    result["peak"] = max(a.get("peak", 0) for a in good)
    return result


def spent(command, rounds):
    """Median (processor seconds, wall seconds) of whole processes: user and system time of each, as the kernel keeps it for one that has ended.

    Spawned without a copy of this process, whose pages it would otherwise have to take leave of; one more run goes before, uncounted."""
    silent = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, flags, 0) for fd, flags in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY))]
    rows = []
    for _ in range(rounds + 1):
        begin = time.perf_counter()
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
        _, _, usage = os.wait4(pid, 0)
        rows.append((usage.ru_utime + usage.ru_stime, time.perf_counter() - begin))
    return tuple(statistics.median(column) for column in zip(*rows[-rounds:]))
