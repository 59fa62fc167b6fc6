"""What the spec leaves out, and what the finished bundle is held against."""

from pathlib import Path

import pytest

from shipping.contents import GPL_ONLY, allow_list, keeps, kept, strays

WHEEL = "/build/.venv-build/lib/python3.11/site-packages"
LISTS = Path(__file__).resolve().parents[3] / "packaging" / "allowed"


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6\\Qt6VirtualKeyboard.dll",
        "PySide6/Qt/lib/QtVirtualKeyboard.framework/Versions/A/QtVirtualKeyboard",
        "PySide6/QtCharts.abi3.so",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6\\plugins\\imageformats\\qgif.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/egldeviceintegrations/libqeglfs-x11-integration.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6\\opengl32sw.dll",
        "PySide6\\Qt6Quick.dll",  # nothing links it on Windows
        "PySide6\\plugins\\platforms\\qdirect2d.dll",
        "PIL/_avif.cpython-311-x86_64-linux-gnu.so",
        "pillow.libs/libavif-c6062d5f.so.16.4.2",
    ],
)
def test_left_out_on_every_system(place: str) -> None:
    assert not keeps(place, f"{WHEEL}/{place}")


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",  # the media plugin links it
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/translations/qtbase_en.qm",
        "PySide6\\translations\\qtbase_en.qm",
        "cerbo_desktop/resources/translations/cerbo_en.qm",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\plugins\\multimedia\\windowsmediaplugin.dll",
        "PySide6\\Qt6Core.dll",
        "PIL/_webp.cpython-311-x86_64-linux-gnu.so",
        "pi_heif.libs/libheif-7a3e919c.so.1.23.0",
        "cryptography/hazmat/bindings/_rust.abi3.so",
    ],
)
def test_kept(place: str) -> None:
    assert keeps(place, f"{WHEEL}/{place}")


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [("libglib-2.0.so.0", False), ("libstdc++.so.6", False), ("libssl.so.3", True), ("libxcb-cursor.so.0", True)],
)
def test_of_the_build_machines_own_libraries_only_named_ones_come_along(name: str, is_kept: bool) -> None:
    assert keeps(name, f"/usr/lib/x86_64-linux-gnu/{name}") is is_kept
    assert keeps(name, f"{WHEEL}/somewhere/{name}")


def test_a_link_goes_with_what_it_leads_to() -> None:
    quick, pdf = "PySide6/Qt/lib/libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Pdf.so.6"
    files = [(quick, f"{WHEEL}/{quick}", "BINARY"), (pdf, f"{WHEEL}/{pdf}", "BINARY")]
    to_quick, to_pdf = ("libQt6Quick.so.6", quick, "SYMLINK"), ("libPdfReader.so", pdf, "SYMLINK")
    from_below = ("PySide6/Qt/plugins/libQuick.so", "../lib/libQt6Quick.so.6", "SYMLINK")
    assert kept([*files, to_quick, to_pdf, from_below]) == [files[0], to_quick, from_below]
    assert kept([to_quick, to_pdf], also_there=[files[0]]) == [to_quick]


def _bundle(top: Path, *places: str) -> Path:
    for place in places:
        (top / place).parent.mkdir(parents=True, exist_ok=True)
        (top / place).write_bytes(b"")
    return top


def test_a_file_that_no_pattern_allows_is_a_stray(tmp_path: Path) -> None:
    bundle = _bundle(tmp_path, "certifi/cacert.pem", "certifi/notes.txt", "PIL/_webp.cpython-311.so")
    assert strays(bundle, ["certifi/cacert.pem", "PIL/*.so"]) == ["certifi/notes.txt"]


def test_a_gpl_only_file_is_a_stray_whatever_the_list_says(tmp_path: Path) -> None:
    bundle = _bundle(tmp_path, "lib/libQt6Core.so.6", "lib/libQt6VirtualKeyboard.so.6", "lib/libx265-1.so")
    assert strays(bundle, ["*"]) == ["lib/libQt6VirtualKeyboard.so.6", "lib/libx265-1.so"]


def test_a_link_counts_as_what_it_leads_to_and_never_out_of_the_bundle(tmp_path: Path) -> None:
    bundle = _bundle(tmp_path / "bundle", "lib/good.so", "lib/other.so")
    outside = tmp_path / "outside.so"
    outside.write_bytes(b"")
    (bundle / "good.so").symlink_to("lib/good.so")
    (bundle / "bad.so").symlink_to("lib/other.so")
    (bundle / "out.so").symlink_to(outside)
    (bundle / "nowhere.so").symlink_to("lib/gone.so")
    assert strays(bundle, ["lib/good.so"]) == ["bad.so", "lib/other.so", "nowhere.so", "out.so"]


@pytest.mark.parametrize("file", sorted(LISTS.glob("*.txt")), ids=lambda file: file.stem)
def test_the_lists_name_every_qt_library_and_no_gpl_only_one(file: Path) -> None:
    patterns = allow_list(file)
    assert patterns
    assert not [pattern for pattern in patterns if any(part in pattern.lower() for part in GPL_ONLY)]
    own_names = [pattern for pattern in patterns if "Qt6" in pattern and "FFmpegStub" not in pattern]
    assert own_names
    assert not [pattern for pattern in own_names if "*" in pattern]


def test_a_stand_in_of_the_rehearsal_is_a_stray_in_the_program_for_windows(tmp_path: Path) -> None:
    stand_ins = sorted(file.stem for file in (LISTS.parent / "windows" / "stand-ins").glob("*.c"))
    assert stand_ins
    bundle = _bundle(tmp_path, "python311.dll", *(f"{name}.dll" for name in stand_ins))
    assert strays(bundle, allow_list(LISTS / "windows.txt")) == [f"{name}.dll" for name in stand_ins]


def test_remarks_and_empty_lines_of_a_list_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# why\n\nlib/*.so  # all of them\n", "utf-8")
    assert allow_list(file) == ["lib/*.so"]
