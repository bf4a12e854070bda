"""An algebra program kept at its prompt: what is asked, how long it computes, and its end where that is too long."""
import os, re, resource, select, signal, subprocess, time

READY = re.compile(r"@@RES(.*?)@@END", re.S)
MEMORY = 10 << 30       # bytes of address space


class Ended(Exception):
    """It took longer than it had, or left its prompt."""


class Session:
    """`command` reads statements on standard input; `greet` are those that end with an empty answer between the marks."""

    def __init__(self, command, greet, answer=None):
        self.answer, self.seen = answer, ""
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0, start_new_session=True,
                                        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)))
        self.ask(greet, 20)
        self.start = self.cpu()

    def cpu(self):
        """Seconds of the processor so far, all threads: the clock that Linux keeps of each process."""
        try:
            return time.clock_gettime(~self.process.pid << 3 | 2)
        except OSError:
            raise Ended from None

    def ask(self, statements, limit):
        """What stands between the marks, once it is there."""
        begin, wall = self.cpu(), time.monotonic()
        before, still = begin, wall
        self.seen = ""
        try:
            self.process.stdin.write(statements.encode() + b"\n")
        except BrokenPipeError:
            raise Ended from None
        while True:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.05)
            now, here = self.cpu(), time.monotonic()
            if ready:
                part = os.read(self.process.stdout.fileno(), 1 << 16)
                if not part:
                    self.end()
                    raise Ended
                self.seen += part.decode("utf-8", "replace")
                if found := READY.search(self.seen):
                    return found.group(1).strip()
                if self.answer and (question := re.search(r"((?:Is|is|Does)\b[^?]*)\?\s*$", self.seen)):
                    self.seen = ""
                    self.process.stdin.write(self.answer(question.group(1)).encode() + b"\n")
            if now > before or ready:
                before, still = now, here
            if now - begin > limit or here - wall > 20 * limit + 20 or here - still > 5 or len(self.seen) > 2_000_000:
                self.end()
                raise Ended

    def end(self):
        """Ends this process and what it started."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
