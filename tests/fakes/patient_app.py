"""The app as its users start it, which waits as long as a test needs for a dialog for files that hangs.

python -m tests.fakes.patient_app OPTION...
"""

import sys

from cerbo_desktop.app.main import main
from cerbo_desktop.ui.file_dialog import process

if __name__ == "__main__":
    process.GIVE_UP_AFTER_S = 3_600
    sys.exit(main(sys.argv[1:]))
