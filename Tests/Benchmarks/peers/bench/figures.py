"""The sizes of the workloads, and figures printed as JSON lines."""

import json
import time

CASES, UPDATES, FIELDS = 100, 100, 20  # 100 case records x 100 updates over 20 fields
TOTAL_UPDATES = CASES * UPDATES


def field_name(update):
    return f"field{update % FIELDS}"


def field_value(case, update):
    """About 40 characters, different in each update."""
    return f"value {case} {update} some text of a case note"


def field_updates():
    """Every update of the field workload, in order: (case, field, value)."""
    for case in range(CASES):
        for update in range(UPDATES):
            yield case, field_name(update), field_value(case, update)


def emit(peer, workload, **figures):
    rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in figures.items()}
    print(json.dumps({"peer": peer, "workload": workload, **rounded}), flush=True)


def timed(body):
    """The body's result and the milliseconds that it took."""
    start = time.perf_counter()
    result = body()
    return result, (time.perf_counter() - start) * 1e3


def per_second(count, milliseconds):
    return count / milliseconds * 1e3


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else None
