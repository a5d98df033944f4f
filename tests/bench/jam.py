"""The stopwatch of the benchmark."""

import statistics
import time
from collections.abc import Callable


def detik(kerja: Callable[[], object], kali: int = 1) -> float:
    """The median time of *kerja* in seconds."""
    waktu = []
    for _ in range(kali):
        mulai = time.perf_counter()
        kerja()
        waktu.append(time.perf_counter() - mulai)
    return statistics.median(waktu)
