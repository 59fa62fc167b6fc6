"""Identifiers. Cerbo sends each as text or as a number; here every one is trimmed text (contract 2.4)."""

from typing import NewType

PatientId = NewType("PatientId", str)
PhotoId = NewType("PhotoId", str)
QueueId = NewType("QueueId", str)
AppointmentId = NewType("AppointmentId", str)
UserId = NewType("UserId", str)
UploadId = NewType("UploadId", str)
"""Ours, not Cerbo's: 32 hexadecimal digits, one for each photo accepted for sending."""
