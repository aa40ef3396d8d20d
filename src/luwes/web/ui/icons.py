"""Our own icons: strokes on a 24 px grid, drawn for this product, always shown beside a word."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Each value is the inside of the SVG; stroke, width and caps come from the style sheet.
ICONS: dict[str, str] = {
    "home": '<path d="M4 11.2 12 4.5l8 6.7V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10.2h16M8.5 3.5v4M15.5 3.5v4"/>',
    "clock": '<circle cx="12" cy="12" r="8.2"/><path d="M12 7.2V12l3.2 2.2"/>',
    "check": '<path d="m5 12.6 4.6 4.6L19 7.4"/>',
    "check-circle": '<circle cx="12" cy="12" r="8.2"/><path d="m8.3 12.3 2.6 2.6 4.9-5.2"/>',
    "cross": '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
    "cross-circle": '<circle cx="12" cy="12" r="8.2"/><path d="m9.2 9.2 5.6 5.6m0-5.6-5.6 5.6"/>',
    "question": '<circle cx="12" cy="12" r="8.2"/><path d="M9.6 9.9a2.45 2.45 0 1 1 3.6 2.2c-.8.4-1.2.9-1.2'
    ' 1.7"/><path d="M12 16.4v.1"/>',
    "info": '<circle cx="12" cy="12" r="8.2"/><path d="M12 11.2v4.9M12 7.9V8"/>',
    "warning": '<path d="M12 4.6 3.6 19.2h16.8z"/><path d="M12 10.3v4M12 16.6v.1"/>',
    "pause": '<circle cx="12" cy="12" r="8.2"/><path d="M9.8 9v6M14.2 9v6"/>',
    "play": '<circle cx="12" cy="12" r="8.2"/><path d="m10.3 8.8 5 3.2-5 3.2z"/>',
    "pen": '<path d="M4.5 19.5 5.4 15 15.7 4.7a1.7 1.7 0 0 1 2.4 0l1.2 1.2a1.7 1.7 0 0 1 0 2.4L9 18.6z"/>'
    '<path d="m13.8 6.6 3.6 3.6"/>',
    "send": '<path d="m20 4-7.2 16-2.6-6.2L4 11.2z"/><path d="m10.2 13.8 3.6-3.6"/>',
    "return": '<path d="M8.5 6 4.5 10l4 4"/><path d="M4.5 10H15a4.5 4.5 0 0 1 0 9h-3.5"/>',
    "flag": '<path d="M6 20.5V4.2c4-2 7.5 2 12 0v9c-4.5 2-8-2-12 0"/>',
    "person": '<circle cx="12" cy="8" r="3.7"/><path d="M4.8 20c.6-4 3.4-6 7.2-6s6.6 2 7.2 6"/>',
    "people": '<circle cx="9" cy="8.5" r="3.2"/><path d="M3 19.5c.5-3.6 2.7-5.3 6-5.3s5.5 1.7 6 5.3"/>'
    '<path d="M15.3 5.6a3.2 3.2 0 0 1 0 5.8M17.3 14.6c2.1.6 3.3 2.2 3.7 4.9"/>',
    "building": '<path d="M5 20V6.5L12 4l7 2.5V20M3.5 20h17"/><path d="M9 10v.1M12 10v.1M15 10v.1M9 13.5v.1'
    'M15 13.5v.1M12 13.5V20"/>',
    "chart": '<path d="M4.5 4.5v15h15"/><path d="m8 15 3.6-4.2 3 2.2 4.4-6"/>',
    "money": '<rect x="3.5" y="6.5" width="17" height="11" rx="2"/><circle cx="12" cy="12" r="2.4"/>'
    '<path d="M6.7 12v.1M17.3 12v.1"/>',
    "document": '<path d="M6 4h8l4.5 4.5V19a1 1 0 0 1-1 1H6.5a1 1 0 0 1-1-1V4.5A.5.5 0 0 1 6 4z"/>'
    '<path d="M13.7 4v4.8h4.8M8.8 13h6.4M8.8 16.3h4.4"/>',
    "download": '<path d="M12 4v11m-4.3-4.2L12 15l4.3-4.2M4.5 19.5h15"/>',
    "upload": '<path d="M12 15V4M7.7 8.2 12 4l4.3 4.2M4.5 19.5h15"/>',
    "print": '<path d="M7 9V4h10v5M7 17H5a1.5 1.5 0 0 1-1.5-1.5v-5A1.5 1.5 0 0 1 5 9h14a1.5 1.5 0 0 1 1.5'
    ' 1.5v5A1.5 1.5 0 0 1 19 17h-2"/><path d="M7 14h10v6H7z"/>',
    "share": '<circle cx="6.3" cy="12" r="2.5"/><circle cx="17.3" cy="6.2" r="2.5"/>'
    '<circle cx="17.3" cy="17.8" r="2.5"/><path d="m8.6 10.9 6.4-3.5M8.6 13.1l6.4 3.5"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="11.5" rx="1.5"/><path d="M15.5 8.5V5.5A1.5 1.5 0 0 0'
    ' 14 4H6a1.5 1.5 0 0 0-1.5 1.5v9A1.5 1.5 0 0 0 6 16h2.5"/>',
    "search": '<circle cx="10.8" cy="10.8" r="6"/><path d="m15.3 15.3 4.7 4.7"/>',
    "menu": '<path d="M4.5 7h15M4.5 12h15M4.5 17h15"/>',
    "sign-out": '<path d="M13.5 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h7.5M10 12h10m-3.7-3.7'
    'L20 12l-3.7 3.7"/>',
    "theme": '<circle cx="12" cy="12" r="8.2"/><path d="M12 3.8v16.4a8.2 8.2 0 0 0 0-16.4z" class="fill"/>',
    "book": '<path d="M12 6.5C10 4.9 7.5 4.5 4.5 4.7v13.6c3-.2 5.5.2 7.5 1.8 2-1.6 4.5-2 7.5-1.8V4.7'
    'c-3-.2-5.5.2-7.5 1.8zM12 6.5v13.6"/>',
    "settings": '<path d="M4.5 7.5h8M17 7.5h2.5M4.5 16.5H7M11.5 16.5h8"/><circle cx="14.7" cy="7.5" r="2.2"/>'
    '<circle cx="9.3" cy="16.5" r="2.2"/>',
    "shield": '<path d="M12 3.8 5 6.3v5c0 4.3 2.8 7.3 7 9 4.2-1.7 7-4.7 7-9v-5z"/><path d="m9 11.8 2.2 2.2 3.9-4.1"/>',
    "link": '<path d="M10.2 13.8a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1 1M13.8 10.2a3.5 3.5 0 0 0-5'
    ' 0l-3 3a3.5 3.5 0 0 0 5 5l1-1"/>',
    "arrow-right": '<path d="M5 12h14m-5.5-5.5L19 12l-5.5 5.5"/>',
    "chevron-left": '<path d="m14.5 6-6 6 6 6"/>',
    "chevron-right": '<path d="m9.5 6 6 6-6 6"/>',
    "chevron-down": '<path d="m6 9.5 6 6 6-6"/>',
}


def svg(name: str) -> SafeString:
    """Draw one icon; it is hidden from screen readers because the word beside it speaks.

    Raises KeyError for an unknown name, so that a misspelt icon is seen at once.
    """
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 (our own drawing, no input)
    )
