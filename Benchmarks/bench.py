"""What the benchmarks share: how a command is measured, which captures there are, and what the floors of this machine are."""
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
OUT = os.path.join(ROOT, "bench-out")
SIPRECAP = os.path.join(ROOT, ".build/release/siprecap")


# Of all runs: for minutes after a removal ext4 looks through the inodes that were removed before it makes a file, so they go at the very end.
FOLDERS = []


def clean():
    for folder in FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)


def say(text):
    print(text, file=sys.stderr, flush=True)


def measure(command, accepted=(0,)):
    """Wall seconds, CPU seconds and peak megabytes of one run; output is thrown away. A command that is a text is a shell's."""
    command = ["bash", "-o", "pipefail", "-c", command] if isinstance(command, str) else command
    timer = shutil.which("time", path="/usr/bin")
    with tempfile.NamedTemporaryFile("r") as note:
        # GNU time starts the command from a small process: a child of Python would inherit Python's peak.
        prefix = [timer, "-o", note.name, "-f", "%M"] if timer else []
        before = time.perf_counter()
        child = subprocess.Popen(prefix + command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - before
        child.returncode = code = os.waitstatus_to_exitcode(status)
        if code not in accepted:
            raise RuntimeError(f"exit status {code}: {errors.decode(errors='replace').strip()[-400:]}")
        peak = int(note.read().split()[-1]) if timer else usage.ru_maxrss
    return wall, usage.ru_utime + usage.ru_stime, peak / 1024


def start_up(command, runs):
    """Least and median milliseconds of wall time, and least of CPU time, of something that is over at once."""
    walls, cpus = [], []
    with open(os.devnull, "r+b") as null:
        actions = [(os.POSIX_SPAWN_DUP2, null.fileno(), number) for number in (0, 1, 2)]
        for _ in range(runs):
            before = time.perf_counter()
            child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
            _, _, usage = os.wait4(child, 0)
            walls.append(1000 * (time.perf_counter() - before))
            cpus.append(1000 * (usage.ru_utime + usage.ru_stime))
    return min(walls), statistics.median(walls), min(cpus)


def make(arguments):
    done = subprocess.run([os.path.join(HERE, "make-capture")] + arguments, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout) if done.stdout.strip() else {}


def capture(size, live, kinds="pcmu", seconds=None):
    """The capture of these options, made when it is not there yet, and what is in it."""
    os.makedirs(OUT, exist_ok=True)
    name = f"{kinds.replace(',', '-')}-{size}MB-{live}-live" + (f"-{seconds}s" if seconds else "") + ".pcap"
    path = os.path.join(OUT, name)
    if not (os.path.exists(path) and os.path.exists(path + ".json")):
        say(f"making {os.path.relpath(path)} ...")
        facts = make([path, "--size-mb", str(size), "--recordings", str(live), "--kinds", kinds] + (["--seconds", str(seconds)] if seconds else []))
        with open(path + ".json", "w") as note:
            json.dump(facts, note)
    with open(path + ".json") as note:
        return path, json.load(note)


def remove(path):
    for name in (path, path + ".json"):
        if os.path.exists(name):
            os.remove(name)


def warm(path):
    """Brings the file into the page cache."""
    with open(path, "rb") as file:
        while file.read(1 << 22):
            pass


def chill(path):
    """Puts the file out of the page cache: what is written goes to the disk first."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def release(folder):
    """Puts outputs on the disk and out of the page cache: what the next run writes then finds memory that was in use before. Memory that a virtual
    machine has not had yet costs several times what writing does, all of it in the kernel."""
    os.sync()
    for where, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(where, name), "rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextlib.contextmanager
def disk_held_to(rate, path):
    """What is run meanwhile reads the disk that `path` lies on at `rate` octets/s at most; False where the system does not let us say so."""
    group = f"/sys/fs/cgroup/blkio/siprecap-bench-{os.getpid()}"
    try:
        number = os.stat(path).st_dev
        device = os.path.realpath(f"/sys/dev/block/{os.major(number)}:{os.minor(number)}")
        # A part of a disk is held by its disk.
        device = os.path.dirname(device) if os.path.exists(os.path.join(device, "partition")) else device
        with open(os.path.join(device, "dev")) as note:
            disk = note.read().strip()
        os.mkdir(group)
        put(f"{group}/blkio.throttle.read_bps_device", f"{disk} {rate}")
        put(f"{group}/cgroup.procs", str(os.getpid()))
        held = True
    except OSError:
        held = False
    try:
        yield held
    finally:
        if os.path.isdir(group):
            put("/sys/fs/cgroup/blkio/cgroup.procs", str(os.getpid()))
            os.rmdir(group)


def put(path, text):
    with open(path, "w") as file:
        file.write(text)


def floor_program(name, *libraries):
    """Compiles Benchmarks/floors/NAME.c when that is newer."""
    source, program = os.path.join(HERE, "floors", name + ".c"), os.path.join(OUT, "floor-" + name)
    os.makedirs(OUT, exist_ok=True)
    newest = max(os.path.getmtime(path) for path in (source, os.path.join(HERE, "floors", "floor.h")))
    if not os.path.exists(program) or os.path.getmtime(program) < newest:
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", *libraries], check=True, stdout=subprocess.PIPE, text=True).stdout.split() if libraries else []
        subprocess.run([os.environ.get("CC", "cc"), "-O2", "-o", program, source] + flags, check=True)
    return program


def floors():
    """Rates of one core, by name: floors/rates.c."""
    program = floor_program("rates", "opus", "libcrypto", "libsrtp2")
    payloads = os.path.join(OUT, "opus.payloads")
    make(["--opus-payloads", payloads])
    say("measuring the floors")
    done = subprocess.run([program, "--folder", OUT, payloads], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def print_floors(rates):
    rows = [
        ("SHA-256, libcrypto", "sha256OctetsPerSecond", 1e9, "GB/s"), ("open SRTP, libcrypto, 182 octets, 1,000 streams in turn", "unprotectPacketsPerSecond", 1e6, "million packets/s"),
        ("open SRTP, libsrtp2 as installed", "libsrtp2PacketsPerSecond", 1e6, "million packets/s"), ("G.711 by a table of 256", "g711PacketsPerSecond", 1e6, "million packets/s"),
        ("Opus to 48 kHz, libopus, 20 ms", "opusPacketsPerSecond", 1e3, "thousand packets/s"),
        ("write, blocks of 32 KiB", "write32KiBOctetsPerSecond", 1e9, "GB/s"), ("write, blocks of 64 KiB", "write64KiBOctetsPerSecond", 1e9, "GB/s"),
        ("write, blocks of 256 KiB", "write256KiBOctetsPerSecond", 1e9, "GB/s"),
        ("write, blocks of 1 MiB", "write1MiBOctetsPerSecond", 1e9, "GB/s"),
    ]
    print("\n| floor of one core | rate by CPU time |\n|---|--:|")
    for text, key, unit, name in rows:
        print(f"| {text} | {rates[key] / unit:.2f} {name} |")


class Targets:
    """The lines that say whether a target of ours is met."""

    def __init__(self):
        self.rows = []

    def add(self, text, value, unit, least=None, most=None):
        met = (least is None or value >= least) and (most is None or value <= most)
        bound = f"≥ {least:g}" if least is not None else f"≤ {most:g}"
        self.rows.append((text, f"{bound} {unit}".strip(), f"{value:,.2f} {unit}".strip(), met))

    def print(self):
        print("\n| target | bound | measured | |\n|---|--:|--:|---|")
        for text, bound, value, met in self.rows:
            print(f"| {text} | {bound} | {value} | {'met' if met else 'NOT MET'} |")


class Table:
    """Runs commands in turn, rather than in blocks, so that a slow minute of the machine hits all of them; the medians count."""

    def __init__(self, siprecap=SIPRECAP):
        self.siprecap = siprecap
        self.commands = []
        self.failures = {}
        self.medians = {}
        self.least = {}
        self.written = {}

    def add(self, name, command, once=False):
        words = command if isinstance(command, list) else [command.split()[0]]
        if shutil.which(words[0]):
            self.commands.append((name, command, once))
        else:
            say(f"skipped: {name} ({words[0]} is not there)")

    def add_siprecap(self, name, command, path, *options):
        """`reconstruct` gets a new folder for each run."""
        self.add(name, [self.siprecap, command, path, *options] + (["-o", "@"] if command == "reconstruct" else []))

    def run(self, runs):
        results = {name: [] for name, _, _ in self.commands}
        for turn in range(runs):
            for name, command, once in self.commands:
                if name in self.failures or (once and turn):
                    continue
                if "@" in command and isinstance(command, list):
                    FOLDERS.append(os.path.join(OUT, f"recordings-{os.getpid()}-{len(FOLDERS)}"))
                    command = [FOLDERS[-1] if word == "@" else word for word in command]
                say(f"run {turn + 1}/{runs}: {name}")
                # 1 of siprecap is "finished, something doubtful".
                ours = isinstance(command, list) and command[0] == self.siprecap
                try:
                    results[name].append(measure(command, (0, 1) if ours else (0,)))
                except (RuntimeError, OSError) as problem:
                    self.failures[name] = str(problem)
                if ours and command[1] == "reconstruct":
                    # When much is waiting for the disk, the next run's writing takes several times the CPU.
                    release(FOLDERS[-1])
                    self.written[name] = sum(os.path.getsize(os.path.join(top, file)) for top, _, files in os.walk(FOLDERS[-1]) for file in files)
                    # Of several gigabytes there is no room for more than one.
                    if self.written[name] > 2e9:
                        shutil.rmtree(FOLDERS[-1], ignore_errors=True)
        for name, rows in results.items():
            if rows and name not in self.failures:
                self.medians[name] = tuple(statistics.median(column) for column in zip(*rows))
                self.least[name] = tuple(min(column) for column in zip(*rows))

    def cpu(self, name):
        """Least CPU seconds of the runs: other work on the machine only ever adds."""
        return max(self.least[name][1], 0.001)

    def print(self, facts, runs, base=None):
        size, packets = facts["bytes"] / 1e6, facts["packets"]
        print(f"\n{size:,.0f} MB, {packets:,} packets, {facts['live']:,} recording sessions at once, {facts['recordings']:,} in all, {facts['streams']:,} streams,"
              f" {facts['mediaSeconds']:.0f} s of media each; {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}; least of {runs} (median of wall)\n")
        print("| command | wall s | CPU s | MB/s | packets / CPU s | peak MB | CPU vs tshark |\n|---|--:|--:|--:|--:|--:|--:|")
        for name, (_, cpu, _) in self.least.items():
            wall, peak = self.medians[name][0], self.medians[name][2]
            ratio = f"{self.cpu(base) / max(cpu, 0.001):.1f} ×" if base in self.least else "—"
            print(f"| {name} | {wall:.2f} | {cpu:.2f} | {size / wall:,.0f} | {packets / max(cpu, 0.001):,.0f} | {peak:,.0f} | {ratio} |")
        for name, problem in self.failures.items():
            print(f"\nFAILED {name}: {problem}")
