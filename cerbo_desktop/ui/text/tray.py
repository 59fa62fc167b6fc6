"""The words of the uploads pane: its groups, rows, buttons, totals, and the list of the shift."""

from cerbo_desktop.ui.text.catalogue import translate


def uploads() -> str:
    return translate("Tray", "Uploads")


def collapse() -> str:
    return translate("Tray", "Collapse uploads")


def expand() -> str:
    return translate("Tray", "Show uploads")


def needs_attention() -> str:
    return translate("Tray", "Needs attention")


def on_the_way() -> str:
    return translate("Tray", "On the way to the chart")


def just_found() -> str:
    """Over photos that disappear from there after some minutes."""
    return translate("Tray", "Just found in the chart")


def photos_on_the_way() -> str:
    return translate("Tray", "Photos on the way")


def photos_found() -> str:
    return translate("Tray", "Photos found in the chart")


def rows_hint(key: str) -> str:
    return translate("Tray", "Press {key} for what can be done with a photo that is in Cerbo.").format(key=key)


def queue_not_read() -> str:
    return translate(
        "Tray",
        "Cerbo’s queue can’t be read just now. These photos reached it; whether staff have accepted them since isn’t "
        "known. The app keeps looking.",
    )


def all_sent() -> str:
    return translate("Tray", "All sent")


def nothing_sent() -> str:
    return translate("Tray", "Nothing sent yet")


def sent_photos_show_here() -> str:
    return translate("Tray", "Photos you send will show here.")


def in_chart(count: int) -> str:
    return translate("Tray", "%n in the chart.", "", count)


def waiting_for_staff(count: int) -> str:
    return translate("Tray", "%n (is|are) waiting for staff in Cerbo’s queue.", "", count)


def totals() -> str:
    """The line with today's totals. `{sent}` and `{found}` stand where two figures go, which are shown in bold."""
    return translate("Tray", "{sent} sent today, {found} found in chart")


# The card of several photos.


def photo_count(count: int) -> str:
    return translate("Tray", "%n photo(s)", "", count)


def more_photos(count: int) -> str:
    """In place of a name, over photos of several patients."""
    return translate("Tray", "%n more photo(s)", "", count)


def of_patients(count: int) -> str:
    return translate("Tray", "Of %n patient(s)", "", count)


def show_each(count: int) -> str:
    return translate("Tray", "Show %n photo(s) one by one", "", count)


def show_together() -> str:
    return translate("Tray", "Show them on one card")


# The rail that is left of a collapsed tray.


def need_attention(count: int) -> str:
    return translate("Tray", "%n need(s|) attention", "", count)


def count_on_the_way(count: int) -> str:
    return translate("Tray", "%n on the way to the chart", "", count)


# Buttons of the cards, and the menu of a row.


def sending_for(name: str) -> str:
    """The progress of a photo that is being sent."""
    return translate("Tray", "Sending photo for {name}").format(name=name)


def cancel_sending() -> str:
    return translate("Tray", "Cancel sending")


def take_again() -> str:
    """The button that opens the camera for the patient of a photo that can't be sent."""
    return translate("Tray", "Take again")


def remove_from_list() -> str:
    return translate("Tray", "Remove from list")


def this_one() -> str:
    return translate("Tray", "It is this one")


def another_photo() -> str:
    return translate("Tray", "Another photo")


def send_anyway() -> str:
    return translate("Tray", "Send anyway")


def do_not_send() -> str:
    return translate("Tray", "Don’t send")


def what_can_be_done() -> str:
    return translate("Tray", "What can be done with this photo")


def withdraw_from_queue() -> str:
    return translate("Tray", "Withdraw from Cerbo’s queue")


def not_there_after_all() -> str:
    return translate("Tray", "Not there after all")


def new_photo_spoken() -> str:
    return translate("Tray", "The new photo in the chart")


def sent_photo_spoken() -> str:
    return translate("Tray", "The photo that was sent")


def sent_from_here() -> str:
    return translate("Tray", "Sent from here")


def new_in_chart() -> str:
    return translate("Tray", "New in the chart")


# The list of the shift.


def shift_list() -> str:
    return translate("Tray", "Shift list")


def on_this_pc() -> str:
    return translate("Tray", "On this PC")


def nothing_sent_today() -> str:
    return translate("Tray", "Nothing was sent today.")
