"""Shows which files may be deleted now that Cerbo has their photos, and passes on what a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cerbo_desktop.services.originals import OfferId, Originals

if TYPE_CHECKING:
    from cerbo_desktop.ui.uploads.view import UploadTray


class OriginalsPresenter:
    """Follows the offers from the first to the last."""

    def __init__(self, tray: UploadTray, originals: Originals) -> None:
        tray.delete_originals_clicked.connect(lambda one: originals.delete(OfferId(one)))
        tray.keep_originals_clicked.connect(lambda one: originals.keep(OfferId(one)))
        self.close = originals.feed.subscribe(tray.show_originals)
        """Show no more offers."""
