"""How wide the outer panes are: the same place on every desk (design, Main)."""

SEARCH_WIDTH_PX, TRAY_WIDTH_PX = 352, 320
