"""What the kernel forbids the process that runs a reader's SQL: files, network, other processes, more privileges, new code.

DuckDB's own settings are one wall; this is another, for the day on which the first has a hole. The process opens what it needs, then gives up
everything else for good. Where a kernel lacks a part, the rest holds; `bilateral doctor` says what does.
"""

import ctypes
import json
import os
import struct
import sys
from collections.abc import Callable, Sequence
from types import ModuleType

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 4, 22, 38, 2
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = 0x8000000, 0x10000000, 0x40000000
LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446
"""The same numbers on every architecture, as those of all younger system calls."""

KEPT = {
    "x86_64": (0xC000003E, {
        "read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "lseek": 8, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
        "rt_sigreturn": 15, "pread64": 17, "writev": 20, "sched_yield": 24, "mremap": 25, "madvise": 28, "nanosleep": 35, "alarm": 37, "getpid": 39,
        "exit": 60, "getcwd": 79, "gettimeofday": 96, "getrusage": 98, "times": 100, "sigaltstack": 131, "gettid": 186, "futex": 202,
        "sched_getaffinity": 204, "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231,
        "getrandom": 318, "membarrier": 324, "rseq": 334,
    }, {"mmap": 9, "mprotect": 10}),
    "aarch64": (0xC00000B7, {
        "getcwd": 17, "close": 57, "lseek": 62, "read": 63, "write": 64, "writev": 66, "pread64": 67, "ppoll": 73, "fstat": 80, "exit": 93, "exit_group": 94,
        "futex": 98, "nanosleep": 101, "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "sched_getaffinity": 123, "sched_yield": 124,
        "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153, "getrusage": 165,
        "gettimeofday": 169, "getpid": 172, "gettid": 178, "brk": 214, "munmap": 215, "mremap": 216, "madvise": 233, "getrandom": 278,
        "membarrier": 283, "rseq": 293,
    }, {"mmap": 222, "mprotect": 226}),
}  # fmt: skip
"""By machine: its name to seccomp, the system calls that a query needs once everything is open, and those of them that must not make code."""

FORBIDDEN, ALLOWED, KILLED = 0x00050000 | 1, 0x7FFF0000, 0x80000000
"""What the filter answers: EPERM, go on, the end of a process that speaks for another machine."""
LOAD, EQUAL, HAS_BITS, ANSWER = 0x20, 0x15, 0x45, 0x06
"""Instructions of the filter."""
NUMBER_AT, MACHINE_AT, PROTECTION_AT, PROT_EXEC = 0, 4, 32, 4
"""Where a system call's number, machine and third argument stand, and the bit of the latter that makes memory run."""

LIMITS = "limits: no file opened or grown, no process, no core"
Walls = dict[str, bool]
"""What was asked of the kernel, in words, and whether it is so."""


def confine() -> Walls:
    """Give up, for good, all but computing and what is open: call it from the only thread, when everything is imported and opened."""
    if not sys.platform.startswith("linux"):
        return {LIMITS: _limited()}
    libc = ctypes.CDLL(None)
    parts: dict[str, Callable[[], bool]] = {
        "no new privileges": lambda: libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0,
        "network: one of its own with nothing in it": lambda: libc.unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0,
        "landlock: no file, no port, no signal to others": lambda: _landlocked(libc),
        "capabilities: none": lambda: _without_capabilities(libc),
        "memory: closed to other processes": lambda: libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0,
        LIMITS: _limited,
        "seccomp: computing alone": lambda: _filtered(libc),
    }
    return {name: part() for name, part in parts.items()}


class NotLearnt(Exception):
    """The process that tries it gave no answer, which says nothing of what the kernel does; the message says what became of it."""


def confinement(
    command: Sequence[str] = (sys.executable, "-m", "bilateral.ask.sandbox.confinement"), seconds: float = 120
) -> Walls:
    """What holds of it on this computer, tried in a process of its own. Raises NotLearnt where that gives no answer."""
    import subprocess  # only here: the process that is confined starts none

    try:
        tried = subprocess.run(command, capture_output=True, check=False, timeout=seconds)  # noqa: S603  our own
        return json.loads(tried.stdout)
    except subprocess.TimeoutExpired:
        raise NotLearnt(f"the process that tries it had not answered after {seconds:g} s; the machine is busy") from None
    except OSError as error:
        raise NotLearnt(f"the process that tries it could not be started ({error.strerror})") from None
    except ValueError:
        raise NotLearnt(f"the process that tries it ended with {tried.returncode} and without an answer") from None


def _limited() -> bool:
    if resource is None:
        return False
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))
    return True


def _landlocked(libc: ctypes.CDLL) -> bool:
    """Nothing of all that this kernel's Landlock can forbid is allowed; what it can is tried, bit by bit, as each version knows more."""
    handled = [_known_bits(libc, field) for field in range(3)]  # of files, of ports, of what lies outside
    rules = _ruleset(libc, handled)
    if rules < 0:
        return False
    is_done = libc.syscall(LANDLOCK_RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return is_done


def _known_bits(libc: ctypes.CDLL, field: int) -> int:
    known = 0
    for bit in range(64):
        rules = _ruleset(libc, [1 << bit if place == field else 0 for place in range(3)])
        if rules < 0:
            break
        os.close(rules)
        known |= 1 << bit
    return known


def _ruleset(libc: ctypes.CDLL, handled: list[int]) -> int:
    """A number of a new set of rules, negative where the kernel does not know all of this."""
    asked = struct.pack("QQQ", *handled)
    return libc.syscall(LANDLOCK_CREATE_RULESET, asked, len(asked), 0)


def _without_capabilities(libc: ctypes.CDLL) -> bool:
    version_3 = struct.pack("Ii", 0x20080522, 0)
    return libc.capset(version_3, bytes(24)) == 0


def _filtered(libc: ctypes.CDLL) -> bool:
    """All but a few system calls answer that it is not permitted, on the machines whose numbers are known here."""
    if os.uname().machine not in KEPT:
        return False
    program = b"".join(struct.pack("HBBI", *step) for step in _steps(*KEPT[os.uname().machine]))
    place = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(place))
    return libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0) == 0


def _steps(machine: int, kept: dict[str, int], mapping: dict[str, int]) -> list[tuple[int, int, int, int]]:
    """The filter: (instruction, steps to skip if so, if not, value)."""
    steps = [(LOAD, 0, 0, MACHINE_AT), (EQUAL, 1, 0, machine), (ANSWER, 0, 0, KILLED), (LOAD, 0, 0, NUMBER_AT)]
    for number in kept.values():
        steps += [(EQUAL, 0, 1, number), (ANSWER, 0, 0, ALLOWED)]
    for number in mapping.values():
        steps += [(EQUAL, 0, 4, number), (LOAD, 0, 0, PROTECTION_AT), (HAS_BITS, 1, 0, PROT_EXEC), (ANSWER, 0, 0, ALLOWED)]
        steps += [(ANSWER, 0, 0, FORBIDDEN)]
    return [*steps, (ANSWER, 0, 0, FORBIDDEN)]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(confine()) + "\n")
