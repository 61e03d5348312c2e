"""The signs of Word's symbol fonts in Unicode: a run names a font and a place in it."""

from __future__ import annotations

_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x42: "👌", 0x43: "👍", 0x44: "👎",
    0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x49: "✋", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x4D: "💣", 0x4E: "☠",
    0x4F: "⚐", 0x51: "✈", 0x52: "☼", 0x53: "💧", 0x54: "❄", 0x56: "✞", 0x59: "✡", 0x5A: "☪", 0x5B: "☯", 0x6C: "●",
    0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x78: "⌧", 0x7B: "❀",
    0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xB6: "☆", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + number: chr(0x2460 + number - 1) if number else "⓪" for number in range(11)},
    **{0x8B + number: chr(0x2776 + number - 1) if number else "⓿" for number in range(11)},
}  # fmt: skip
UNKNOWN = "□"


def sign(font: str, code: str) -> str:
    """The sign at a place of a font, as `w:sym` names it: ("Symbol", "F0B4") is ×. UNKNOWN for what is in no table."""
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    if not 0 <= place < 0x11_0000:
        return ""
    inside = place - 0xF000 if 0xF000 <= place <= 0xF0FF else place
    name = font.casefold()
    if name == "symbol":
        if 0x20 <= inside < 0x20 + len(_SYMBOL_LOW):
            return _SYMBOL_LOW[inside - 0x20]
        if 0xA0 <= inside < 0xA0 + len(_SYMBOL_HIGH):
            return _SYMBOL_HIGH[inside - 0xA0]
        return UNKNOWN
    if name.startswith("wingdings"):
        return _WINGDINGS.get(inside, UNKNOWN) if name == "wingdings" else UNKNOWN
    is_private = 0xE000 <= place <= 0xF8FF or 0xD800 <= place <= 0xDFFF or place < 0x20
    return UNKNOWN if is_private else chr(place)
