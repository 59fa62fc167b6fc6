"""The commands of every screen. Shortcuts, tooltips, key hints, menus and the help page are made of these rows."""

import sys

from cerbo_desktop.ui.commands.command import Command, Table, When
from cerbo_desktop.ui.text import command_groups as groups, commands as words

MAX_NAMESAKE_KEYS = 9
_ENTER = ("Return", "Enter")
_ARROWS = ("Left", "Right", "Up", "Down")
_QUIT = (Command(id="quit", words=words.quit_app, keys=("Ctrl+Q",)),) if sys.platform != "win32" else ()
"""Windows has no such key."""

MAIN = Table(
    "main",
    groups.everywhere,
    (
        Command(id="search", words=words.search, keys=("Ctrl+F",), when=When.NO_SHEET),
        Command(id="files", words=words.add_files, keys=("Ctrl+O",), when=When.NO_SHEET),
        Command(id="paste", words=words.paste, keys=("Ctrl+V",), when=When.NO_SHEET),
        Command(id="shutter", words=words.take_or_open_camera, keys=("F8",), when=When.NO_SHEET),
        Command(id="next_pane", words=words.next_pane, keys=("F6",), when=When.NO_SHEET),
        Command(id="previous_pane", words=words.previous_pane, keys=("Shift+F6",), when=When.NO_SHEET),
        Command(id="look_again", words=words.look_again, keys=("F5", "Ctrl+R"), when=When.NO_SHEET),
        Command(id="today", words=words.back_to_today, keys=("Alt+Home",), when=When.NO_SHEET),
        Command(id="settings", words=words.settings, keys=("Ctrl+,",), when=When.NO_SHEET),
        Command(id="back", words=words.step_back, keys=("Esc",)),
        Command(id="leave", words=words.leave, keys=("Ctrl+W",)),
        Command(id="help", words=words.help_and_keys, keys=("F1", "?"), mac_keys=("Ctrl+?", "F1", "?")),
        *_QUIT,
    ),
)

LISTS = Table(
    "lists",
    groups.lists,
    (
        Command(id="move", words=words.move, keys=("Up", "Down"), is_of_widget=True),
        Command(id="open", words=words.open_patient, keys=_ENTER, is_of_widget=True),
        Command(
            id="namesake",
            words=words.choose_namesake,
            keys=tuple(f"Alt+{place}" for place in range(1, MAX_NAMESAKE_KEYS + 1)),
            when=When.NAMESAKES,
        ),
        Command(id="clear", words=words.clear_search, keys=("Esc",), is_of_widget=True),
    ),
)

ALBUM = Table(
    "album",
    groups.album,
    (
        Command(id="open", words=words.open_photo, keys=_ENTER, is_of_widget=True),
        Command(id="camera", words=words.open_camera, keys=("Space",), when=When.PATIENT),
        Command(id="cerbo", words=words.open_cerbo, keys=("O",), when=When.LINKED),
        Command(id="move", words=words.move_in_album, keys=_ARROWS, is_of_widget=True),
        Command(id="years", words=words.jump_to_year, keys=("Ctrl+Y",), is_of_widget=True),
        Command(id="mark", words=words.mark_photo, keys=("Ctrl+Space",), is_of_widget=True),
        Command(id="mark_run", words=words.mark_run, keys=tuple(f"Shift+{a}" for a in _ARROWS), is_of_widget=True),
        Command(id="mark_all", words=words.mark_all_photos, keys=("Ctrl+A",), is_of_widget=True),
        Command(id="clear_marks", words=words.clear_marks, keys=("Esc",), is_of_widget=True),
    ),
)

