"""What can be done by keys: the words of menus and of the help page. A key's own name is in `ui/text/keys.py`."""

from cerbo_desktop.ui.text.catalogue import translate

# Everywhere.


def search() -> str:
    return translate("Commands", "Search")


def add_files() -> str:
    return translate("Commands", "Add files")


def paste() -> str:
    return translate("Commands", "Paste a photo")


def next_pane() -> str:
    return translate("Commands", "Next pane")


def previous_pane() -> str:
    return translate("Commands", "Previous pane")


def take_or_open_camera() -> str:
    return translate("Commands", "Take photo or open the camera (foot pedal)")


def look_again() -> str:
    return translate("Commands", "Look again for new photos")


def settings() -> str:
    return translate("Commands", "Settings")


def step_back() -> str:
    return translate("Commands", "One step back, loses nothing")


def back_to_today() -> str:
    return translate("Commands", "Back to Today")


def leave() -> str:
    return translate("Commands", "Close what lies over the main page")


def quit_app() -> str:
    return translate("Commands", "Quit")


def help_and_keys() -> str:
    return translate("Commands", "Help and all keys")


# Lists.


def move() -> str:
    return translate("Commands", "Move in a list")


def open_patient() -> str:
    return translate("Commands", "Open the patient")


def choose_namesake() -> str:
    return translate("Commands", "Open a person among those with the same name")


def clear_search() -> str:
    return translate("Commands", "Empty the search box")


# The album and the viewer.


def open_cerbo() -> str:
    return translate("Commands", "Open in Cerbo")


def move_in_album() -> str:
    return translate("Commands", "Move in the album")


def jump_to_year() -> str:
    return translate("Commands", "Choose a year to jump to")


def mark_photo() -> str:
    return translate("Commands", "Mark the photo, or remove its mark")


def mark_run() -> str:
    return translate("Commands", "Mark the photos from here on")


def mark_all_photos() -> str:
    return translate("Commands", "Mark all photos")


def clear_marks() -> str:
    return translate("Commands", "Remove all marks")


def open_photo() -> str:
    return translate("Commands", "Open the photo, or try it again")


def open_camera() -> str:
    return translate("Commands", "Open the camera; on a chosen photo: mark it")


def previous_photo() -> str:
    return translate("Commands", "Previous photo")


def next_photo() -> str:
    return translate("Commands", "Next photo")


def first_photo() -> str:
    return translate("Commands", "First photo")


def last_photo() -> str:
    return translate("Commands", "Last photo")


def zoom_in() -> str:
    return translate("Commands", "Zoom in")


def zoom_out() -> str:
    return translate("Commands", "Zoom out")


def fit() -> str:
    return translate("Commands", "Fit")


def actual_size() -> str:
    return translate("Commands", "100 percent")


def rotate() -> str:
    return translate("Commands", "Rotate right, on screen only")


def details() -> str:
    return translate("Commands", "Details")


def full_screen() -> str:
    return translate("Commands", "Full screen")


def pan() -> str:
    return translate("Commands", "Move the photo")


def back_to_album() -> str:
    return translate("Commands", "Back to album")


# Camera, files and ID photo.


def take_photo() -> str:
    return translate("Commands", "Take photo")


def retake() -> str:
    return translate("Commands", "Retake last")


def choose_shot() -> str:
    return translate("Commands", "Choose or leave out a photo")


def see_both() -> str:
    return translate("Commands", "See a file large, as it is and as it is sent")


def remove_shot() -> str:
    return translate("Commands", "Remove the shot; leave the file out, or remove one that is left out")


def send() -> str:
    return translate("Commands", "Send")


def send_from_anywhere() -> str:
    return translate("Commands", "Send, wherever the focus is")


def leave_capture() -> str:
    return translate("Commands", "Close; asks first where photos are not sent")


def not_now() -> str:
    return translate("Commands", "Not now, or discard the photo")


# Both versions of a file.


def use_version() -> str:
    return translate("Commands", "Use the version to be sent, and show the next file")


def leave_file_out() -> str:
    return translate("Commands", "Leave the file out, or remove one that is left out, and show the next")


def link_versions() -> str:
    return translate("Commands", "Move both versions together, or each alone")


def next_file() -> str:
    return translate("Commands", "Next file")


def previous_file() -> str:
    return translate("Commands", "Previous file")


def back_to_files() -> str:
    return translate("Commands", "Back to all files")


# Uploads.


def what_can_be_done() -> str:
    return translate("Commands", "What can be done with a photo that is in Cerbo")


def take_back() -> str:
    return translate("Commands", "Take the photo back, or see what to do")


def collapse_uploads() -> str:
    return translate("Commands", "Collapse the uploads")
