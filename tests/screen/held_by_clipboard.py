"""What another program gets of the clipboard and of the selection: for each, as JSON, its text and its formats.

python -m tests.screen.held_by_clipboard
"""

import json

from PySide6.QtGui import QClipboard, QGuiApplication

app = QGuiApplication([])
clipboard = QGuiApplication.clipboard()
held = {mode.name: clipboard.mimeData(mode) for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)}
print(json.dumps({name: [data.text(), data.formats()] for name, data in held.items()}))
