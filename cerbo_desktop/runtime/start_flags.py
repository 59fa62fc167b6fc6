"""How the app tells another start of itself that it is to be a helper: the only word on its command line."""

DECODE_WORKER = "--decode-worker"
FILE_DIALOG = "--file-dialog"
