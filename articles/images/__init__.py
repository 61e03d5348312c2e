"""Pictures as bytes and values: checking uploads, drawing covers. Nothing here knows models or storage."""

from articles.images.checking import Checked, ImageError, check
from articles.images.covers import MOTIFS, draw_cover
from articles.images.palette import COLOURS, PALETTE, RGB, Colours, nearest_palette

__all__ = [
    "COLOURS",
    "MOTIFS",
    "PALETTE",
    "RGB",
    "Checked",
    "Colours",
    "ImageError",
    "check",
    "draw_cover",
    "nearest_palette",
]
