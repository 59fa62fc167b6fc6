"""The outer panes, the same on every desk (design, Main): what is known of them before they are there."""

SEARCH_WIDTH_PX, TRAY_WIDTH_PX = 352, 320
COMPACT_SEARCH_WIDTH_PX = 304
"""In a narrow window."""
