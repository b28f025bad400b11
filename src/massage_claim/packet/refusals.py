"""Why an attachment can't be used, in words: the failure that carries one Problem for each reason.

`UnfitError` is this room's inner word until the file's name is known. `where` is the file's own name, never its folder, and
no word of the file's content is ever part of a message.
"""

from __future__ import annotations

from massage_claim.command_text import spell
from massage_claim.errors import AttachmentUnusable, Problem, Where

MAX_BYTES = 100_000_000
MAX_PIXELS = 40_000_000
MAX_PAGES = 2_000
MAX_CONTENT_BYTES = 200_000_000

_PRINT_AGAIN = "Open it in a PDF viewer, print it to a new PDF file and attach that one."
_RESCAN = "Scan or photograph the paper again and attach the new file."
_CONVERT = "Open the picture in any viewer, save (export) it as JPEG, PNG or PDF, and attach that file."

_WORDS: dict[str, tuple[str, str]] = {
    "missing": ("The file does not exist.", "Check the name and the folder, then try again."),
    "empty": ("The file is empty.", _RESCAN),
    "folder": ("This is a folder, not a file.", "Name one file inside it."),
    "link": ("This is a link to another file.", "Name the file itself, or copy it here first."),
    "special": ("This is not an ordinary file.", "Name a PDF, JPEG, PNG, TIFF, WebP or HEIC file."),
    "unreadable": ("The file can't be opened: {detail}.", "Give yourself permission to read it, then try again."),
    "too-big": (
        "The file has {megabytes} MB; the most is 100 MB.",
        "Scan it with fewer dots per inch (200 is enough) or split it into several files.",
    ),
    "damaged": (
        "The file is damaged and can't be read.",
        "Save or download it again; if it stays damaged, scan the paper.",
    ),
    "picture-unread": ("The picture is damaged, cut off, or saved in a rare way.", _CONVERT),
    "damaged-image": ("The picture is damaged or cut off before its end.", "Copy it again from the phone or scanner."),
    "page-count-unsure": (
        "The file is damaged: one reader finds {pages} pages, another {others}.",
        _PRINT_AGAIN,
    ),
    "page-broken": ("Page {page} can't be read or drawn.", _PRINT_AGAIN),
    "password": (
        "The file is protected with a password.",
        "Give its password: a terminal asks for it, a script writes `--password -`. Or print it to a new PDF file in a "
        "viewer, and attach that one.",
    ),
    "wrong-password": (
        "The password does not open this file.",
        "Give the right password, or attach a copy without one.",
    ),
    "html": (
        "This is a web page, not a PDF: the download saved the site's page instead of the document.",
        "Open the site, sign in if asked, download the document again and attach that.",
    ),
    "unknown": (
        "This is not a PDF, JPEG, PNG, TIFF, WebP or HEIC file.",
        "Save or export the paper as PDF, JPEG or PNG and attach that.",
    ),
    "heic-extra": (
        "This is a HEIC picture (the iPhone's own format), and the part that reads it is not installed.",
        "Type: pip install 'massage-claim[heic]' and attach it again; or save it as JPEG (on a Mac: open in Preview, "
        "File > Export) and attach the JPEG.",
    ),
    "avif": ("This is an AVIF picture, which can't be used.", _CONVERT),
    "gif": ("This is a GIF picture, which can't be used.", _CONVERT),
    "bmp": ("This is a BMP picture, which can't be used.", _CONVERT),
    "office": (
        "This is an office document (or an archive), not a PDF.",
        "Open it in its program, print or export it to PDF and attach the PDF.",
    ),
    "field-letters": (
        "A filled-in field on page {page} holds letters that would be lost.",
        "Open it in the program that filled it in, print it to a new PDF file and attach that one.",
    ),
    "no-pages": ("The PDF has no pages.", "Save or download it again, and look at it before attaching."),
    "too-many-pages": (
        "The PDF has {pages} pages; the most is 2000.",
        "Print the pages that matter to a new PDF file and attach that one.",
    ),
    "too-many-pixels": (
        "The picture has {megapixels} megapixels; the most is 40.",
        "Make it smaller (3000 pixels on the long side are plenty) and attach the smaller one.",
    ),
    "unpacks-too-far": ("The file's pages unpack to an unreasonable size.", _PRINT_AGAIN),
    "needs-adobe": (
        "This form shows its content only in Adobe Reader; elsewhere it says 'Please wait'.",
        "Open it in Adobe Reader, print it to a new PDF file and attach that one.",
    ),
    "time": ("Reading the file took more than {seconds} seconds.", _PRINT_AGAIN),
    "page-time": ("Drawing page {page} takes so long that a reader would hang on it.", _PRINT_AGAIN),
    "memory": ("Reading the file needs more than {megabytes} MB of memory.", _PRINT_AGAIN),
    "crash": ("The file makes a PDF or picture reader crash.", _PRINT_AGAIN),
    "changed": (
        "The file changed since it was attached.",
        f"If it is the right file, type `{spell('attach', 'FILE', again=True)}` with the file in attachments/.",
    ),
    "no-such-page": ("Page {page} was asked for, but the file has {pages}.", "Choose pages from 1 to {pages}."),
    "not-that-kind": ("The file is not the kind it was recorded as.", "Attach it again."),
}


def refusal(reason: str, name: str, **numbers: object) -> AttachmentUnusable:
    """The failure for `reason` about the file called `name`; `numbers` fill the sentence (pages, megabytes, seconds)."""
    says, fix = _WORDS[reason]
    return AttachmentUnusable(Problem(says=says.format(**numbers), fix=fix.format(**numbers), where=Where(name)))


def knows(reason: str) -> bool:
    """Whether there are words for this reason."""
    return reason in _WORDS


class UnfitError(Exception):
    """A file or page that can't be used; `reason` is a key of `refusals`, `numbers` fill its sentence."""

    def __init__(self, reason: str, **numbers: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.numbers = numbers
