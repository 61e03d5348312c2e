"""Pictures as bytes and values: checking uploads, renditions, share pictures.

Nothing here knows models or storage.
"""

from articles.images.checking import Checked, ImageError, check
from articles.images.palette import COLOURS, PALETTE, RGB, Colours, nearest_palette
from articles.images.resizing import FORMATS, WIDTHS, Format, Rendition, crop, fitting, renditions
from articles.images.sharing import SHARE_SIZE, share_picture

__all__ = [
    "COLOURS",
    "FORMATS",
    "PALETTE",
    "RGB",
    "SHARE_SIZE",
    "WIDTHS",
    "Checked",
    "Colours",
    "Format",
    "ImageError",
    "Rendition",
    "check",
    "crop",
    "fitting",
    "nearest_palette",
    "renditions",
    "share_picture",
]