VIEWER = Table(
    "viewer",
    groups.viewer,
    (
        Command(id="previous", words=words.previous_photo, keys=("Left", "PgUp")),
        Command(id="next", words=words.next_photo, keys=("Right", "PgDown")),
        Command(id="first", words=words.first_photo, keys=("Home",)),
        Command(id="last", words=words.last_photo, keys=("End",)),
        Command(id="zoom_in", words=words.zoom_in, keys=("+", "=", "Ctrl++", "Ctrl+=")),
        Command(id="zoom_out", words=words.zoom_out, keys=("-", "Ctrl+-")),
        Command(id="fit", words=words.fit, keys=("0", "Ctrl+0")),
        Command(id="actual", words=words.actual_size, keys=("Z",)),
        Command(id="rotate", words=words.rotate, keys=("R",)),
        Command(id="details", words=words.details, keys=("I",)),
        Command(id="full_screen", words=words.full_screen, keys=("F", "F11"), mac_keys=("Ctrl+Meta+F", "F", "F11")),
        Command(id="pan", words=words.pan, keys=tuple(f"Shift+{arrow}" for arrow in _ARROWS)),
        Command(id="back", words=words.back_to_album, keys=("Esc",), with_any_modifier=True),
    ),
)

CAPTURE = Table(
    "capture",
    groups.capture,
    (
        Command(id="take", words=words.take_photo, keys=("Space",), when=When.CAMERA, with_any_modifier=True),
        Command(id="shutter", words=words.take_or_open_camera, keys=("F8",), with_any_modifier=True),
        Command(id="retake", words=words.retake, keys=("R",), when=When.CAMERA),
        Command(id="choose", words=words.choose_shot, keys=tuple("123456789"), when=When.SHOTS),
        Command(id="remove", words=words.remove_shot, keys=("Del", "Backspace"), when=When.SHOTS, is_of_widget=True),
        Command(id="see_both", words=words.see_both, keys=("V",), when=When.SHOTS),
        Command(id="send_anywhere", words=words.send_from_anywhere, keys=("Ctrl+Return", "Ctrl+Enter")),
        Command(id="send", words=words.send, keys=_ENTER, with_any_modifier=True),
        Command(id="files", words=words.add_files, keys=("Ctrl+O",)),
        Command(id="paste", words=words.paste, keys=("Ctrl+V", "Shift+Ins")),
        Command(id="leave", words=words.leave_capture, keys=("Esc",), is_of_widget=True),
    ),
)

SEE_BOTH = Table(
    "see both",
    groups.see_both,
    (
        Command(id="use", words=words.use_version, keys=_ENTER, with_any_modifier=True),
        Command(id="leave_out", words=words.leave_file_out, keys=("Del", "Backspace")),
        Command(id="next", words=words.next_file, keys=("Down",)),
        Command(id="previous", words=words.previous_file, keys=("Up",)),
        Command(id="link", words=words.link_versions, keys=("L",)),
        Command(id="zoom_in", words=words.zoom_in, keys=("+", "=", "Ctrl++", "Ctrl+=")),
        Command(id="zoom_out", words=words.zoom_out, keys=("-", "Ctrl+-")),
        Command(id="fit", words=words.fit, keys=("0", "Ctrl+0")),
        Command(id="actual", words=words.actual_size, keys=("Z",)),
        Command(id="pan", words=words.pan, keys=tuple(f"Shift+{arrow}" for arrow in _ARROWS)),
        Command(id="back", words=words.back_to_files, keys=("Esc",), is_of_widget=True),
    ),
)

ID_CARD = Table(
    "id card",
    groups.id_photo,
    (
        Command(id="take", words=words.take_photo, keys=("Space", "F8"), with_any_modifier=True),
        Command(id="retake", words=words.retake, keys=("R",), when=When.KEPT),
        Command(id="send", words=words.send, keys=_ENTER, when=When.KEPT, with_any_modifier=True),
        Command(id="dismiss", words=words.not_now, keys=("Esc",), with_any_modifier=True),
    ),
)

UPLOADS = Table(
    "uploads",
    groups.uploads,
    (
        Command(id="move", words=words.move, keys=("Up", "Down"), is_of_widget=True),
        Command(id="menu", words=words.what_can_be_done, keys=_ENTER, when=When.IN_CERBO, with_any_modifier=True),
        Command(id="take_back", words=words.take_back, keys=("Del",), when=When.IN_CERBO, with_any_modifier=True),
        Command(id="collapse", words=words.collapse_uploads, keys=("Esc",), is_of_widget=True),
    ),
)

TABLES = (MAIN, LISTS, ALBUM, VIEWER, CAPTURE, SEE_BOTH, ID_CARD, UPLOADS)
