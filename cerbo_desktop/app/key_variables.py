"""Key and secret that came with this start, for `--server`."""

from dataclasses import replace

from cerbo_desktop.app.options import Options
from cerbo_desktop.runtime.environment import take_out

KEY_VARIABLE, SECRET_VARIABLE = "CERBO_DESKTOP_KEY", "CERBO_DESKTOP_SECRET"  # names of variables


def with_key_of_environment(options: Options) -> Options:
    """The options with what the two variables held. The variables are gone afterwards, whatever the options say: no
    other program of this user, and none that this one starts, can read them."""
    key, secret = take_out(KEY_VARIABLE), take_out(SECRET_VARIABLE)
    return replace(options, key=key or "", secret=secret or "")
