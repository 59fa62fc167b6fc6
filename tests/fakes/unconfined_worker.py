"""The real worker as it is on a system whose kernel confines nothing."""

from cerbo_desktop.imaging import worker
from cerbo_desktop.imaging.confinement import Confinement

if __name__ == "__main__":
    vars(worker)["confine"] = lambda: Confinement.NOTHING
    worker.run_worker()
