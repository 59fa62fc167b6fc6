"""Choosing a camera and a size, and telling a live camera from a dead one by its frames."""

import pytest

from cerbo_desktop.camera.devices import CameraInfo, CameraState, PictureSize, pick_camera, pick_size, sorted_sizes
from cerbo_desktop.camera.frame_watch import BLACK_FOR_S, FIRST_FRAME_S, SILENCE_S, FrameWatch

BRIO, BUILT_IN, INFRARED = (
    CameraInfo("b1", "Logitech Brio"),
    CameraInfo("c2", "Built-in"),
    CameraInfo("d3", "IR Camera"),
)


@pytest.mark.parametrize(
    "name",
    ["Infrared camera", "Integrated IR Camera", "HP IR Camera", "Windows Hello Face", "Depth sensor", "infra-red"],
)
def test_infrared_cameras_are_known_by_name(name: str) -> None:
    assert CameraInfo("x", name).is_infrared


@pytest.mark.parametrize("name", ["Logitech Brio", "Irix cam", "First camera", "Hello cam", "Mirror", ""])
def test_other_cameras_are_not_taken_for_infrared(name: str) -> None:
    assert not CameraInfo("x", name).is_infrared


def test_the_remembered_camera_wins() -> None:
    assert pick_camera((BRIO, BUILT_IN), "c2") == BUILT_IN


def test_without_a_memory_the_first_fit_one_is_taken() -> None:
    assert pick_camera((INFRARED, BRIO, BUILT_IN), "") == BRIO
    assert pick_camera((INFRARED, BRIO), "d3") == BRIO


def test_infrared_alone_is_no_camera() -> None:
    assert pick_camera((INFRARED,), "") is None


def test_sizes_come_largest_first_and_once() -> None:
    small, wide, large = PictureSize(640, 480), PictureSize(1280, 720), PictureSize(1920, 1080)
    assert sorted_sizes([small, large, wide, large]) == (large, wide, small)
    assert pick_size((large, small), "") == large
    assert pick_size((large, small), "640x480") == small
    assert pick_size((large, small), "1x1") == large
    assert pick_size((), "640x480") is None
    assert small.is_too_small
    assert not wide.is_too_small


def test_a_camera_starts_until_its_first_frame() -> None:
    watch = FrameWatch(100.0)
    assert watch.judge(100.0 + FIRST_FRAME_S - 0.1) is CameraState.STARTING
    assert watch.judge(100.0 + FIRST_FRAME_S) is CameraState.STALLED
    watch.frame_arrived(110.0)
    assert watch.judge(110.1) is CameraState.LIVE


def test_silence_is_a_stall() -> None:
    watch = FrameWatch(0.0)
    watch.frame_arrived(1.0)
    assert watch.judge(1.0 + SILENCE_S) is CameraState.LIVE
    assert watch.judge(1.1 + SILENCE_S) is CameraState.STALLED


def test_black_counts_only_when_it_lasts_and_ends_with_the_first_light() -> None:
    watch = FrameWatch(0.0)
    for at in (1.0, 1.5, 2.0):
        watch.frame_arrived(at)
        watch.brightness_seen(16, at)
    assert watch.judge(1.0 + BLACK_FOR_S - 0.01) is CameraState.LIVE
    assert watch.judge(1.0 + BLACK_FOR_S) is CameraState.BLACK
    watch.brightness_seen(90, 2.1)
    assert watch.judge(2.2) is CameraState.LIVE
