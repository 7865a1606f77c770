"""Cases with names, in groups: how they are declared, run and told."""

import signal
import time
import traceback

# A case that waits for ever is a failure like others, and not the end of the suite; none takes a tenth of it.
CASE_SECONDS = 120


class Failed(Exception):
    """What a case expected and did not find."""


def _overdue(number, frame):
    raise Failed(f"was not done after {CASE_SECONDS} s")


signal.signal(signal.SIGALRM, _overdue)


class Group:
    """The cases of one module. `needs_server` is false for those that look at bytes alone."""

    def __init__(self, name, needs_server=True):
        self.name = name
        self.needs_server = needs_server
        self.cases = []

    def case(self, name):
        def declare(function):
            self.add(name, function)
            return function

        return declare

    def add(self, name, function):
        if any(known == name for known, _ in self.cases):
            raise ValueError(f"two cases '{name}' in {self.name}")
        self.cases.append((name, function))

    def run(self, world, wanted):
        """Runs the wanted cases; tells one line, and each failure in full. How many passed and failed."""
        passed, failures, began = 0, [], time.monotonic()
        for name, function in self.cases:
            if wanted and not any(word in f"{self.name}: {name}" for word in wanted):
                continue
            if world.verbose:
                print(f"  {name}", flush=True)
            try:
                signal.alarm(CASE_SECONDS)
                function(world)
                passed += 1
            except Exception:
                failures.append((name, traceback.format_exc(limit=-6)))
            finally:
                signal.alarm(0)
                world.end_case()
        if passed or failures:
            seconds = time.monotonic() - began
            counts = f"{passed:>4} passed {len(failures):>3} failed"
            print(f"{self.name:<14}{counts}  {seconds:5.1f} s", flush=True)
        for name, trace in failures:
            print(f"\nFAILED  {self.name}: {name}\n{trace}", flush=True)
        return passed, len(failures)


def expect(actual, wanted, what=""):
    if actual != wanted:
        raise Failed(f"{what or 'value'}: {shown(actual)}, expected {shown(wanted)}")


def expect_true(condition, what):
    if not condition:
        raise Failed(what)


def expect_refusal(code, function, *arguments):
    """That reading gives this code of errors.md."""
    from kossync.tables import Refusal

    try:
        function(*arguments)
    except Refusal as refusal:
        expect(refusal.code, code, f"refused ({refusal}) with")
    else:
        raise Failed(f"was taken, expected {code}")


def shown(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(shown, value)) + "]"
    return repr(value)
