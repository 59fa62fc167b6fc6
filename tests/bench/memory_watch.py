"""Looks at the memory of a process and its children until its input ends; answers each line of it.

python -m tests.bench.memory_watch PROCESS_ID
"""

import select
import sys

from tests.bench.memory import pss_of_all_bytes

_LOOK_S = 0.05


def main(process_id: int) -> None:
    peak_bytes = 0
    while True:
        is_asked = bool(select.select([sys.stdin], [], [], _LOOK_S)[0])
        now_bytes = pss_of_all_bytes(process_id)
        peak_bytes = max(peak_bytes, now_bytes)
        if is_asked:
            asked = sys.stdin.readline()
            if not asked:
                return
            if asked == "reset\n":
                peak_bytes = now_bytes
            print(peak_bytes if asked == "peak\n" else now_bytes, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
