"""The one argument by which the app tells another start of itself to be a helper."""

DECODE_WORKER = "--decode-worker"
FILE_DIALOG = "--file-dialog"
