import sys

# Where `click` and `rich` are installed, `httpx` loads its command line: a tenth of a start (measured, 5.2). It does
# without what cannot be imported. No upstream report was found.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None is how Python marks it so
