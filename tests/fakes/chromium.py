"""What Chromium shows of pictures: the one inside Qt, in a process of its own, by a page that draws them.

Run as a module it takes the path of the page, and prints what that has in its variable `shown`.
"""

import base64
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

_LONGEST_S = 100
_PAGE = """<script>
const pictures = %s, shown = {};
for (const [name, address] of Object.entries(pictures)) {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    canvas.getContext("2d").drawImage(image, 0, 0);
    shown[name] = canvas.toDataURL("image/png");
    told();
  };
  image.onerror = () => { shown[name] = ""; told(); };
  image.src = address;
}
function told() {
  if (Object.keys(shown).length == Object.keys(pictures).length) document.title = "shown";
}
</script>"""


def shown_by_chromium(pictures: Mapping[str, tuple[str, bytes]], folder: Path) -> dict[str, Image.Image | None]:
    """What it shows of each picture, a media type and its bytes, as RGB in sRGB; None where it can't."""
    addresses = {
        name: f"data:{kind};base64,{base64.b64encode(data).decode()}" for name, (kind, data) in pictures.items()
    }
    page = folder / "pictures.html"
    page.write_text(_PAGE % json.dumps(addresses))
    done = subprocess.run(
        [sys.executable, "-m", "tests.fakes.chromium", str(page)],
        env=os.environ | _settings(),
        capture_output=True,
        check=True,
        timeout=_LONGEST_S,
    )
    drawn = json.loads(done.stdout.splitlines()[-1])
    return {name: _picture(address) for name, address in drawn.items()}


def _settings() -> dict[str, str]:
    flags = "--disable-gpu --force-color-profile=srgb"
    is_root = sys.platform == "linux" and os.geteuid() == 0
    return {
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_CHROMIUM_FLAGS": flags,
        **({"QTWEBENGINE_DISABLE_SANDBOX": "1"} if is_root else {}),
    }


def _picture(address: str) -> Image.Image | None:
    if not address:
        return None
    with Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))) as opened:
        return opened.convert("RGB")


def _show(page_file: str) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtWebEngineCore import QWebEnginePage
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    page = QWebEnginePage()

    def print_and_end(shown: str) -> None:
        print(shown)
        application.quit()

    def take(title: str) -> None:
        if title == "shown":
            page.runJavaScript("JSON.stringify(shown)", 0, print_and_end)

    page.titleChanged.connect(take)
    page.load(QUrl.fromLocalFile(page_file))
    application.exec()
    page.deleteLater()


if __name__ == "__main__":
    _show(sys.argv[1])
