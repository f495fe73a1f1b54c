"""What can go wrong with the file of an office, each with its own Chinese sentence."""

from __future__ import annotations


class StorageError(Exception):
    """The office's file cannot serve; `str()` is the sentence for the screen."""


class NoOffice(StorageError):
    """There is no office in this folder yet."""


class AlreadyAnOffice(StorageError):
    """An office stands where one was to be created."""


class Busy(StorageError):
    """Another process holds the file; the same request may go through a moment later."""


class Damaged(StorageError):
    """The file is not what the program wrote: it is opened for reading and restoring only."""


class Moved(StorageError):
    """The file was swapped or removed under an open window."""


class CannotWrite(StorageError):
    """The disk is full, the medium is read-only, or the file system failed; nothing was written."""


class BadBackup(StorageError):
    """A file that was to be restored is not whole, was changed, or belongs to another office."""
